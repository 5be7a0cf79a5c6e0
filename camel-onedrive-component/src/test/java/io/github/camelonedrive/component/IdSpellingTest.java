package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.apache.camel.Exchange;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/** Personal drives spell an id differently each time; whatever is compared, remembered or sent must not mind. */
@Timeout(60)
@Tag("C106")
class IdSpellingTest {

    @TempDir
    private Path directory;
    private OneDriveSimulator onedrive;

    private void start(AccountType type) {
        onedrive = OneDriveSimulator.builder().accountType(type).mixedCaseIds().dropLeadingZeros().start();
    }

    @AfterEach
    void stop() {
        onedrive.close();
    }

    private Inbox inbox(String more) {
        return new Inbox(onedrive, "stateDirectory=" + directory + "/state" + (more.isEmpty() ? "" : "&" + more));
    }

    @ParameterizedTest
    @EnumSource(value = AccountType.class, names = {"PERSONAL", "PERSONAL_LEGACY"})
    void consumer_seesEachVersionOnce(AccountType type) {
        start(type);
        onedrive.putFile("/Inbox/before.txt", "0".getBytes());
        try (Inbox inbox = inbox("")) {
            inbox.awaitExactly("before.txt=0");
            inbox.put("a.txt", "1");
            inbox.awaitExactly("before.txt=0", "a.txt=1");
            inbox.put("a.txt", "2");
            inbox.awaitExactly("before.txt=0", "a.txt=1", "a.txt=2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recursive=true&delete=true", "recursive=true&move=/Done",
            "recursive=true&preMove=/Work&move=/Done"})
    void consumer_deletesAndMovesWhatItProcessed(String options) {
        start(AccountType.PERSONAL);
        onedrive.putFile("/Inbox/x/before.txt", "0".getBytes());
        try (Inbox inbox = inbox(options)) {
            inbox.awaitExactly("x/before.txt=0");
            inbox.put("x/y/a.txt", "1").put("b.txt", "2");
            inbox.awaitExactly("x/before.txt=0", "x/y/a.txt=1", "b.txt=2");
            inbox.awaitFiles(options.contains("delete") ? new String[0]
                    : new String[] {"/Done/before.txt", "/Done/a.txt", "/Done/b.txt"});
        }
    }

    @Test
    void consumer_afterARestart_repeatsNothing() {
        start(AccountType.PERSONAL);
        for (int run = 0; run < 3; run++) {
            onedrive.putFile("/Inbox/x/" + run + ".txt", "1".getBytes());
            try (Inbox inbox = inbox("recursive=true")) {
                inbox.awaitExactly("x/" + run + ".txt=1");
            }
            onedrive.expireDeltaTokens();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"upper", "lower", "both"})
    void consumer_stateOfAnEarlierVersion_isTakenOver(String spelling) throws IOException {
        onedrive = OneDriveSimulator.builder().stateDirectory(directory.resolve("drive")).start();
        onedrive.putFile("/Inbox/a.txt", "1".getBytes());
        onedrive.putFile("/Inbox/x/b.txt", "2".getBytes());
        try (Inbox inbox = inbox("recursive=true")) {
            inbox.awaitExactly("a.txt=1", "x/b.txt=2");
        }
        int port = onedrive.graphEndpoint().getPort();
        onedrive.close();
        respell(spelling);
        onedrive = OneDriveSimulator.builder().port(port).stateDirectory(directory.resolve("drive")).mixedCaseIds().start();
        onedrive.putFile("/Inbox/x/c.txt", "3".getBytes());
        for (int run = 0; run < 2; run++) {
            try (Inbox inbox = inbox("recursive=true")) {
                if (run == 0) {
                    inbox.awaitExactly("x/c.txt=3");
                }
                inbox.settle();
                assertThat(inbox.emitted()).hasSize(1 - run);
            }
            onedrive.expireDeltaTokens();
        }
    }

    /** Writes the ids in the consumer's state as versions before this one may have met them. */
    private void respell(String spelling) throws IOException {
        Pattern id = Pattern.compile("(?<=\"(file|list):)[^\"]+|(?<=\"start\":\")[^\"]+");
        try (var files = Files.list(directory.resolve("state"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).toList()) {
                String text = Files.readString(file);
                Files.writeString(file, id.matcher(text).replaceAll(found -> respelled(found, spelling)));
            }
        }
    }

    private int respelled;

    private String respelled(MatchResult id, String spelling) {
        boolean upper = spelling.equals("upper") || spelling.equals("both") && respelled++ % 2 == 0;
        return upper ? id.group().toUpperCase(Locale.ROOT) : id.group().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"upper", "lower"})
    void consumer_idempotentRepositoryFilledBefore_repeatsNothing(String spelling) {
        onedrive = OneDriveSimulator.builder().accountType(AccountType.PERSONAL_LEGACY).mixedCaseIds().start();
        MemoryIdempotentRepository before = new MemoryIdempotentRepository();
        before.start();
        MemoryIdempotentRepository first = new MemoryIdempotentRepository();
        onedrive.putFile("/Inbox/a.txt", "1".getBytes());
        try (Inbox inbox = inboxWith(first)) {
            inbox.awaitExactly("a.txt=1");
            for (Object key : first.getCache().keySet()) {
                String id = key.toString().replaceFirst("-.*", "");
                before.add((spelling.equals("upper") ? id.toUpperCase(Locale.ROOT) : id.toLowerCase(Locale.ROOT))
                        + key.toString().substring(id.length()));
            }
        }
        try (Inbox inbox = inboxWith(before)) {
            inbox.put("b.txt", "2");
            inbox.awaitExactly("b.txt=2");
        }
    }

