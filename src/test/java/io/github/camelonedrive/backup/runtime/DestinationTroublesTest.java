package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.backup.UploadResults;
import io.github.camelonedrive.backup.catalogue.RecordUnreadableException;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.settings.Settings;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.trouble.Effect;
import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.Trouble;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.DumpEvent;
import io.github.camelonedrive.component.DestinationState;
import io.github.camelonedrive.credentials.UnknownDestinationException;
import io.github.camelonedrive.graph.UnexpectedAnswerException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What failures of dumps and the state of the vault say about destinations. */
class DestinationTroublesTest {

    private static final Subject OFFSITE = new Subject.Destination("offsite");
    private static final Subject MYSQL = new Subject.Watch("mysql");

    private final Troubles troubles = new Troubles(() -> this.now);
    private final List<DestinationState> states = new ArrayList<>();

    private Instant now = Instant.parse("2026-11-30T02:00:00Z");
    private Optional<IOException> vaultTrouble = Optional.empty();
    private DestinationTroubles destinations;

    @BeforeEach
    void watch() throws Exception {
        destinations = new DestinationTroubles(troubles, watches("mysql", "offsite", "photos", "cloud"));
        states.add(state("offsite", SignInKind.DELEGATED, Duration.ZERO));
        states.add(state("cloud", SignInKind.DELEGATED, Duration.ZERO));
    }

