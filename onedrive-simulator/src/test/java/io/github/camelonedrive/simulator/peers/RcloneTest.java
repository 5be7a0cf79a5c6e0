package io.github.camelonedrive.simulator.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that none of us wrote: Debian's rclone, unmodified, speaks to Microsoft's host names over TLS and finds the
 * simulator.
 */
@Tag("full")
class RcloneTest extends PeerTestBase {
    private static final Instant MODIFIED = Instant.parse("2026-02-28T11:22:33Z");

    /** What 1.60 does that a good client does not do; newer ones have dropped the tokens. */
    private static final String[] KNOWN_MANNERS = {
        "upload session without a conflict behavior", "Authorization header sent to an upload URL",
        "Authorization header sent to a download URL",
        // Its watch over a copy goes by Go's own client, without the user agent that it was told.
        "undecorated User-Agent 'Go-http-client/1.1'; use NONISV|Company|Application/Version"};

    @TempDir
    private Path directory;
    private Path files;
    private Rclone rclone;
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    @BeforeAll
    static void saysWhatGoesUntested() {
        Rclone.PROGRAM.warnIfMissing();
    }

    @BeforeEach
    void needsRclone() {
        Rclone.PROGRAM.assumeInstalled();
    }

    private void startWithRclone(AccountType type, UnaryOperator<OneDriveSimulatorBuilder> configuration) throws IOException {
        startForPeer(type, configuration);
        rclone = Rclone.configure(simulator, proxy, Files.createDirectory(directory.resolve("home")), type);
        files = Files.createDirectory(directory.resolve("files"));
    }

    private void file(String name, byte[] content) throws IOException {
        Path file = files.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
        contents.put(name, content);
    }

    private void makeFiles() throws IOException {
        file("empty", new byte[0]);
        file("small.txt", GraphClient.bytes(17));
        file("with space #1 100%.txt", GraphClient.bytes(1000));
        file("deep/er/a+b & c=d;'[1].sql", GraphClient.bytes(2000));
        file("deep/%41 ü 日本😀.sql", GraphClient.bytes(3000));
        file("large/one fragment", GraphClient.bytes(Rclone.chunk()));
        file("large/one fragment and a byte", GraphClient.bytes(Rclone.chunk() + 1));
        file("large/three fragments", GraphClient.bytes(3 * Rclone.chunk() - 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"PERSONAL", "PERSONAL_LEGACY", "BUSINESS"})
    void uploadsComparesReadsMovesCopiesAndDeletes(AccountType type) throws Exception {
        startWithRclone(type, OneDriveSimulatorBuilder::tolerateAuthorization);
        makeFiles();
        uploads();
        compares(type);
        readsBack();
        movesAndCopies();
        deletes();
        assertThat(proxy.asked()).contains("graph.microsoft.com", "login.microsoftonline.com").isSubsetOf(HOSTS).hasSize(3);
        assertThat(manners()).isSubsetOf(KNOWN_MANNERS);
    }

    private void uploads() throws Exception {
        rclone.run("copy", files.toString(), "od:backup");
        assertStored("/backup/");
        for (String name : contents.keySet()) {
            assertThat(simulator.file("/backup/" + name).orElseThrow().lastModified()).as(name).isEqualTo(MODIFIED);
        }
        assertThat(simulator.requests(Step.FRAGMENT)).hasSizeGreaterThan(contents.size());
        assertThat(simulator.requests(Step.SIMPLE_UPLOAD)).hasSize(1);
        assertThat(simulator.openSessions()).isEmpty();
        assertThat(rclone.run("lsf", "--recursive", "--files-only", "od:backup").lines())
                .containsExactlyInAnyOrderElementsOf(contents.keySet());
        assertThat(rclone.run("lsf", "--format", "st", "od:backup/small.txt")).startsWith("17;2026-02-28 11:22:33");
        rclone.run("copy", files.toString(), "od:backup");
        assertThat(simulator.file("/backup/small.txt").orElseThrow().versionCount()).isEqualTo(1);
    }

    private void assertStored(String folder) {
        assertThat(simulator.paths()).containsExactlyInAnyOrderElementsOf(
                contents.keySet().stream().map(name -> folder + name).toList());
        contents.forEach((name, content) ->
                assertThat(simulator.file(folder + name).orElseThrow().bytes()).as(name).isEqualTo(content));
    }

    /** rclone 1.60 compares QuickXorHash on business drives and SHA-1, which died out, on personal ones. */
    private void compares(AccountType type) throws Exception {
        String[] check = {"check", files.toString(), "od:backup"};
        DebianProgram.Result equal = rclone.tryRun(check);
        assertThat(equal.status()).as(equal.err()).isZero();
        assertThat(equal.err()).contains("0 differences found", contents.size() + " matching files");
        if (type == AccountType.PERSONAL) {
            return;
        }
        assertThat(equal.err()).doesNotContain("hashes could not be checked");
        if (type == AccountType.BUSINESS) {
            List<String> hashes = rclone.run("hashsum", "quickxor", "od:backup").lines().toList();
            assertThat(hashes).contains("29ba617290a89576f5ff75a6f79d2f533797d5eb  with space #1 100%.txt");
            List<String> local = rclone.run("hashsum", "quickxor", files.toString()).lines().toList();
            assertThat(hashes).containsExactlyInAnyOrderElementsOf(local);
        }
        byte[] other = contents.get("small.txt").clone();
        other[3]++;
        simulator.putFile("/backup/small.txt", other);
        DebianProgram.Result different = rclone.tryRun(check);
        assertThat(different.status()).isEqualTo(1);
        assertThat(different.err()).containsPattern("small.txt: (quickxor|sha1) differ");
        rclone.run("sync", "--checksum", files.toString(), "od:backup");
        assertStored("/backup/");
    }

    private void readsBack() throws Exception {
        Path back = directory.resolve("back");
        rclone.run("copy", "od:backup", back.toString());
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            assertThat(Files.readAllBytes(back.resolve(file.getKey()))).as(file.getKey()).isEqualTo(file.getValue());
        }
        file("text", "0123456789".getBytes(StandardCharsets.US_ASCII));
        simulator.putFile("/backup/text", contents.get("text"));
        assertThat(rclone.run("cat", "--offset", "3", "--count", "4", "od:backup/text")).isEqualTo("3456");
        assertThat(simulator.requests(Step.CONTENT)).anyMatch(request -> request.status() == 206);
    }