    private Inbox inboxWith(MemoryIdempotentRepository repository) {
        return new Inbox(onedrive, "idempotentRepository=#known", exchange -> { },
                context -> context.getRegistry().bind("known", repository));
    }

    @Test
    void rootByItsId_isRefusedInEachSpelling() {
        start(AccountType.PERSONAL);
        onedrive.putFile("/a.txt", new byte[1]);
        try (SimulatedRoute route = new SimulatedRoute(onedrive)) {
            DriveItem root = route.send("onedrive:offsite?operation=getItem&folderPath=/", null,
                    Map.of(OneDriveConstants.PATH, "/")).getMessage().getBody(DriveItem.class);
            String id = root.id();
            for (String spelled : List.of(id, id.toLowerCase(Locale.ROOT), id.toUpperCase(Locale.ROOT), "root")) {
                for (String operation : List.of("delete", "move", "copy")) {
                    Exchange exchange = route.send("onedrive:offsite?operation=" + operation, null,
                            Map.of(OneDriveConstants.ITEM_ID, spelled, OneDriveConstants.TARGET_PATH, "x"));
                    assertThat(exchange.getException()).as(operation + " " + spelled).hasMessageContaining("root");
                }
            }
        }
        assertThat(onedrive.paths()).containsExactly("/a.txt");
    }

    @Test
    void operations_moveCopyDeleteAndUpload_workAsUsual() throws Exception {
        start(AccountType.PERSONAL);
        try (SimulatedRoute route = new SimulatedRoute(onedrive)) {
            String uri = "onedrive:offsite?folderPath=/Work";
            for (int i = 0; i < 3; i++) {
                route.upload(uri, "a.sql", "dump " + i);
                route.upload(uri + "&simpleUploadLimit=0", "b.sql", "dump " + i);
            }
            Map<String, Object> headers = Map.of(OneDriveConstants.PATH, "a.sql", OneDriveConstants.TARGET_PATH, "sub/c.sql");
            assertThat(route.send(uri + "&operation=copy&conflictBehavior=fail", null, headers).getException()).isNull();
            assertThat(route.send(uri + "&operation=move", null, headers).getException()).isNotNull();
            assertThat(route.send(uri + "&operation=move&conflictBehavior=replace", null, headers).getException()).isNull();
            assertThat(onedrive.paths()).containsExactlyInAnyOrder("/Work/b.sql", "/Work/sub/c.sql");
            assertThat(onedrive.violations()).isEmpty();
        }
    }

    @Test
    void folderDeletedById_isForgottenInEachSpelling() throws Exception {
        start(AccountType.PERSONAL);
        try (SimulatedRoute route = new SimulatedRoute(onedrive)) {
            for (int i = 0; i < 4; i++) {
                route.upload("onedrive:offsite?folderPath=/Work", "a.sql", "dump");
                String id = route.send("onedrive:offsite?operation=getItem&folderPath=/", null,
                        Map.of(OneDriveConstants.PATH, "Work")).getMessage().getBody(DriveItem.class).id();
                assertThat(route.send("onedrive:offsite?operation=move&folderPath=/", null,
                        Map.of(OneDriveConstants.ITEM_ID, id, OneDriveConstants.TARGET_PATH, "/Moved" + i)).getException())
                        .isNull();
                assertThat(onedrive.paths()).doesNotContain("/Work/a.sql").contains("/Moved" + i + "/a.sql");
            }
        }
    }
}
