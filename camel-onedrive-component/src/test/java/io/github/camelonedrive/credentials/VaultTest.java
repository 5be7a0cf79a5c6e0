package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.credentials.VaultException.Reason;
import io.github.camelonedrive.files.OwnerOnlyFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class VaultTest {

    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

    @TempDir
    Path dir;

    private final MasterKey key = TestVaults.randomKey();
    private final Destination offsite = TestVaults.confidential("offsite");
    private final Destination home = TestVaults.publicClient("home");

    private Path file;

    @BeforeEach
    void place() {
        file = dir.resolve("vault.json");
    }

    @Test
    void whatWasAddedIsThereAfterReopening() throws IOException {
        Vault.create(file, key).add(offsite);
        Vault.open(file, key).add(home);

        Vault reopened = Vault.open(file, key);

        assertThat(reopened.destinations()).containsExactly(home, offsite);
        assertThat(reopened.destination("offsite")).isEqualTo(offsite);
        assertThat(reopened.names()).containsExactly("home", "offsite");
    }

    @Test
    void newVaultIsEmptyAndClosedToOthers() throws IOException {
        Path deep = dir.resolve("a/b/vault.json");

        assertThat(Vault.create(deep, key).destinations()).isEmpty();

        assertThat(permissions(deep)).isEqualTo("rw-------");
        assertThat(permissions(deep.getParent())).isEqualTo("rwx------");
        assertThat(permissions(deep.resolveSibling("vault.json.lock"))).isEqualTo("rw-------");
    }

    @Test
    void runningProcessSeesWhatAnotherOneChanged() throws IOException {
        Vault running = Vault.create(file, key);
        Vault other = Vault.open(file, key);

        other.add(offsite);
        assertThat(running.destination("offsite")).isEqualTo(offsite);

        Secret token = Secret.of(TestVaults.randomValue());
        other.updateRefreshToken("offsite", token);
        assertThat(running.destination("offsite").refreshToken()).contains(token);

        other.remove("offsite");
        assertThat(running.destinations()).isEmpty();
    }

    @Test
    void unknownDestinationListsTheKnownOnes() throws IOException {
        Vault vault = Vault.create(file, key);
        assertThatThrownBy(() -> vault.destination("offsite")).hasMessageContaining("'offsite'")
                .hasMessageContaining("holds none yet");
        vault.add(offsite);
        vault.add(home);

        UnknownDestinationException failure = catchThrowableOfType(UnknownDestinationException.class,
                () -> vault.remove("offside"));

        assertThat(failure).hasMessage("There is no destination 'offside'. Known destinations: home, offsite.");
        assertThat(failure.known()).containsExactly("home", "offsite");
        assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
    }

    @Test
    void takenNameIsRefusedAndNothingChanges() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(offsite);
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> vault.add(TestVaults.confidential("offsite")))
                .isInstanceOf(DestinationExistsException.class).hasMessageContaining("'offsite'");

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void rotatedTokenReplacesExactlyTheOneItCameFor() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(offsite);
        VaultEntry used = vault.entry("offsite");
        Secret first = Secret.of(TestVaults.randomValue());

        assertThat(vault.rotateRefreshToken(used, Optional.of(first), NOW)).isTrue();
        assertThat(vault.entry("offsite"))
                .isEqualTo(new VaultEntry(used.id(), offsite.withRefreshToken(first).withSignedIn(NOW)));

        assertThat(vault.rotateRefreshToken(used, Optional.of(Secret.of(TestVaults.randomValue())), NOW)).isFalse();
        assertThat(vault.destination("offsite").refreshToken()).contains(first);
    }

    @Test
    void rotatedTokenNeverReplacesANewAuthorization() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(offsite);
        VaultEntry used = vault.entry("offsite");

        Vault.open(file, key).updateRefreshToken("offsite", offsite.refreshToken().orElseThrow());

        assertThat(vault.entry("offsite").id()).isNotEqualTo(used.id());
        assertThat(vault.rotateRefreshToken(used, Optional.of(Secret.of(TestVaults.randomValue())), NOW)).isFalse();
        assertThat(vault.rotateRefreshToken(used, Optional.empty(), NOW)).isFalse();
        assertThat(vault.destination("offsite").refreshToken()).isEqualTo(offsite.refreshToken());
    }

    @Test
    void eachKindOfCredentialIsThereAfterReopening() throws IOException {
        Destination certified = TestVaults.certified("certified");
        Destination federated = TestVaults.federated("federated");
        Vault vault = Vault.create(file, key);
        vault.add(federated);
        vault.add(certified);

        assertThat(Vault.open(file, key).destinations()).containsExactly(certified, federated);

        vault.update("certified", destination -> destination.withCredential(federated.credential()));
        assertThat(Vault.open(file, key).destination("certified").credential()).isEqualTo(federated.credential());
        assertThat(Files.readString(file)).doesNotContain("\"certificate\"");
    }

    @Test
    void useOfARefreshTokenIsNotedOnceADay() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(offsite.withSignedIn(NOW));
        VaultEntry used = vault.entry("offsite");
        byte[] before = Files.readAllBytes(file);

        assertThat(vault.rotateRefreshToken(used, Optional.empty(), NOW.plus(Duration.ofHours(23)))).isTrue();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);

        Instant later = NOW.plus(Duration.ofHours(24));
        assertThat(vault.rotateRefreshToken(used, Optional.empty(), later.plusMillis(5))).isTrue();
        assertThat(vault.entry("offsite")).isEqualTo(new VaultEntry(used.id(), offsite.withSignedIn(later)));

        Secret next = Secret.of(TestVaults.randomValue());
        assertThat(vault.rotateRefreshToken(used, Optional.of(next), later.plusSeconds(1))).isTrue();
        assertThat(vault.destination("offsite"))
                .isEqualTo(offsite.withRefreshToken(next).withSignedIn(later.plusSeconds(1)));
    }

    @Test
    void timeThatAWrongClockNotedIsPutRight() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(offsite.withSignedIn(NOW.plus(Duration.ofDays(900))));

        vault.rotateRefreshToken(vault.entry("offsite"), Optional.empty(), NOW);

        assertThat(vault.destination("offsite").signedIn()).contains(NOW);
    }

    @Test
    void useThatCantBeNotedIsNoFailureButANewTokenThatCantBeStoredIs() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(offsite.withSignedIn(NOW));
        VaultEntry used = vault.entry("offsite");
        // A directory that can't be removed as a leftover makes the write fail on every system, also for root.
        Files.createFile(Files.createDirectories(dir.resolve("vault.json.x.tmp")).resolve("full"));

        assertThat(vault.rotateRefreshToken(used, Optional.empty(), NOW.plus(Duration.ofDays(2)))).isTrue();
        assertThat(failure(() -> vault.rotateRefreshToken(used, Optional.of(Secret.of(TestVaults.randomValue())), NOW))
                .reason()).isEqualTo(Reason.NOT_WRITABLE);
    }

    @Test
    void whenARefreshTokenWasStoredIsKnown() throws IOException {
        Vault.create(file, key);
        Vault vault = Vault.open(file, key, () -> NOW.plusMillis(7));

        vault.add(TestVaults.publicClient("offsite"));
        assertThat(vault.destination("offsite").signedIn()).isEmpty();

        vault.update("offsite", destination -> destination.withRefreshToken(Secret.of(TestVaults.randomValue())));
        assertThat(vault.destination("offsite").signedIn()).contains(NOW);

        vault.update("offsite", destination -> destination.withSignedIn(NOW.minusSeconds(9)).withFolderPath("/x"));
        assertThat(vault.destination("offsite").signedIn()).contains(NOW.minusSeconds(9));

        vault.update("offsite", destination -> destination.withFolderPath("/y"));
        assertThat(vault.destination("offsite").signedIn()).contains(NOW.minusSeconds(9));

        vault.updateRefreshToken("offsite", vault.destination("offsite").refreshToken().orElseThrow());
        assertThat(vault.destination("offsite").signedIn()).contains(NOW);

        vault.add(TestVaults.publicClient("given").withRefreshToken(Secret.of(TestVaults.randomValue())));
        assertThat(vault.destination("given").signedIn()).contains(NOW);
    }

    @Test
    void updateCantRename() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(offsite);

        assertThatThrownBy(() -> vault.update("offsite", destination -> home)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachWriteSealsEverythingAnewInANewGeneration() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(offsite);
        String before = Files.readString(file);

        vault.add(home);

        String after = Files.readString(file);
        assertThat(before).contains("\"generation\" : 2");
        assertThat(after).contains("\"generation\" : 3");
        for (String line : before.lines().filter(line -> line.matches(" *\"(client|refresh|journal).*")).toList()) {
            assertThat(after).doesNotContain(line);
        }
    }

    @Test
    void journalKeyStaysTheSame() throws IOException {
        Vault vault = Vault.create(file, key);
        byte[] made = vault.journalKey();
        vault.add(offsite);

        assertThat(Vault.open(file, key).journalKey()).isEqualTo(made).hasSize(32);
        assertThat(Vault.create(dir.resolve("other.json"), key).journalKey()).isNotEqualTo(made);
    }

    @Test
    void noSecretIsInTheFile() throws IOException {
        Vault.create(file, key).add(offsite);

        String content = Files.readString(file, StandardCharsets.ISO_8859_1);

        for (Secret secret : List.of(offsite.clientId(), offsite.credential().secret().orElseThrow(),
                offsite.refreshToken().orElseThrow())) {
            String value = secret.reveal();
            for (int start = 0; start + 8 <= value.length(); start += 8) {
                byte[] part = value.substring(start, start + 8).getBytes(StandardCharsets.UTF_8);
                assertThat(content).doesNotContain(new String(part, StandardCharsets.ISO_8859_1))
                        .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(part).substring(0, 8));
            }
        }
    }

    @Test
    void missingVaultIsSaidSoAndLeavesNothingBehind() throws IOException {
        VaultException failure = failure(() -> Vault.open(file, key));

        assertThat(failure.reason()).isEqualTo(Reason.MISSING);
        assertThat(failure).hasMessageContaining(file.toString()).hasMessageContaining("Create one");
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void existingFileIsNeverReplacedByANewVault() throws IOException {
        OwnerOnlyFiles.writeNew(file, new byte[] {1});

        assertThat(failure(() -> Vault.create(file, key)).reason()).isEqualTo(Reason.EXISTS);
        assertThat(Files.readAllBytes(file)).containsExactly(1);
    }

    @Test
    void vaultThatWentAwayIsMissingAndNotMadeAnew() throws IOException {
        Vault vault = Vault.create(file, key);
        Files.delete(file);

        assertThat(failure(() -> vault.add(offsite)).reason()).isEqualTo(Reason.MISSING);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxrwxrwx"})
    void vaultThatIsOpenToOthersIsRefusedWithTheCommandThatClosesIt(String permissions) throws IOException {
        Vault vault = Vault.create(file, key);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        VaultException failure = failure(() -> Vault.open(file, key));

        assertThat(failure.reason()).isEqualTo(Reason.LOOSE_PERMISSIONS);
        assertThat(failure).hasMessageContaining(permissions).hasMessageContaining("chmod 600 '" + file + "'");
        assertThat(failure(() -> vault.add(offsite)).reason()).isEqualTo(Reason.LOOSE_PERMISSIONS);
    }

    @Test
    void stricterPermissionsAreFine() throws IOException {
        Vault.create(file, key);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(Vault.open(file, key).destinations()).isEmpty();
    }

    @Test
    void directoryInPlaceOfTheVaultIsUnreadable() throws IOException {
        Files.createDirectory(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        assertThat(failure(() -> Vault.open(file, key)).reason()).isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void placeThatCantBeWrittenIsExplained() throws IOException {
        Path noDirectory = Files.createFile(dir.resolve("file"));

        VaultException failure = failure(() -> Vault.create(noDirectory.resolve("vault.json"), key));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_WRITABLE);
        assertThat(failure).hasMessageContaining("can't be written").hasMessageContaining("permissions");
    }

    @Test
    void failedWriteLeavesTheVaultAsItWas() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(home);
        byte[] before = Files.readAllBytes(file);
        // A directory that can't be removed as a leftover makes the write fail on every system, also for root.
        Path obstacle = Files.createDirectories(dir.resolve("vault.json.x.tmp"));
        Files.createFile(obstacle.resolve("full"));

        VaultException failure = failure(() -> vault.add(offsite));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_WRITABLE);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(vault.names()).containsExactly("home");
        assertThat(temporaryFiles()).containsExactly(obstacle);
    }

    @Test
    void leftoversOfACrashDontHurtAndAreRemoved() throws IOException {
        Vault vault = Vault.create(file, key);
        Files.write(dir.resolve("vault.json.0000.tmp"), new byte[] {'{'});
        Files.writeString(dir.resolve("unrelated.tmp"), "stays");

        assertThat(Vault.open(file, key).destinations()).isEmpty();
        vault.add(offsite);

        assertThat(temporaryFiles()).containsExactly(dir.resolve("unrelated.tmp"));
        assertThat(Vault.open(file, key).names()).containsExactly("offsite");
    }

    @Test
    void lockFilesOfRemovedDestinationsGoToo() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(offsite);
        String id = vault.entry("offsite").id();
        assertThat(vault.<String>whileLocked("offsite", () -> "done")).isEqualTo("done");
        assertThat(dir.resolve("vault.json." + id + ".lock")).exists();

        vault.remove("offsite");

        assertThat(dir.resolve("vault.json." + id + ".lock")).doesNotExist();
    }

    @Test
    void linkToTheVaultStaysALink() throws IOException {
        Path real = Files.createDirectory(dir.resolve("real")).resolve("vault.json");
        Vault.create(real, key);
        Files.createSymbolicLink(file, real);

        Vault.open(file, key).add(offsite);

        assertThat(file).isSymbolicLink();
        assertThat(Vault.open(real, key).names()).containsExactly("offsite");
    }

    @Test
    void vaultOfAnotherUserIsRefusedAndLeftAlone() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
        Vault vault = Vault.create(file, key);
        UserPrincipal service = dir.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(file, service);
        byte[] before = Files.readAllBytes(file);

        VaultException failure = failure(() -> vault.add(offsite));

        assertThat(failure.reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(failure).hasMessageContaining("belongs to the user nobody");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(Files.getOwner(file)).isEqualTo(service);
    }

    @Test
    void wrongKeyIsToldApartFromDamage() throws IOException {
        Vault.create(file, key).add(offsite);
        byte[] before = Files.readAllBytes(file);

        VaultException failure = failure(() -> Vault.open(file, TestVaults.randomKey()));

        assertThat(failure.reason()).isEqualTo(Reason.WRONG_KEY);
        assertThat(failure).hasMessageContaining("key that the vault was made with");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void processThatMeetsAnotherKeyStopsWritingAndSaysSo() throws IOException {
        Vault running = Vault.create(file, key);
        Files.delete(file);
        Vault.create(file, TestVaults.randomKey());
        byte[] others = Files.readAllBytes(file);

        assertThat(failure(() -> running.add(offsite)).reason()).isEqualTo(Reason.KEY_CHANGED);
        assertThat(failure(running::destinations).reason()).isEqualTo(Reason.KEY_CHANGED);
        assertThat(Files.readAllBytes(file)).isEqualTo(others);
    }

    @Test
    void textFormsShowNoSecrets() throws IOException {
        Vault vault = Vault.create(file, key);
        vault.add(offsite);

        assertThat(vault.toString()).isEqualTo("Vault(" + file + ")");
        assertThat(vault.entry("offsite").toString()).doesNotContain(offsite.clientId().reveal())
                .doesNotContain(offsite.refreshToken().orElseThrow().reveal()).contains("(secret)");
    }

    private List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(path -> path.toString().endsWith(".tmp")).toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static VaultException failure(ThrowingCallable action) {
        return catchThrowableOfType(VaultException.class, action);
    }
}
