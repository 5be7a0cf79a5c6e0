package io.github.camelonedrive.simulator.internal.graph;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever follows delta knows at the end what is there, whatever happened in between: of the whole drive and of a folder, with
 * changes in the middle of a walk, dead links and restarts.
 */
class DeltaRandomTest extends SimulatorTestBase {
    private static final int ROUNDS = 40;
    private static final String[] FOLDERS = {"", "/a", "/b", "/in", "/in/a", "/in/b", "/in/a/c"};

    @TempDir
    private Path directory;
    private Random random;

    /** A client that keeps what delta told, by id, as Microsoft's page about delta advises. */
    private final class Follower {
        private final Map<String, JsonNode> known = new HashMap<>();
        private String link;

        Follower(String start) {
            link = start;
        }

        /** Goes to the end of the feed; false when its folder is gone. */
        boolean follow() {
            boolean more = true;
            while (more) {
                HttpResponse<String> answer = client.get(link.replaceFirst("^http://[^/]+/v1.0", ""));
                if (answer.statusCode() == 404) {
                    return false;
                }
                if (answer.statusCode() == 410) {
                    known.clear();
                    link = answer.headers().firstValue("Location").orElseThrow();
                    continue;
                }
                JsonNode page = GraphClient.json(answer);
                page.path("value").forEach(this::take);
                more = page.has("@odata.nextLink");
                link = page.path(more ? "@odata.nextLink" : "@odata.deltaLink").asText();
                if (more && random.nextInt(4) == 0) {
                    change();
                }
            }
            return true;
        }

        private void take(JsonNode item) {
            if (item.has("deleted")) {
                known.remove(item.path("id").asText());
            } else {
                known.put(item.path("id").asText(), item);
            }
        }

        /** The paths of all files, from ids and names alone. */
        TreeSet<String> files() {
            TreeSet<String> files = new TreeSet<>();
            known.values().stream().filter(item -> item.has("file")).forEach(item -> files.add(path(item)));
            return files;
        }

        private String path(JsonNode item) {
            if (item.has("root")) {
                return "";
            }
            JsonNode parent = known.get(item.at("/parentReference/id").asText());
            return (parent == null ? "" : path(parent)) + "/" + item.path("name").asText();
        }
    }

    private void start(Path state) {
        start(builder -> builder.accountType(AccountType.BUSINESS).stateDirectory(state));
    }

    private String someFolder() {
        return FOLDERS[random.nextInt(FOLDERS.length)];
    }

    private String someName() {
        return "/" + random.nextInt(8);
    }

    private void change() {
        List<String> paths = simulator.paths();
        String file = paths.isEmpty() ? "/none" : paths.get(random.nextInt(paths.size()));
        try {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> simulator.putFile(someFolder() + someName(), new byte[random.nextInt(3)]);
                case 3 -> simulator.delete(file);
                case 4 -> simulator.move(file, someFolder() + someName());
                case 5 -> simulator.move(someFolder(), someFolder() + someName());
                case 6 -> simulator.delete(FOLDERS[1 + random.nextInt(FOLDERS.length - 1)]);
                default -> simulator.createFolder(someFolder() + "/" + "abc".charAt(random.nextInt(3)));
            }
        } catch (GraphErrorResponse | IllegalArgumentException e) {
            // The dice asked for something that can't be done: nothing is there, or the name is taken.
        }
        simulator.createFolder("/in");
    }

    private void maybeTrouble() {
        if (random.nextInt(12) == 0) {
            simulator.expireDeltaTokens();
        }
        if (random.nextInt(12) == 0) {
            simulator.close();
            start(directory);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @Tag("S78")
    void whoFollowsKnowsWhatIsThere(long seed) {
        random = new Random(seed);
        start(directory);
        simulator.createFolder("/in");
        String in = GraphClient.json(client.get("/me/drive/root:/in")).path("id").asText();
        Follower drive = new Follower("/me/drive/root/delta?$top=3");
        Follower folder = new Follower("/me/drive/items/" + in + "/delta?$top=2");
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                change();
            }
            maybeTrouble();
            drive.follow();
            assertThat(drive.files()).as("seed %d, round %d", seed, round).containsExactlyElementsOf(simulator.paths());
            if (folder.follow()) {
                assertThat(folder.files()).as("seed %d, round %d, folder", seed, round)
                        .containsExactlyElementsOf(below(pathOf(in)));
            } else {
                in = GraphClient.json(client.get("/me/drive/root:/in")).path("id").asText();
                folder = new Follower("/me/drive/items/" + in + "/delta?$top=2");
            }
        }
    }

    private String pathOf(String id) {
        JsonNode item = GraphClient.json(client.get("/me/drive/items/" + id));
        String parent = item.at("/parentReference/path").asText().replaceFirst(".*root:", "");
        return parent + "/" + item.path("name").asText();
    }

    /** What a follower of the folder at this path sees: paths that begin with the folder's own name. */
    private List<String> below(String path) {
        String name = path.substring(path.lastIndexOf('/'));
        return simulator.paths().stream().filter(file -> file.startsWith(path + "/"))
                .map(file -> name + file.substring(path.length())).toList();
    }
}
