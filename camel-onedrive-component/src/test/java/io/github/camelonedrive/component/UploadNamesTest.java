package io.github.camelonedrive.component;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.IllegalNameException;

import static org.assertj.core.api.Assertions.assertThat;

/** Every name that OneDrive allows arrives as it is; every other is refused before the first byte; none leaves the folder. */
class UploadNamesTest extends SimulatorTest {

    private static final byte[] SMALL = SimulatedRoute.content(100);
    private static final byte[] LARGE = SimulatedRoute.content(320 * 1024 + 1);

    static Stream<String> legalNames() {
        return Stream.of("two words.sql", "nightly #1.sql", "100%.sql", "test%46.txt", "a+b.sql", "a&b=c.sql", "it's.sql",
                "[1] (2) {3}.sql", "Größe ü.sql", "データベース.sql", "🐪💾.sql", "semi;comma,dollar$at@bang!.sql", "x".repeat(190),
                "^`~.sql", "a..b.sql", ".hidden", "e\u0301 combining.sql");
    }

    @ParameterizedTest
    @MethodSource("legalNames")
    @Tag("C1")
    @Tag("C2")
    void aLegalNameArrivesAsItIs(String name) throws Exception {
        String uri = "onedrive:offsite?simpleUploadLimit=1000&chunkSize=320kB&folderPath=RAW(/Back ups/" + name + ")";

        route.upload(uri, name, SMALL);
        assertThat(route.holds("/Back ups/" + name + "/" + name, SMALL)).isTrue();

        route.upload(uri, name, LARGE);
        assertThat(route.holds("/Back ups/" + name + "/" + name, LARGE)).isTrue();
        assertThat(onedrive.paths()).containsExactly("/Back ups/" + name + "/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a:b.sql", "a*b", "a?b", "a\"b", "a<b", "a>b", "a|b", "a\\b", " leading", "trailing ", "dot.",
            "~tilde", "~$lock.docx", "CON", "con.txt", "LPT1.sql", "desktop.ini", ".lock", "a_vti_b", "new\nline", "&#39;.sql",
            "dir /x", "a/b./c" })
    @Tag("C3")
    void anIllegalNameIsRefusedBeforeAnythingIsSent(String name) {
        Exchange exchange = send("onedrive:offsite", name);

        assertThat(exchange.getException()).isInstanceOf(IllegalNameException.class);
        assertThat(exchange.getException(IllegalNameException.class).kind()).isEqualTo(FailureKind.SOURCE);
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void aNameOf200CharactersArrives() throws Exception {
        route.upload("onedrive:offsite?folderPath=/Backups", "n".repeat(196) + ".sql", SMALL);

        assertThat(route.holds("/Backups/" + "n".repeat(196) + ".sql", SMALL)).isTrue();
    }

    @Test
    @Tag("C4")
    void aPathOfMoreThan400CharactersIsRefusedBeforeAnythingIsSent() {
        Exchange exchange = send("onedrive:offsite?folderPath=/" + "f".repeat(200), "n".repeat(200));

        assertThat(exchange.getException()).isInstanceOf(IllegalNameException.class).hasMessageContaining("401 characters");
        assertThat(onedrive.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "../x", "a/../../x", "..", "/../x", "a/../../Backups/x", "./../Backups2/x" })
    void aNameNeverLeavesTheFolder(String name) {
        Exchange exchange = send("onedrive:offsite?folderPath=/Backups", name);

        assertThat(exchange.getException()).isInstanceOf(IllegalNameException.class);
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void aNameWithFoldersKeepsThemBelowTheFolder() throws Exception {
        route.upload("onedrive:offsite?folderPath=Backups/", "/2026/./11/../12/x.sql", SMALL);

        assertThat(onedrive.paths()).containsExactly("/Backups/2026/12/x.sql");
    }

    @Test
    void withoutANameNothingIsUploadedAndTheHeaderIsNamed() {
        Exchange exchange = route.send("onedrive:offsite", SMALL, Map.of());

        assertThat(exchange.getException()).hasMessageContaining("CamelFileName");
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void aListingGivesTheNamesBack() throws Exception {
        List<String> names = legalNames().filter(name -> !name.contains("%46")).toList();
        for (String name : names) {
            route.upload("onedrive:offsite?folderPath=/all", name, SMALL);
        }

        Exchange exchange = route.send("onedrive:offsite?operation=list&recursive=true", null, Map.of());

        assertThat(exchange.getException()).isNull();
        List<?> items = exchange.getMessage().getBody(List.class);
        assertThat(items).map(item -> ((DriveItem) item).name()).contains("all").containsAll(names);
    }

    @Test
    void aListingOfAFileSaysThatItIsNoFolder() throws Exception {
        route.upload("onedrive:offsite", "a.sql", SMALL);

        Exchange exchange = route.send("onedrive:offsite?operation=list", null, Map.of(OneDriveConstants.PATH, "/a.sql"));

        assertThat(exchange.getException()).hasMessageContaining("is a file, not a folder");
    }

    private Exchange send(String uri, String name) {
        return route.send(uri, SMALL, Map.of(Exchange.FILE_NAME, name));
    }

    @Test
    void aHeaderSaysWhatBecomesOfATakenNameAndIsSpentWithIt() {
        onedrive.putFile("/a.txt", new byte[1]);
        Exchange refused = route.send("onedrive:offsite", "new", Map.of(Exchange.FILE_NAME, "a.txt",
                OneDriveConstants.CONFLICT_BEHAVIOR, "fail"));
        assertThat(refused.getException()).isInstanceOf(GraphException.NameConflict.class);
        assertThat(refused.getMessage().getHeader(OneDriveConstants.CONFLICT_BEHAVIOR)).isEqualTo("fail");
        Exchange renamed = route.send("onedrive:offsite", "new", Map.of(Exchange.FILE_NAME, "a.txt",
                OneDriveConstants.CONFLICT_BEHAVIOR, ConflictBehavior.rename));
        assertThat(renamed.getException()).isNull();
        assertThat(renamed.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.CONFLICT_BEHAVIOR);
        assertThat(onedrive.paths()).containsExactly("/a 1.txt", "/a.txt");
        assertThat(route.send("onedrive:offsite", "new", Map.of(Exchange.FILE_NAME, "a.txt",
                OneDriveConstants.CONFLICT_BEHAVIOR, "perhaps")).getException())
                .hasMessageContaining("[replace, fail, rename]");
    }
}
