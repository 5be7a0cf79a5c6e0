package io.github.camelonedrive.component;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.component.ConnectionCheck.Outcome;
import io.github.camelonedrive.component.ConnectionCheck.StepName;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** The operation {@code checkConnection}: what each step finds, and that nothing of it stays in the drive. */
class ConnectionCheckTest extends SimulatorTest {

    private static final String URI = "onedrive:offsite?operation=checkConnection&folderPath=/Backups/mysql";

    private final CountDownLatch hold = new CountDownLatch(1);

    @AfterEach
    void release() {
        hold.countDown();
    }

    @Test
    void everyStepIsMadeAndTheDriveIsAsItWas() {
        ConnectionCheck check = check();
        assertThat(check.steps()).extracting(ConnectionCheck.Step::name).containsExactly(StepName.values());
        assertThat(check.steps()).extracting(ConnectionCheck.Step::outcome).containsOnly(Outcome.OK);
        assertThat(check.ok()).isTrue();
        assertThat(check.facts()).containsEntry("signIn", "delegated").containsEntry("driveType", "personal")
                .containsEntry("folder", "/Backups/mysql").containsEntry("folderExists", false)
                .containsKeys("account", "total", "remaining");
        assertThat(step(check, StepName.FOLDER).detail()).contains("the first upload makes it");
        assertThat(onedrive.paths()).isEmpty();
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(1);
        assertThat(onedrive.requests(Step.CONTENT)).hasSize(1)
                .allSatisfy(request -> assertThat(request.header("Authorization")).isEmpty());
        assertThat(everythingInTheDrive()).isEmpty();
    }