    @Test
    void aRefusedSignIn_lastsUntilADumpGetsThrough() {
        fails("shop.sql", refused("invalid_grant"));
        now = now.plusSeconds(600);
        fails("shop.sql", refused("invalid_grant"));
        fails("crm.sql", refused("invalid_grant"));

        assertThat(current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.SIGN_IN_REFUSED);
            assertThat(trouble.kind().effect()).isEqualTo(Effect.LASTING);
            assertThat(trouble.subject()).isEqualTo(OFFSITE);
            assertThat(trouble.since()).isEqualTo(now.minusSeconds(600));
            assertThat(trouble.remedy()).contains("authorize");
        });
        done("shop.sql");
        assertThat(current()).isEmpty();
    }

    @Test
    void aRefusedSignIn_lastsAlsoWhenTheDumpIsRemoved_untilSomebodySignsIn() {
        fails("shop.sql", refused("invalid_grant"));
        vanished("shop.sql");
        check();
        assertThat(current()).extracting(Trouble::kind).containsExactly(TroubleKind.SIGN_IN_REFUSED);

        now = now.plusSeconds(60);
        states.set(0, state("offsite", SignInKind.DELEGATED, Duration.ZERO));
        check();
        assertThat(current()).isEmpty();
    }

    @Test
    void anUnknownClient_isAKindOfItsOwn() {
        for (String error : List.of("invalid_client", "unauthorized_client")) {
            fails("shop.sql", refused(error));
            assertThat(current()).extracting(Trouble::kind).as(error).containsExactly(TroubleKind.CLIENT_REFUSED);
            done("shop.sql");
        }
    }

    @Test
    void anUnreachableService_isOneTroubleWhateverDumpMeetsIt() {
        IOException failure = new UnexpectedAnswerException("Uploading shop.sql failed: what answered is a proxy.");
        fails("shop.sql", failure);
        fails("crm.sql", new CamelExecutionException("wrapped", new DefaultExchange(new DefaultCamelContext()), failure));

        assertThat(current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.UNREACHABLE);
            assertThat(trouble.problem()).isEqualTo("What answered is a proxy.");
        });
        vanished("shop.sql");
        assertThat(current()).hasSize(1);
        vanished("crm.sql");
        assertThat(current()).isEmpty();
    }

    @Test
    void theTroubleOfOneDestination_doesNotEndWithADumpOfAnother() {
        fails("shop.sql", new UnexpectedAnswerException("No."));
        destinations.on(new DumpEvent.Done("photos", Path.of("a.jpg"), UploadResults.proven(1), Path.of("moved")));

        assertThat(current()).extracting(Trouble::subject).containsExactly(OFFSITE);
    }

    @Test
    void aDumpThatIsStoredButNotMoved_provesTheDestination() {
        fails("shop.sql", new UnexpectedAnswerException("No."));
        destinations.on(new DumpEvent.Postponed("mysql", Path.of("crm.sql"), new IOException("disk full"), true, 1, now));

        assertThat(current()).isEmpty();
    }

    @Test
    void aFailingStepBeforeTheUpload_isTroubleOfTheWatchAndTheDump() {
        fails("shop.sql", new IllegalStateException("gzip is not installed"));
        fails("crm.sql", new IllegalStateException("gzip is not installed"));
        assertThat(current()).extracting(Trouble::kind).containsOnly(TroubleKind.ROUTE_FAILED);
        assertThat(current()).extracting(Trouble::subject).containsOnly(MYSQL);
        assertThat(current()).extracting(Trouble::problem)
                .containsExactly("crm.sql: gzip is not installed", "shop.sql: gzip is not installed");

        done("shop.sql");
        assertThat(current()).extracting(Trouble::about).containsExactly("crm.sql");
        destinations.on(new DumpEvent.Changed("mysql", Path.of("crm.sql")));
        assertThat(current()).isEmpty();
    }

    @Test
    void aRouteWithoutProof_isAConfigurationOfTheWatch() {
        fails("shop.sql", BackupException.usage("The route ended without a proof.", "Correct it."));
        assertThat(current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.CONFIGURATION);
            assertThat(trouble.subject()).isEqualTo(MYSQL);
        });
        done("crm.sql");
        assertThat(current()).isEmpty();
    }

    @Test
    void aDumpThatIsStillWritten_isNoTrouble() {
        fails("shop.sql", new BackupException(FailureKind.UNSETTLED, "It grew.", ""));
        assertThat(current()).isEmpty();
    }

    @Test
    void aDestinationThatIsNotAuthorized_isKnownWithoutADump() {
        states.set(0, state("offsite", SignInKind.NOT_AUTHORIZED, Duration.ZERO));
        check();
        check();
        assertThat(current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.NEVER_AUTHORIZED);
            assertThat(trouble.text()).contains("dumps of mysql wait", "onedrive-backup authorize offsite");
        });

        states.set(0, state("offsite", SignInKind.DELEGATED, Duration.ZERO));
        check();
        assertThat(current()).isEmpty();
    }

    @Test
    void aDestinationThatTheVaultDoesNotHold_isKnownWithoutADump() {
        states.remove(0);
        check();
        fails("shop.sql", new UnknownDestinationException("offsite", List.of("cloud")));
        assertThat(current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.CONFIGURATION);
            assertThat(trouble.subject()).isEqualTo(OFFSITE);
            assertThat(trouble.text()).contains("destination add offsite");
        });

        states.add(state("offsite", SignInKind.DELEGATED, Duration.ZERO));
        check();
        assertThat(current()).isEmpty();
    }

    @Test
    void destinationsThatNoWatchUses_areNotLookedAt() {
        states.add(state("unused", SignInKind.NOT_AUTHORIZED, Duration.ofHours(1)));
        destinations.refused("unused", refused("invalid_grant"));
        check();
        assertThat(current()).isEmpty();
    }

    @Test
    void aRefreshTokenThatIsRefused_isKnownWithoutADump() {
        destinations.refused("offsite", new IOException("no network"));
        assertThat(current()).isEmpty();
        destinations.refused("offsite", refused("invalid_grant"));
        assertThat(current()).extracting(Trouble::kind).containsExactly(TroubleKind.SIGN_IN_REFUSED);
    }

    @Test
    void aClosedGate_isThrottlingUntilItOpens() {
        states.set(0, state("offsite", SignInKind.DELEGATED, Duration.ofSeconds(90)));
        check();
        assertThat(current()).extracting(Trouble::kind).containsExactly(TroubleKind.THROTTLED);

        states.set(0, state("offsite", SignInKind.DELEGATED, Duration.ZERO));
        check();
        assertThat(current()).isEmpty();
    }

    @Test
    void aVaultThatCannotBeRead_concernsTheProgram() {
        vaultTrouble = Optional.of(new BackupException(FailureKind.VAULT, "The vault is damaged.", "Restore it."));
        check();
        done("shop.sql");
        assertThat(current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.VAULT);
            assertThat(trouble.subject()).isEqualTo(Subject.PROGRAM);
            assertThat(trouble.problem()).isEqualTo("The vault is damaged.");
            assertThat(trouble.remedy()).isEqualTo("Restore it.");
        });

        vaultTrouble = Optional.empty();
        check();
        assertThat(current()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVaultThatCannotBeRead_isOneTrouble_whoeverMeetsItFirst_andOverWhenItIsRead(boolean dumpFirst) {
        vaultTrouble = Optional.of(new BackupException(FailureKind.VAULT, "The vault is damaged.", "Restore it."));
        if (dumpFirst) {
            fails("shop.sql", (BackupException) vaultTrouble.get());
        }
        check();
        fails("crm.sql", (BackupException) vaultTrouble.get());
        check();
        assertThat(current()).extracting(Trouble::kind).containsExactly(TroubleKind.VAULT);
        vaultTrouble = Optional.empty();
        check();
        assertThat(current()).isEmpty();
        fails("shop.sql", new BackupException(FailureKind.VAULT, "The vault cannot be written.", ""));
        check();
        assertThat(current()).extracting(Trouble::kind).containsExactly(TroubleKind.VAULT);
    }

    @Test
    void aRecordThatCannotBeRead_concernsTheProgram_andNamesTheRecord() {
        fails("shop.sql", new RecordUnreadableException(Path.of("/home/catalogue"), new IOException("Not a directory")));
        assertThat(current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.RECORD);
            assertThat(trouble.subject()).isEqualTo(Subject.PROGRAM);
            assertThat(trouble.problem()).contains("/home/catalogue");
            assertThat(trouble.remedy()).contains("700");
        });
        check();
        assertThat(current()).hasSize(1);
        done("crm.sql");
        assertThat(current()).isEmpty();
    }

    @Test
    void aVaultThatCannotBeWritten_staysTroubleThoughItCanBeRead() {
        fails("shop.sql", new BackupException(FailureKind.VAULT, "The vault cannot be written.", ""));
        check();
        assertThat(current()).extracting(Trouble::kind).containsExactly(TroubleKind.VAULT);
        done("shop.sql");
        assertThat(current()).isEmpty();
    }

    @Test
    void tenThousandDumpsOfOneTrouble_areOneTrouble() {
        for (int number = 0; number < 10_000; number++) {
            fails("dump-" + number, new UnexpectedAnswerException("No."));
        }
        assertThat(current()).hasSize(1);
        done("dump-9999");
        assertThat(current()).isEmpty();
    }

    private static IOException refused(String error) {
        return AuthenticationException.ofRedirect("offsite", Map.of("error", error));
    }

    private DestinationState state(String name, SignInKind signIn, Duration throttled) {
        return new DestinationState(name, now, signIn, "client secret", Optional.empty(), Optional.of(now), false, throttled);
    }

    private static List<WatchSettings> watches(String... namesAndDestinations) throws BackupException {
        Map<String, String> values = new HashMap<>();
        for (int index = 0; index < namesAndDestinations.length; index += 2) {
            values.put("backup.watch." + namesAndDestinations[index] + ".directory", "/" + namesAndDestinations[index]);
            values.put("backup.watch." + namesAndDestinations[index] + ".destination", namesAndDestinations[index + 1]);
        }
        return Settings.of(Path.of("/"), values).watches();
    }

    private void fails(String file, Exception failure) {
        destinations.on(new DumpEvent.Postponed("mysql", Path.of(file), failure, false, 1, now));
    }

    private void done(String file) {
        destinations.on(new DumpEvent.Done("mysql", Path.of(file), UploadResults.proven(1), Path.of("moved")));
    }

    private void vanished(String file) {
        destinations.on(new DumpEvent.Vanished("mysql", Path.of(file)));
    }

    private void check() {
        destinations.check(() -> {
            if (vaultTrouble.isPresent()) {
                throw vaultTrouble.get();
            }
            return states;
        });
    }

    private List<Trouble> current() {
        return troubles.current();
    }
}
