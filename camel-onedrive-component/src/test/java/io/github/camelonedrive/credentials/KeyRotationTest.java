package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.credentials.VaultException.Reason;
import io.github.camelonedrive.files.OwnerOnlyFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

@Timeout(300)
class KeyRotationTest {

    private static final String PLACE = "0123-4567.upload";

    @TempDir
    Path dir;

    private final Destination offsite = TestVaults.confidential("offsite");
    private final Destination certified = TestVaults.certified("certified");
    private final Secret url = Secret.of("https://upload.example/" + TestVaults.randomValue());

    private Path vaultFile;
    private Path keyFile;
    private KeySources sources;
    private String journalEntry;

    @BeforeEach
    void vaultWithAKeyFile() throws IOException {
        Path keys = Files.createDirectory(dir.resolve("keys"));
        vaultFile = dir.resolve("vault.json");
        keyFile = keys.resolve("vault.key");
        sources = KeySources.of(Map.of(), Optional.of(keyFile));
        Vault vault = Vault.create(vaultFile, MasterKey.generate(keyFile));
        vault.add(offsite);
        vault.add(certified);
        journalEntry = vault.journalSealer().seal(url, PLACE);
    }

    @Test
    void newKeyTakesThePlaceOfTheOldOneWhichIsKept() throws IOException {
        String oldKey = Files.readString(keyFile);
        Vault running = sources.open(vaultFile);

        KeyRotation.Result result = new KeyRotation(vaultFile, sources).renew();

        assertWhole(sources);
        assertThat(Files.readString(keyFile)).isNotEqualTo(oldKey);
        assertThat(Files.readString(result.oldKey().orElseThrow())).isEqualTo(oldKey);
        assertThat(result.oldKey().orElseThrow().getParent()).isEqualTo(keyFile.getParent());
        assertThat(failure(() -> Vault.open(vaultFile, MasterKey.read(result.oldKey().get()))).reason())
                .isEqualTo(Reason.WRONG_KEY);
        for (Path file : keyFiles()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
        assertThat(failure(() -> running.add(TestVaults.publicClient("late"))).reason()).isEqualTo(Reason.KEY_CHANGED);
        assertThat(failure(running::names)).hasMessageContaining("Start this program again with the new key");
    }

    @Test
    void rotatingAgainAndAgainKeepsEveryKey() throws IOException {
        for (int i = 0; i < 3; i++) {
            new KeyRotation(vaultFile, sources).renew();
        }

        assertWhole(sources);
        assertThat(KeyRotation.otherKeys(sources)).hasSize(3).allMatch(file -> file.toString().endsWith(".old"));
    }

    @Test
    void idsAndGenerationGoOnSoThatRunningRefreshesAreNotMistaken() throws IOException {
        Vault before = sources.open(vaultFile);
        String id = before.entry("offsite").id();
        long generation = before.info().generation();

        new KeyRotation(vaultFile, sources).renew();

        Vault after = sources.open(vaultFile);
        assertThat(after.entry("offsite").id()).isEqualTo(id);
        assertThat(after.info().generation()).isEqualTo(generation + 1);
    }

    /** A real process, killed for good after each step. */
    @ParameterizedTest
    @EnumSource(RotationStep.class)
    void killAfterEachStepLeavesAVaultThatOpens(RotationStep step) throws Exception {
        Process process = start("renew", step.name());
        Path log = dir.resolve("log");
        await().atMost(Duration.ofSeconds(120)).until(() -> Files.readString(log).contains("at " + step));
        process.destroyForcibly().waitFor();

        assertWhole(sources);
        boolean replaced = step != RotationStep.NEW_KEY_WRITTEN;
        // Whoever opened it has finished the job.
        assertThat(keyFiles().stream().filter(file -> file.toString().endsWith(".new"))).hasSize(replaced ? 0 : 1);
        assertThat(keyFiles().stream().filter(file -> file.toString().endsWith(".old"))).hasSize(replaced ? 1 : 0);
        assertThat(Vault.open(vaultFile, MasterKey.read(keyFile)).names()).hasSize(2);

        new KeyRotation(vaultFile, sources).renew();
        assertWhole(sources);
    }

    @Test
    @Tag("full")
    void killAtAnyMomentLeavesAVaultThatOpens() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 4; round++) {
            Files.deleteIfExists(dir.resolve("log"));
            Process process = start("endless", "none");
            await().atMost(Duration.ofSeconds(120)).until(() -> Files.readString(dir.resolve("log")).contains("rotated"));
            long pause = random.nextInt(50_000_000);
            long from = System.nanoTime();
            while (System.nanoTime() - from < pause) {
                Thread.onSpinWait();
            }
            process.destroyForcibly().waitFor();

            assertWhole(sources);
            assertThat(Vault.open(vaultFile, MasterKey.read(keyFile)).names()).hasSize(2);
        }
    }

    @Test
    void interruptedRotationIsFinishedByOneOfManyThatOpen() throws Exception {
        interruptAt(RotationStep.VAULT_REPLACED, () -> new KeyRotation(vaultFile, sources, dieAt(RotationStep.VAULT_REPLACED))
                .renew());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> openers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            openers.add(threads.submit(() -> {
                assertWhole(sources);
                return null;
            }));
        }
        for (Future<?> opener : openers) {
            opener.get();
        }
        threads.shutdown();

        assertThat(Vault.open(vaultFile, MasterKey.read(keyFile)).names()).hasSize(2);
    }

    @Test
    void nothingIsMovedForAVaultThatWasTamperedWith() throws Exception {
        interruptAt(RotationStep.VAULT_REPLACED, () -> new KeyRotation(vaultFile, sources, dieAt(RotationStep.VAULT_REPLACED))
                .renew());
        Files.writeString(vaultFile, Files.readString(vaultFile).replace("contoso.example", "attacker.example"));
        List<Path> before = keyFiles();

        assertThat(failure(() -> sources.open(vaultFile)).reason()).isEqualTo(Reason.DAMAGED);
        assertThat(keyFiles()).isEqualTo(before);
    }

    @Test
    void keyIdThatNamesAnotherPlaceIsNotFollowed() throws IOException {
        Files.writeString(vaultFile, Files.readString(vaultFile).replaceFirst("\"keyId\" : \"[0-9a-f]+\"",
                "\"keyId\" : \"x/../../elsewhere\""));

        assertThat(failure(() -> sources.open(vaultFile)).reason()).isEqualTo(Reason.WRONG_KEY);
    }

    @Test
    void otherVaultThatSharesTheKeyFileIsNotLost() throws IOException {
        Path other = dir.resolve("other.json");
        Vault.create(other, MasterKey.read(keyFile)).add(offsite);

        new KeyRotation(vaultFile, sources).renew();

        VaultException failure = failure(() -> sources.open(other));
        assertThat(failure.reason()).isEqualTo(Reason.WRONG_KEY);
        assertThat(failure).hasMessageContaining("before it was rotated")
                .hasMessageContaining("seal it with the one in " + keyFile);
        // What the message says.
        Path old = KeyRotation.otherKeys(sources).get(0);
        assertThat(failure).hasMessageContaining(old.toString());
        new KeyRotation(other, KeySources.of(Map.of(), Optional.of(old))).toKeyFile(keyFile);
        assertThat(sources.open(other).names()).containsExactly("offsite");
        assertWhole(sources);
    }

    @Test
    void newKeyFileIsMadeOrUsed() throws IOException {
        Path made = dir.resolve("keys/made.key");
        Path given = dir.resolve("keys/given.key");
        MasterKey.generate(given);

        assertThat(new KeyRotation(vaultFile, sources).toKeyFile(made).made()).isTrue();
        KeySources second = KeySources.of(Map.of("ONEDRIVE_VAULT_KEY_FILE", made.toString()), Optional.empty());
        assertWhole(second);
        assertThat(new KeyRotation(vaultFile, second).toKeyFile(given).made()).isFalse();
        assertWhole(KeySources.of(Map.of(), Optional.of(given)));
        assertThat(keyFile).exists();
    }

    @Test
    void rotationToAKeyFileThatWasInterruptedCanBeRepeated() throws Exception {
        Path next = dir.resolve("keys/next.key");
        for (RotationStep step : List.of(RotationStep.NEW_KEY_WRITTEN, RotationStep.VAULT_REPLACED)) {
            interruptAt(step, () -> new KeyRotation(vaultFile, sources, dieAt(step)).toKeyFile(next));
        }

        assertThat(new KeyRotation(vaultFile, sources).toKeyFile(next).made()).isFalse();
        assertWhole(KeySources.of(Map.of(), Optional.of(next)));
    }

    @Test
    void keyThatTheVaultHasAlreadyIsRefused() throws IOException {
        Path copy = Files.copy(keyFile, dir.resolve("copy.key"));
        byte[] before = Files.readAllBytes(vaultFile);

        assertThatThrownBy(() -> new KeyRotation(vaultFile, sources).toKeyFile(keyFile)).hasMessageContaining("already");
        assertThatThrownBy(() -> new KeyRotation(vaultFile, sources).toKeyFile(copy)).hasMessageContaining("already");
        assertThat(Files.readAllBytes(vaultFile)).isEqualTo(before);
    }

    @Test
    void keyOfTheEnvironmentCanOnlyBeReplacedByAnother() throws IOException {
        KeySources environment = KeySources.of(Map.of("ONEDRIVE_VAULT_KEY", Files.readString(keyFile)), Optional.empty());

        assertThatThrownBy(() -> new KeyRotation(vaultFile, environment).renew())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("ONEDRIVE_VAULT_KEY");
        new KeyRotation(vaultFile, environment).toKeyFile(dir.resolve("next.key"));
        assertWhole(KeySources.of(Map.of(), Optional.of(dir.resolve("next.key"))));
    }

    @Test
    void vaultMovesToAPassphraseAndBack() throws IOException {
        Path phrase = passphraseFile();
        new KeyRotation(vaultFile, sources).toPassphrase(Passphrase.read(phrase));
        KeySources sealed = KeySources.of(Map.of("ONEDRIVE_VAULT_PASSPHRASE_FILE", phrase.toString()), Optional.empty());
        assertWhole(sealed);

        new KeyRotation(vaultFile, sealed).toKeyFile(dir.resolve("next.key"));
        assertWhole(KeySources.of(Map.of(), Optional.of(dir.resolve("next.key"))));
    }

    @Test
    void weakParametersAreBroughtUpToDateWithTheSamePassphrase() throws Exception {
        Path phrase = passphraseFile();
        Passphrase passphrase = Passphrase.read(phrase);
        Argon2id weak = new Argon2id(Argon2id.fresh(new SecureRandom()).salt(), Argon2id.MIN_MEMORY_KIB, 1, 1);
        VaultFormat format = new VaultFormat(new VaultKeys(passphrase.derive(weak), new SecureRandom()), Optional.of(weak));
        Vault vault = sources.open(vaultFile);
        Files.write(vaultFile, format.encode(new VaultDocument(9, vault.journalKey(),
                List.of(vault.entry("offsite"), vault.entry("certified")))));
        KeySources sealed = KeySources.of(Map.of(), Optional.empty()).withPassphraseFile(phrase);
        assertThat(sealed.open(vaultFile).info().passphrase().orElseThrow().isWeak()).isTrue();
        Vault running = sealed.open(vaultFile);

        new KeyRotation(vaultFile, sealed).renew();

        assertThat(sealed.open(vaultFile).info().passphrase().orElseThrow().isWeak()).isFalse();
        assertWhole(sealed);
        assertThat(failure(running::names).reason()).isEqualTo(Reason.KEY_CHANGED);
    }

    @Test
    void shortPassphraseIsNotTaken() throws IOException {
        assertThat(failure(() -> new KeyRotation(vaultFile, sources).toPassphrase(Passphrase.of("short"))).reason())
                .isEqualTo(Reason.MALFORMED_KEY);
        assertWhole(sources);
    }

    @Test
    void rotationThatCantWriteTheVaultLeavesEverythingAsItWas() throws IOException {
        byte[] before = Files.readAllBytes(vaultFile);
        // A directory that can't be removed as a leftover makes the write fail on every system, also for root.
        Files.createFile(Files.createDirectories(dir.resolve("vault.json.x.tmp")).resolve("full"));

        assertThat(failure(() -> new KeyRotation(vaultFile, sources).renew()).reason()).isEqualTo(Reason.NOT_WRITABLE);

        assertThat(Files.readAllBytes(vaultFile)).isEqualTo(before);
        assertThat(keyFiles()).containsExactly(keyFile);
        assertWhole(sources);
    }

    @Test
    void keyFileBehindALinkIsReplacedWhereItIs() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("link.key"), keyFile);
        KeySources linked = KeySources.of(Map.of(), Optional.of(link));

        new KeyRotation(vaultFile, linked).renew();

        assertThat(link).isSymbolicLink();
        assertWhole(linked);
        assertWhole(sources);
    }

    /** A new refresh token that is on its way has nowhere to go once the vault is sealed with another key. */
    @Test
    void rotationWaitsForASignInUnderWay() throws Exception {
        Vault running = sources.open(vaultFile);
        CountDownLatch signingIn = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Secret token = Secret.of(TestVaults.randomValue());
        ExecutorService threads = Executors.newCachedThreadPool();
        Future<Boolean> refresh = threads.submit(() -> running.whileLocked("offsite", () -> {
            VaultEntry used = running.entry("offsite");
            signingIn.countDown();
            awaitUninterrupted(answered);
            return running.rotateRefreshToken(used, Optional.of(token), Instant.now());
        }));
        signingIn.await();
        Future<?> rotation = threads.submit(() -> new KeyRotation(vaultFile, sources).renew());
        await().until(() -> keyFiles().size() > 1);
        answered.countDown();

        assertThat(refresh.get()).isTrue();
        rotation.get();
        assertThat(sources.open(vaultFile).destination("offsite").refreshToken()).contains(token);
        threads.shutdown();
    }

    private void assertWhole(KeySources given) throws IOException {
        Vault vault = given.open(vaultFile);
        assertThat(vault.destinations()).containsExactly(certified, offsite);
        assertThat(vault.journalSealer().open(journalEntry, PLACE)).contains(url);
    }

    private Path passphraseFile() throws IOException {
        Path file = dir.resolve("passphrase");
        OwnerOnlyFiles.writeNew(file, TestVaults.randomValue().getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private List<Path> keyFiles() throws IOException {
        try (Stream<Path> files = Files.list(keyFile.getParent())) {
            return files.filter(file -> !file.toString().endsWith(".lock")).sorted().toList();
        }
    }

    private static Consumer<RotationStep> dieAt(RotationStep deadly) {
        return step -> {
            if (step == deadly) {
                throw new Died();
            }
        };
    }

    private static void interruptAt(RotationStep step, ThrowingCallable rotation) {
        assertThatThrownBy(rotation).as(step.name()).isInstanceOf(Died.class);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(String mode, String step) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Rotator.class.getName(), vaultFile.toString(), keyFile.toString(), mode,
                step).redirectErrorStream(true).redirectOutput(dir.resolve("log").toFile()).start();
    }

    private static VaultException failure(ThrowingCallable action) {
        return catchThrowableOfType(VaultException.class, action);
    }

    private static final class Died extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** Rotates in a process of its own, once up to a step where it stands still, or until it is killed. */
    static final class Rotator {

        public static void main(String[] arguments) throws IOException {
            Path vaultFile = Path.of(arguments[0]);
            KeySources sources = KeySources.of(Map.of(), Optional.of(Path.of(arguments[1])));
            KeyRotation rotation = new KeyRotation(vaultFile, sources, step -> {
                if (step.name().equals(arguments[3])) {
                    say("at " + step);
                    awaitUninterrupted(new CountDownLatch(1));
                }
            });
            do {
                rotation.renew();
                say("rotated");
            } while (arguments[2].equals("endless"));
        }

        private static void say(String what) {
            System.out.write((what + "\n").getBytes(StandardCharsets.US_ASCII), 0, what.length() + 1);
            System.out.flush();
        }
    }
}