    @Test
    void aProgramReadsItAsJson() throws Exception {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(403).error("accessDenied"));
        JsonNode json = new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(check()));
        assertThat(json.get("destination").asText()).isEqualTo("offsite");
        assertThat(json.get("ok").asBoolean()).isFalse();
        assertThat(json.at("/steps/5/name").asText()).isEqualTo("WRITE");
        assertThat(json.at("/steps/5/outcome").asText()).isEqualTo("FAILED");
        assertThat(json.at("/steps/5/detail").asText()).contains("403");
        assertThat(json.at("/steps/3/facts/driveType").asText()).isEqualTo("personal");
        assertThat(json.at("/steps/5").has("failure")).isFalse();
    }

    @Test
    void eachStepIsToldWhenItIsDone() {
        List<StepName> told = new ArrayList<>();
        List<Integer> requests = new ArrayList<>();
        Exchange exchange = send(step -> {
            told.add(step.name());
            requests.add(onedrive.requests().size());
        });
        assertThat(told).containsExactly(StepName.values());
        assertThat(requests).isSorted().doesNotHaveDuplicates();
        assertThat(exchange.getException()).isNull();
    }

    @Test
    void aRefusedSignInEndsItAndNamesTheFailure() {
        onedrive.revokeGrant();
        ConnectionCheck check = check();
        assertThat(step(check, StepName.SIGN_IN).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(step(check, StepName.SIGN_IN).remedy()).isNotBlank();
        assertThat(check.steps().subList(2, 8)).extracting(ConnectionCheck.Step::outcome).containsOnly(Outcome.SKIPPED);
        assertThat(check.failure().orElseThrow().kind()).isEqualTo(FailureKind.SIGN_IN);
        assertThat(onedrive.requests()).allMatch(request -> request.step() == Step.TOKEN);
    }

    @Test
    void withoutCredentialsTheFirstStepFails() {
        route.component().getConfiguration().setClientId(null);
        ConnectionCheck check = check();
        assertThat(step(check, StepName.VAULT).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(check.steps()).hasSize(StepName.values().length);
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void whoMayNotSeeTheNameCanStillMakeBackups() {
        onedrive.fault(Fault.on(Step.USER).always().answer(403).error("accessDenied"));
        ConnectionCheck check = check();
        assertThat(step(check, StepName.ACCOUNT).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(step(check, StepName.ACCOUNT).remedy()).contains("User.Read");
        assertThat(check.ok()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"quota\":{}", ",\"quota\":{\"total\":0,\"used\":0,\"remaining\":0}",
        ",\"quota\":{\"total\":-1,\"remaining\":-5}"})
    void aDriveThatDoesNotTellHowFullItIsIsFine(String quota) {
        onedrive.fault(Fault.on(Step.DRIVE).always().answer(200)
                .body("application/json", "{\"id\":\"d\",\"driveType\":\"business\"" + quota + "}"));
        ConnectionCheck check = check();
        assertThat(check.ok()).isTrue();
        assertThat(step(check, StepName.DRIVE).detail()).contains("business").contains("does not tell how full");
        assertThat(check.facts()).doesNotContainKeys("total", "remaining");
    }

    @Test
    void aFileWhereTheFolderShouldBeIsFound() {
        onedrive.putFile("/Backups", "a file".getBytes(StandardCharsets.UTF_8));
        ConnectionCheck check = check();
        assertThat(step(check, StepName.FOLDER).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(step(check, StepName.FOLDER).detail()).contains("/Backups").contains("is a file");
        assertThat(step(check, StepName.READ_BACK).outcome()).isEqualTo(Outcome.OK);
        assertThat(onedrive.paths()).containsExactly("/Backups");
    }

    @Test
    void aWriteThatIsRefusedLeavesNoFolder() {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(507));
        ConnectionCheck check = check();
        assertThat(step(check, StepName.WRITE).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(step(check, StepName.WRITE).remedy()).contains("full");
        assertThat(step(check, StepName.READ_BACK).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(step(check, StepName.CLEAN_UP).outcome()).isEqualTo(Outcome.OK);
        assertThat(everythingInTheDrive()).isEmpty();
    }

    @Test
    void aFileThatWasWrittenAlthoughTheAnswerWasAFailureIsDeleted() {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(403).error("accessDenied").afterEffect());
        ConnectionCheck check = check();
        assertThat(step(check, StepName.WRITE).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(everythingInTheDrive()).isEmpty();
    }

    @Test
    void aPassingTroubleIsRiddenOut() {
        for (Step step : List.of(Step.DRIVE, Step.SIMPLE_UPLOAD, Step.DOWNLOAD, Step.CONTENT, Step.DELETE)) {
            onedrive.fault(Fault.on(step).answer(503));
        }
        assertThat(check().ok()).isTrue();
        assertThat(everythingInTheDrive()).isEmpty();
    }

    @Test
    void whatComesBackDifferentIsFoundAndDeleted() {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).damageContent());
        ConnectionCheck check = check();
        assertThat(step(check, StepName.READ_BACK).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(step(check, StepName.CLEAN_UP).outcome()).isEqualTo(Outcome.OK);
        assertThat(everythingInTheDrive()).isEmpty();
    }

    @Test
    void aHashThatIsWrongIsFoundOneThatIsNotThereYetIsNot() {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).wrongHash());
        ConnectionCheck wrong = check();
        assertThat(step(wrong, StepName.READ_BACK).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(step(wrong, StepName.READ_BACK).detail()).contains("another QuickXorHash");
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).missingHash());
        ConnectionCheck later = check();
        assertThat(later.ok()).isTrue();
        assertThat(step(later, StepName.READ_BACK).detail()).contains("not computed");
    }

    @Test
    void whatCannotBeDeletedIsNamed() {
        onedrive.fault(Fault.on(Step.DELETE).always().answer(403).error("accessDenied"));
        ConnectionCheck check = check();
        assertThat(step(check, StepName.READ_BACK).outcome()).isEqualTo(Outcome.OK);
        assertThat(step(check, StepName.CLEAN_UP).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(onedrive.paths()).hasSize(1).allSatisfy(path -> assertThat(step(check, StepName.CLEAN_UP).detail())
                .contains(path));
        assertThat(step(check, StepName.CLEAN_UP).remedy()).contains("by hand");
        assertThat(check.ok()).isFalse();
    }

    @Test
    void aFolderThatWasThereBeforeStays() {
        onedrive.createFolder("/.onedrive-connection-test");
        assertThat(check().ok()).isTrue();
        assertThat(everythingInTheDrive()).containsExactly(".onedrive-connection-test");
    }

    @Test
    void aFolderThatSomebodyPutSomethingIntoMeanwhileStays() {
        onedrive.fault(Fault.on(Step.DOWNLOAD)
                .run(() -> onedrive.putFile("/.onedrive-connection-test/of another test.txt", new byte[1])));
        assertThat(check().ok()).isTrue();
        assertThat(onedrive.paths()).containsExactly("/.onedrive-connection-test/of another test.txt");
    }

    @ParameterizedTest
    @EnumSource(names = {"SIMPLE_UPLOAD", "DOWNLOAD", "CONTENT", "DELETE"})
    void aStopInTheMiddleCleansUp(Step where) throws Exception {
        onedrive.fault(Fault.on(where).stall(hold));
        CompletableFuture<Exchange> running = CompletableFuture.supplyAsync(() -> send(step -> { }));
        Awaitility.await().until(() -> onedrive.requests(where).size() == 1);
        route.component().stopOperations();
        Exchange stopped = running.get(20, TimeUnit.SECONDS);
        assertThat(stopped.getException()).isInstanceOf(OperationStoppedException.class);
        hold.countDown();
        assertThat(onedrive.requests(Step.DELETE)).hasSizeGreaterThanOrEqualTo(where == Step.SIMPLE_UPLOAD ? 1 : 2);
    }

    private ConnectionCheck check() {
        Exchange exchange = send(step -> { });
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(ConnectionCheck.class);
    }

    private Exchange send(Consumer<ConnectionCheck.Step> listener) {
        return route.context().createFluentProducerTemplate().to(URI)
                .withProcessor(exchange -> exchange.setProperty(OneDriveConstants.CONNECTION_CHECK_LISTENER, listener)).send();
    }

    private static ConnectionCheck.Step step(ConnectionCheck check, StepName name) {
        return check.steps().get(name.ordinal());
    }

    /** Names at the root, folders too. */
    private List<String> everythingInTheDrive() {
        Exchange listed = route.send("onedrive:offsite?operation=list", null, Map.of());
        return listed.getMessage().getBody(List.class).stream()
                .map(item -> ((io.github.camelonedrive.graph.DriveItem) item).name()).toList();
    }
}
