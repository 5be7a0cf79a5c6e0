package io.github.camelonedrive.backup.cli;

import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code browse}: folders as a list and as a tree, and what an empty answer means. */
class BrowseTest {

    private final OneDriveSimulator simulator = OneDriveSimulator.builder().start();

    @TempDir
    private Path directory;

    private ProgramInThisJvm program;

    @BeforeEach
    void makeTheDestination() throws Exception {
        program = new ProgramInThisJvm(directory).on(simulator).expect(0, "vault", "init");
        program.add("offsite", simulator, "--folder", "/Backups/mysql");
    }

    @AfterEach
    void close() {
        assertThat(simulator.violations()).isEmpty();
        simulator.close();
    }

    @Test
    void foldersOnlyInTheOrderOfPeople() {
        for (String folder : List.of("Week 10", "week 2", "Backups/mysql", "Photos")) {
            simulator.createFolder("/" + folder);
        }
        simulator.putFile("/a file.txt", new byte[3]);
        simulator.putFile("/Photos/one.jpg", new byte[3]);
        program.expect(0, "browse", "offsite");
        assertThat(program.out().lines().map(line -> line.replaceAll(" {2,}", "|")).toList()).containsExactly(
                "FOLDER|HOLDS", "Backups/|1|leads to the destination's folder /Backups/mysql", "Photos/|1", "week 2/|0",
                "Week 10/|0");
        program.expect(0, "browse", "offsite", "/backups");
        assertThat(program.out()).contains("mysql/").contains("the destination's folder");
    }

    @Test
    void aTreeOfSomeLevels() {
        simulator.createFolder("/a/b/c/d");
        simulator.createFolder("/a/x");
        simulator.createFolder("/z");
        assertThat(program.expect(0, "browse", "offsite", "--tree").out()).isEqualTo("""
                /
                ├── a/ (2)
                │   ├── b/ (1)
                │   │   └── c/ (1)
                │   └── x/ (0)
                └── z/ (0)
                """);
        assertThat(program.expect(0, "browse", "offsite", "/a", "--tree", "--depth", "1").out()).isEqualTo("""
                /a
                ├── b/ (1)
                └── x/ (0)
                """);
        program.expect(2, "browse", "offsite", "--depth", "1");
        program.expect(2, "browse", "offsite", "--tree", "--depth", "0");
    }

    @Test
    void manyFoldersComeInPages() throws Exception {
        for (int i = 0; i < 450; i++) {
            simulator.createFolder("/many/f" + i);
        }
        simulator.clearJournal();
        program.expect(0, "browse", "offsite", "/many", "--json");
        assertThat(program.json().get("folders")).hasSize(450);
        assertThat(program.json().at("/folders/449/name").asText()).isEqualTo("f449");
        assertThat(simulator.requests(Step.CHILDREN)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "100 % #1", "a+b & c", "it's", "Größe 数据", "🎉 party",
        "(a) [b] {c}", "semi;colon,=@!$"})
    void namesOfAllKinds(String name) throws Exception {
        simulator.createFolder("/top/" + name + "/inner");
        JsonNode found = program.expect(0, "browse", "offsite", "/top", "--tree", "--json").json();
        assertThat(found.at("/folders/0/name").asText()).isEqualTo(name);
        assertThat(found.at("/folders/0/path").asText()).isEqualTo("/top/" + name);
        assertThat(found.at("/folders/0/folders/0/name").asText()).isEqualTo("inner");
        assertThat(program.expect(0, "browse", "offsite", "/top/" + name).out()).contains("inner/");
    }

    @Test
    void aProgramReadsWhichFolderIsTheDestinations() throws Exception {
        simulator.createFolder("/Backups/mysql");
        JsonNode found = program.expect(0, "browse", "offsite", "/Backups", "--json").json();
        assertThat(found.get("destination").asText()).isEqualTo("offsite");
        assertThat(found.get("path").asText()).isEqualTo("/Backups");
        assertThat(found.get("children").asInt()).isEqualTo(1);
        assertThat(found.at("/folders/0/destinationFolder").asBoolean()).isTrue();
        assertThat(found.at("/folders/0/children").asInt()).isZero();
    }

    @Test
    void anEmptyAnswerSaysWhatItMeans() throws Exception {
        assertThat(program.expect(0, "browse", "offsite").out()).contains("really empty").contains("destination test offsite");
        simulator.createFolder("/void");
        assertThat(program.expect(0, "browse", "offsite", "/void").out()).contains("/void is really empty");
        simulator.putFile("/files/one.sql", new byte[1]);
        assertThat(program.expect(0, "browse", "offsite", "/files").out()).contains("no folders, only one file");
        simulator.fault(Fault.on(Step.CHILDREN).always().answer(200).body("application/json", "{\"value\":[]}"));
        assertThat(program.expect(0, "browse", "offsite", "/files").out()).contains("counts 1 in it")
                .contains("permission may be missing").contains("authorize offsite");
        assertThat(program.expect(0, "browse", "offsite", "/files", "--json").json().get("note").asText())
                .contains("permission");
    }

    @Test
    void whatIsNotThereIsNamed() {
        program.expect(1, "browse", "offsite", "/no such folder");
        assertThat(program.err()).contains("/no such folder").contains("404");
        simulator.putFile("/a.txt", new byte[1]);
        program.expect(2, "browse", "offsite", "/a.txt");
        assertThat(program.err()).contains("/a.txt").contains("is a file");
        program.expect(2, "browse", "nowhere");
        program.expect(2, "browse");
    }
}
