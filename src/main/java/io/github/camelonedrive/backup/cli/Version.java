package io.github.camelonedrive.backup.cli;

import org.apache.camel.CamelContext;
import picocli.CommandLine.IVersionProvider;

/** The program's version, and those of what it stands on. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
                "onedrive-backup " + orUnknown(Version.class.getPackage().getImplementationVersion()),
                "Apache Camel " + orUnknown(CamelContext.class.getPackage().getImplementationVersion())
                        + ", Java " + System.getProperty("java.version") };
    }

    private static String orUnknown(String version) {
        return version == null ? "(not built)" : version;
    }
}
