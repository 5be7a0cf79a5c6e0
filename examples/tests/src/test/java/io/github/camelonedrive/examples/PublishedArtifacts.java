package io.github.camelonedrive.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A local Maven repository that holds what this build would publish, and takes the rest from the builder's own local repository
 * or from where Maven gets it otherwise. Nothing of ours gets into the builder's own.
 */
final class PublishedArtifacts {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String VERSION = System.getProperty("examples.version");

    private final Path repository;
    private final Path settings;

    PublishedArtifacts(Path directory) throws IOException {
        repository = directory.resolve("repository");
        settings = directory.resolve("settings.xml");
        publish("camel-onedrive", "camel-onedrive-component");
        publish("camel-onedrive-starter", "camel-onedrive-starter");
        publish("onedrive-simulator", "onedrive-simulator");
        Files.createDirectories(directory);
        Files.writeString(settings, """
                <settings>
                  <profiles>
                    <profile>
                      <id>builders-repository</id>
                      <repositories>
                        <repository>
                          <id>builders-repository</id>
                          <url>%1$s</url>
                          <releases><checksumPolicy>ignore</checksumPolicy></releases>
                          <snapshots><enabled>false</enabled></snapshots>
                        </repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository>
                          <id>builders-repository</id>
                          <url>%1$s</url>
                          <releases><checksumPolicy>ignore</checksumPolicy></releases>
                          <snapshots><enabled>false</enabled></snapshots>
                        </pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>builders-repository</activeProfile></activeProfiles>
                </settings>
                """.formatted(Path.of(System.getProperty("examples.local.repository")).toUri()));
    }

    /** As they are deployed: the jar, and the POM that names its own versions. */
    private void publish(String artifact, String module) throws IOException {
        Path target = ROOT.resolve(module).resolve("target");
        Path place = Files.createDirectories(repository.resolve("io/github/camelonedrive").resolve(artifact).resolve(VERSION));
        String name = artifact + "-" + VERSION;
        Files.copy(target.resolve(name + ".jar"), place.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(target.resolve("flattened-pom.xml"), place.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The local repository for Maven. */
    Path repository() {
        return repository;
    }

    /** The settings for Maven. */
    Path settings() {
        return settings;
    }
}
