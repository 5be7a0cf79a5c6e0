package io.github.camelonedrive.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.graph.ByteRange;
import io.github.camelonedrive.graph.ConnectionFailedException;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.graph.GraphException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileDownloadTest {

    private static final byte[] CONTENT = ScriptedContent.random(200_003);
    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private final ScriptedContent drive = new ScriptedContent(CONTENT);
    private Path target;

    @BeforeEach
    void nameTarget() {
        target = directory.resolve("dump.sql");
    }

    private Optional<DownloadedFile> download(ExistingFile whenThere) throws IOException, InterruptedException {
        return drive.downloader.toFile(drive.request(ByteRange.WHOLE), target, whenThere);
    }

    private DownloadedFile download() throws IOException, InterruptedException {
        return download(ExistingFile.Override).orElseThrow();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private Path part() throws IOException {
        return files().stream().filter(file -> file.toString().endsWith(".onedrive-part")).findFirst().orElseThrow();
    }

    /** The connection breaks after so many bytes, and then for good. */
    private void breakOff(int bytes) {
        drive.contentAnswers.add(request -> drive.content(request).cut(bytes));
        for (int i = 0; i < 100; i++) {
            drive.contentAnswers.add(request -> drive.content(request).cut(0));
        }
    }

    private void breakOffADownload(int bytes) {
        breakOff(bytes);
        assertThatExceptionOfType(ConnectionFailedException.class).isThrownBy(this::download);
        drive.contentAnswers.clear();
    }

    @Test
    void theFileHasContentTimeAndUsualPermissions() throws Exception {
        DownloadedFile result = download();
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(Files.getLastModifiedTime(target).toInstant()).isEqualTo(Instant.parse("2026-02-28T11:22:33Z"));
        assertThat(Files.getPosixFilePermissions(target))
                .isEqualTo(Files.getPosixFilePermissions(Files.createFile(directory.resolve("usual"))));
        assertThat(result).isEqualTo(new DownloadedFile(target, 0, CONTENT.length, drive.hash.orElseThrow(),
                DownloadVerdict.HASH, false));
        Files.delete(directory.resolve("usual"));
        assertThat(files()).containsExactly(target);
    }

    @Test
    void anEmptyItemIsAnEmptyFile() throws Exception {
        drive.become(new byte[0]);
        assertThat(download().size()).isZero();
        assertThat(target).isEmptyFile();
    }

    @Test
    void whileItComesItIsHiddenAndPrivate() throws Exception {
        drive.contentAnswers.add(request -> {
            assertThat(files()).singleElement().satisfies(part -> {
                assertThat(part.getFileName().toString()).startsWith(".dump.sql.").endsWith(".onedrive-part");
                assertThat(Files.getPosixFilePermissions(part)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            });
            return drive.content(request);
        });
        download();
    }

    @Test
    void anOldFileIsThereUntilTheNewOneIsProvenAndGivesItItsPermissions() throws Exception {
        Files.write(target, OLD);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
        drive.contentAnswers.add(request -> {
            assertThat(target).hasBinaryContent(OLD);
            return drive.content(request);
        });
        download();
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(Files.getPosixFilePermissions(target)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void anOldFileCanStay() throws Exception {
        Files.write(target, OLD);
        assertThat(download(ExistingFile.Ignore)).isEmpty();
        assertThatExceptionOfType(LocalFileException.class).isThrownBy(() -> download(ExistingFile.Fail))
                .withMessageContaining("dump.sql': the file is there already")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
        assertThat(target).hasBinaryContent(OLD);
        assertThat(drive.contentRequests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = ExistingFile.class, names = {"Fail", "Ignore"})
    void aFileThatAppearsMeanwhileStaysToo(ExistingFile whenThere) throws Exception {
        drive.contentAnswers.add(request -> {
            Files.write(target, OLD);
            return drive.content(request);
        });
        if (whenThere == ExistingFile.Ignore) {
            assertThat(download(whenThere)).isEmpty();
        } else {
            assertThatExceptionOfType(LocalFileException.class).isThrownBy(() -> download(whenThere));
        }
        assertThat(target).hasBinaryContent(OLD);
        assertThat(files()).containsExactly(target);
    }

    @Test
    void aNewFileWithoutAnOldOneIsFineEitherWay() throws Exception {
        assertThat(download(ExistingFile.Fail)).isPresent();
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(files()).containsExactly(target);
    }

    @Test
    void whatAnEarlierAttemptLeftIsContinued() throws Exception {
        breakOffADownload(150_000);
        assertThat(target).doesNotExist();
        assertThat(Files.size(part())).isEqualTo(150_000);

        drive.events.clear();
        DownloadedFile result = download();
        assertThat(result.resumed()).isTrue();
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(drive.ranges()).containsExactly("bytes=150000-");
        assertThat(drive.events.get(1)).isInstanceOfSatisfying(DownloadEvent.Resumed.class,
                resumed -> assertThat(resumed.offset()).isEqualTo(150_000));
        assertThat(files()).containsExactly(target);
    }

    @Test
    void allOfItMayBeThereAlready() throws Exception {
        breakOffADownload(150_000);
        try (FileChannel part = FileChannel.open(part(), StandardOpenOption.APPEND)) {
            part.write(ByteBuffer.wrap(CONTENT, 150_000, 50_003));
        }
        assertThat(download().verdict()).isEqualTo(DownloadVerdict.HASH);
        assertThat(drive.contentRequests()).isEmpty();
        assertThat(target).hasBinaryContent(CONTENT);
    }

    @Test
    void whatACrashDamagedIsDroppedAndAllOfItComesAgain() throws Exception {
        breakOffADownload(150_000);
        byte[] damaged = Files.readAllBytes(part());
        Arrays.fill(damaged, 100_000, 150_000, (byte) 0);
        Files.write(part(), damaged);
        assertThat(download().verdict()).isEqualTo(DownloadVerdict.HASH);
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(drive.ranges()).containsExactly("bytes=150000-", "");
        assertThat(files()).containsExactly(target);
    }

    @Test
    void moreThanTheItemHasIsDropped() throws Exception {
        breakOffADownload(150_000);
        Files.write(part(), ScriptedContent.random(300_000));
        download();
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(drive.ranges()).containsExactly("");
    }

    @Test
    void theBeginningOfAnotherContentIsNotContinuedButRemoved() throws Exception {
        breakOffADownload(150_000);
        byte[] other = ScriptedContent.random(180_000);
        drive.become(other);
        assertThat(download().resumed()).isFalse();
        assertThat(target).hasBinaryContent(other);
        assertThat(files()).containsExactly(target);
    }

    @Test
    void whatOthersMayWriteToIsNotContinued() throws Exception {
        breakOffADownload(150_000);
        Path part = part();
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(download().resumed()).isFalse();
        assertThat(target).hasBinaryContent(CONTENT);
    }

    @Test
    void aPlantedLinkIsNotFollowed() throws Exception {
        breakOffADownload(150_000);
        Path victim = Files.write(directory.resolve("victim"), OLD);
        Path part = part();
        Files.delete(part);
        Files.createSymbolicLink(part, victim);
        download();
        assertThat(victim).hasBinaryContent(OLD);
        assertThat(target).hasBinaryContent(CONTENT);
    }

    @Test
    void twoAtATimeDoNotDisturbEachOther() throws Exception {
        drive.contentAnswers.add(request -> {
            try {
                assertThat(drive.downloader.toFile(drive.request(ByteRange.WHOLE), target, ExistingFile.Override)).isPresent();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return drive.content(request);
        });
        download();
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(files()).containsExactly(target);
    }

    @Test
    void whatCannotBeProvenAtTheEndIsNotKeptAfterAFailure() throws Exception {
        drive.options = new DownloadOptions(DownloadCheck.SIZE, Duration.ZERO);
        breakOffADownload(150_000);
        assertThat(files()).isEmpty();
    }

    @Test
    void aRangeBecomesAFileToo() throws Exception {
        DownloadedFile result = drive.downloader
                .toFile(drive.request(ByteRange.parse("bytes=100-199")), target, ExistingFile.Override).orElseThrow();
        assertThat(target).hasBinaryContent(Arrays.copyOfRange(CONTENT, 100, 200));
        assertThat(result.first()).isEqualTo(100);
        assertThat(result.verdict()).isEqualTo(DownloadVerdict.PART);
    }

    @Test
    void contentThatIsNotTheItemBecomesNoFile() throws Exception {
        byte[] damaged = CONTENT.clone();
        damaged[9] ^= 1;
        drive.contentAnswers.add(request -> new Reply(200, Map.of(), damaged));
        assertThatExceptionOfType(DownloadVerificationException.class).isThrownBy(this::download);
        assertThat(files()).isEmpty();
    }

    @Test
    void anItemThatChangesOrGoesLeavesNothing() throws Exception {
        drive.contentAnswers.add(request -> {
            drive.become(ScriptedContent.random(5));
            return new Reply(200, Map.of(), CONTENT).cut(100_000);
        });
        assertThatExceptionOfType(ItemChangedException.class).isThrownBy(this::download);
        drive.become(CONTENT);
        drive.locationAnswers.add(request -> Reply.error(404, "itemNotFound"));
        assertThatExceptionOfType(GraphException.NotFound.class).isThrownBy(this::download);
        assertThat(files()).isEmpty();
    }

    @Test
    void aStopLeavesWhatIsThereForTheNextTime() throws Exception {
        drive.contentAnswers.add(request -> drive.content(request).cut(70_000));
        drive.graph.time.whileSleeping(slept -> {
            throw new InterruptedException("stopped");
        });
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(this::download);
        assertThat(target).doesNotExist();
        assertThat(Files.size(part())).isEqualTo(70_000);
        drive.graph.time.whileSleeping(slept -> { });
        assertThat(download().resumed()).isTrue();
    }

    @Test
    void aMissingDirectoryIsSaidToBe() {
        target = directory.resolve("not").resolve("there.sql");
        assertThatExceptionOfType(LocalFileException.class).isThrownBy(this::download)
                .withMessageContaining("there is no directory '" + directory.resolve("not") + "'");
    }

    @Test
    void aDirectoryOrADeviceIsNoFile() throws Exception {
        Files.createDirectory(target);
        assertThatExceptionOfType(LocalFileException.class).isThrownBy(this::download)
                .withMessageContaining("not a regular file");
        target = Path.of("/dev/null");
        assertThatExceptionOfType(LocalFileException.class).isThrownBy(this::download)
                .withMessageContaining("not a regular file");
    }

    @Test
    void aDirectoryThatTakesNoFilesIsSaidToBeOne() {
        target = Path.of("/proc/self/dump.sql");
        assertThatExceptionOfType(LocalFileException.class).isThrownBy(this::download)
                .withMessageContaining("Can't download to '/proc/self/dump.sql'")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
    }

    @Test
    void longNamesAndNamesInUnicodeWork() throws Exception {
        for (String name : List.of("x".repeat(255), "ü".repeat(127), "😀".repeat(63), "-rf")) {
            target = directory.resolve(name);
            download();
            assertThat(target).hasBinaryContent(CONTENT);
        }
    }
}
