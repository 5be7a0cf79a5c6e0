package io.github.camelonedrive.component;

import java.nio.file.Path;

import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route of {@link DslTest} in XML. */
class XmlDslTest extends SimulatorTest {

    @TempDir
    Path directory;

    @Test
    void xml() throws Exception {
        PluginHelper.getRoutesLoader(route.context()).loadRoutes(ResourceHelper.fromString("route.xml", """
                <routes xmlns="http://camel.apache.org/schema/spring">
                  <route>
                    <from uri="direct:in"/>
                    <to uri="onedrive:offsite?folderPath=/Backups&amp;conflictBehavior=rename"/>
                    <to uri="log:uploaded?showAll=true"/>
                    <setHeader name="CamelOneDriveItemId"><header>CamelOneDriveProducedItemId</header></setHeader>
                    <to uri="onedrive:offsite?operation=getItem"/>
                    <to uri="file:%s?fileName=item.json"/>
                    <marshal><json library="Jackson"/></marshal>
                  </route>
                </routes>
                """.formatted(directory)));
        DslTest.assertThatItWorks(route, onedrive, directory);
    }
}
