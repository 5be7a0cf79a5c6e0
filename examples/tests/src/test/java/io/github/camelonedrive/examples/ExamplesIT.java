package io.github.camelonedrive.examples;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code examples/} offers to be copied is built and run as its READMEs say, with what this build would publish. */
class ExamplesIT {

    private static final Path EXAMPLES = Path.of("..").toAbsolutePath().normalize();
    private static final String NEWEST_CAMEL = "4.22.0";
    private static final String NEWEST_SPRING_BOOT = "4.0.7";
    private static final List<String> CAMEL = List.of("api", "support", "util", "util-json", "xml-jaxp-util", "http",
            "http-common", "http-base", "attachments", "jackson", "main", "base", "core-engine", "base-engine",
            "core-reifier", "core-processor", "management-api", "core-languages", "core-model", "file", "cluster", "bean",
            "rest", "health");
    private static PublishedArtifacts artifacts;

    @RegisterExtension
    final OneDriveSimulatorExtension onedrive = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    private Path directory;

    @BeforeAll
    static void publish() throws IOException {
        artifacts = new PublishedArtifacts(Path.of("target/published").toAbsolutePath());
    }

    @Test
    void thePlainMavenProject() throws Exception {
        try (Example example = example("plain-maven")) {
            example.maven("test");
            example.ranItsOwnTests();

            example.keepMavenRunning(all(example.simulatorSettings("-D"), "compile", "exec:java"));
            example.uploadsWhatAppears();
        }
    }

    @Test
    @Tag("full")
    void theSpringBootProject() throws Exception {
        try (Example example = example("spring-boot")) {
            example.maven("package");
            example.ranItsOwnTests();

            example.keepJavaRunning(all(new String[] { "-jar", "target/backup-spring-boot-1.0-SNAPSHOT.jar" },
                    example.simulatorSettings("--")));
            example.uploadsWhatAppears();
        }
    }

    @Test
    @Tag("full")
    void theCamelCommandLine() throws Exception {
        try (Example example = example("camel-cli"); Example camel = launcher()) {
            camel.maven("compile");
            Path target = camel.directory().resolve("target");
            String classPath = target.resolve("classes") + File.pathSeparator + Files.readString(target.resolve("class-path"));

            example.keepJavaRunning(all(new String[] {
                    "-Dmaven.repo.local=" + artifacts.repository(), "-cp", classPath, "CamelCommandLine",
                    "run", "backup.camel.yaml", "application.properties",
                    "--dep=mvn:io.github.camelonedrive:camel-onedrive:" + System.getProperty("examples.version"),
                    "--maven-settings=" + artifacts.settings() }, example.simulatorSettings("--prop=")));
            example.uploadsWhatAppears();
        }
    }

    /** The same jar, built with the oldest Camel that we support, runs on the newest. */
    @Test
    @Tag("full")
    void thePlainMavenProjectWithTheNewestCamel() throws Exception {
        try (Example example = example("plain-maven")) {
            useNewestCamel(example, "");

            example.maven("test");
            example.ranItsOwnTests();
        }
    }

    /** So does the starter, with the Spring Boot that goes with it. */
    @Test
    @Tag("full")
    void theSpringBootProjectWithTheNewestCamel() throws Exception {
        try (Example example = example("spring-boot")) {
            example.edit("pom.xml", "<version>" + System.getProperty("examples.spring.boot.version") + "</version>",
                    "<version>" + NEWEST_SPRING_BOOT + "</version>");
            useNewestCamel(example, """
                        <dependency>
                          <groupId>org.apache.camel.springboot</groupId>
                          <artifactId>camel-spring-boot-bom</artifactId>
                          <version>${camel.version}</version>
                          <type>pom</type>
                          <scope>import</scope>
                        </dependency>
                    """);

            example.maven("test");
            example.ranItsOwnTests();
        }
    }

    /** All of Camel in one version. Elsewhere that is an import of Camel's BOM, which the build's repository does not have. */
    private static void useNewestCamel(Example example, String moreManagement) throws IOException {
        example.edit("pom.xml", "<camel.version>" + System.getProperty("examples.camel.version") + "<",
                "<camel.version>" + NEWEST_CAMEL + "<");
        String management = CAMEL.stream().map(name -> """
                    <dependency>
                      <groupId>org.apache.camel</groupId>
                      <artifactId>camel-%s</artifactId>
                      <version>${camel.version}</version>
                    </dependency>
                """.formatted(name)).collect(Collectors.joining());
        example.edit("pom.xml", "\n  <dependencies>\n", "\n  <dependencyManagement>\n    <dependencies>\n" + moreManagement
                + management + "    </dependencies>\n  </dependencyManagement>\n\n  <dependencies>\n");
    }

    /** The examples name versions, since they stand on their own; these are the ones of this build. */
    @Test
    void theVersionsInTheExamplesAreOurs() throws Exception {
        String ours = System.getProperty("examples.version");
        for (String project : new String[] { "plain-maven", "spring-boot" }) {
            assertThat(Files.readString(EXAMPLES.resolve(project).resolve("pom.xml"))).as(project)
                    .contains("<camel-onedrive.version>" + ours + "</camel-onedrive.version>")
                    .contains("<camel.version>" + System.getProperty("examples.camel.version") + "</camel.version>");
        }
        assertThat(Files.readString(EXAMPLES.resolve("spring-boot/pom.xml")))
                .contains("<version>" + System.getProperty("examples.spring.boot.version") + "</version>");
        assertThat(Files.readString(EXAMPLES.resolve("camel-cli/README.md"))).contains("camel-onedrive:" + ours);
    }

    @Test
    void eachJarCarriesItsLicence() throws Exception {
        try (Stream<Path> files = Files.walk(artifacts.repository().resolve("io/github/camelonedrive"))) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
            assertThat(jars).hasSize(3);
            for (Path file : jars) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    for (String name : new String[] { "LICENSE", "NOTICE" }) {
                        assertThat(jar.getInputStream(jar.getEntry("META-INF/" + name))).as(file + " " + name)
                                .hasSameContentAs(Files.newInputStream(EXAMPLES.resolveSibling(name)));
                    }
                }
            }
        }
    }

    private static String[] all(String[] some, String... others) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(others)).toArray(String[]::new);
    }

    private Example example(String name) throws IOException {
        return new Example(EXAMPLES.resolve(name), directory.resolve(name), artifacts, onedrive.simulator());
    }

    private Example launcher() throws IOException {
        return new Example(Path.of("src/test/camel-cli").toAbsolutePath(), directory.resolve("launcher"), artifacts,
                onedrive.simulator());
    }
}