    private void movesAndCopies() throws Exception {
        int uploads = simulator.requests(Step.CREATE_SESSION).size();
        rclone.run("moveto", "od:backup/small.txt", "od:backup/deep/moved #2.txt");
        contents.put("deep/moved #2.txt", contents.remove("small.txt"));
        rclone.run("copyto", "od:backup/large/three fragments", "od:backup/copied ü+.bin");
        contents.put("copied ü+.bin", contents.get("large/three fragments"));
        rclone.run("moveto", "od:backup", "od:moved backup");
        assertStored("/moved backup/");
        assertThat(simulator.requests(Step.COPY)).hasSize(1);
        assertThat(simulator.requests(Step.COPY_MONITOR)).hasSizeGreaterThan(1);
        assertThat(simulator.requests(Step.CREATE_SESSION)).hasSize(uploads);
        assertThat(rclone.run("link", "od:moved backup/text")).startsWith("https://");
        assertThat(rclone.run("about", "od:")).contains("Total:   1 TiB");
    }

    private void deletes() throws Exception {
        rclone.run("deletefile", "od:moved backup/text");
        assertThat(simulator.file("/moved backup/text")).isEmpty();
        rclone.run("mkdir", "od:moved backup/new");
        rclone.run("rmdir", "od:moved backup/new");
        rclone.run("purge", "od:moved backup");
        assertThat(simulator.paths()).isEmpty();
        assertThat(rclone.run("lsf", "od:")).isEmpty();
    }

    /** Versions before 1.66 send their token to upload URLs too, which the service has refused since 2023. */
    @Test
    @Tag("S11")
    void aTokenOnUploadUrlsIsRefusedAsTheServiceDoesToday() throws Exception {
        startWithRclone(AccountType.BUSINESS, builder -> builder);
        file("small.txt", GraphClient.bytes(17));
        DebianProgram.Result result = rclone.tryRun("copy", files.toString(), "od:backup");
        boolean tokenSent = simulator.violations().stream().anyMatch(violation -> violation.contains("sent to an upload URL"));
        if (tokenSent) {
            assertThat(result.status()).isNotZero();
            assertThat(result.err()).contains("unauthenticated");
            assertThat(simulator.paths()).isEmpty();
        } else {
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(simulator.paths()).containsExactly("/backup/small.txt");
        }
    }
}
