package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What real failures of uploads count as. */
class DumpFailureTest {

    private final OneDriveSimulator simulator = OneDriveSimulator.builder().port(0).start();

    DumpFailureTest() throws Exception {
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    record Case(String name, Consumer<OneDriveSimulator> fault, TroubleKind kind) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("500", upload(fault -> fault.answer(500)), TroubleKind.UNREACHABLE),
                new Case("502 of a gateway", upload(fault -> fault.answer(502).html()), TroubleKind.UNREACHABLE),
                new Case("503", upload(fault -> fault.answer(503)), TroubleKind.UNREACHABLE),
                new Case("connection cut", upload(Fault::cutBefore), TroubleKind.UNREACHABLE),
                new Case("garbage", upload(fault -> fault.answer(201).garbage()), TroubleKind.UNREACHABLE),
                new Case("nobody listens", OneDriveSimulator::close, TroubleKind.UNREACHABLE),
                new Case("sign-in 503", sim -> sim.fault(Fault.on(Step.TOKEN).always().answer(503)), TroubleKind.UNREACHABLE),
                new Case("sign-in page of a proxy", sim -> sim.fault(Fault.on(Step.TOKEN).always().answer(200).html()),
                        TroubleKind.UNREACHABLE),
                new Case("429", upload(fault -> fault.throttle("1")), TroubleKind.THROTTLED),
                new Case("429 for an hour", upload(fault -> fault.throttle("3600")), TroubleKind.THROTTLED),
                new Case("509", upload(fault -> fault.answer(509)), TroubleKind.THROTTLED),
                new Case("507", upload(fault -> fault.answer(507)), TroubleKind.DRIVE_FULL),
                new Case("quotaLimitReached", upload(fault -> fault.answer(403).error("quotaLimitReached")),
                        TroubleKind.DRIVE_FULL),
                new Case("403", upload(fault -> fault.answer(403).error("accessDenied")), TroubleKind.REFUSED),
                new Case("423", upload(fault -> fault.answer(423).error("resourceLocked")), TroubleKind.REFUSED),
                new Case("400", upload(fault -> fault.answer(400).error("invalidRequest")), TroubleKind.REFUSED),
                new Case("401", sim -> sim.fault(Fault.on(Step.SIMPLE_UPLOAD).always().answer(401).error("unauthenticated")),
                        TroubleKind.SIGN_IN_REFUSED),
                new Case("revoked grant", OneDriveSimulator::revokeGrant, TroubleKind.SIGN_IN_REFUSED),
                new Case("consent missing", token("invalid_grant", 65001), TroubleKind.SIGN_IN_REFUSED),
                new Case("conditional access", token("interaction_required", 50076), TroubleKind.SIGN_IN_REFUSED),
                new Case("unknown client", token("unauthorized_client", 700016), TroubleKind.CLIENT_REFUSED),
                new Case("wrong secret", token("invalid_client", 7000215), TroubleKind.CLIENT_REFUSED),
                new Case("expired secret", OneDriveSimulator::expireClientSecret, TroubleKind.CLIENT_REFUSED));
    }

    private static Consumer<OneDriveSimulator> upload(Consumer<Fault> effect) {
        return simulator -> {
            Fault fault = Fault.on(Step.SIMPLE_UPLOAD).always();
            effect.accept(fault);
            simulator.fault(fault);
        };
    }

    private static Consumer<OneDriveSimulator> token(String error, int aadsts) {
        return simulator -> simulator.fault(Fault.on(Step.TOKEN).always().answer(400).tokenError(error, aadsts, "Refused."));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void failuresOfUploads_haveTheirKinds(Case failing) {
        failing.fault.accept(simulator);
        DumpFailure failure = DumpFailure.of(failureOfAnUpload()).orElseThrow();

        assertThat(failure.kind()).as(failure.problem()).isEqualTo(failing.kind);
        assertThat(failure.problem()).isNotBlank();
        if (failure.scope() == DumpFailure.Scope.DESTINATION) {
            assertThat(failure.problem()).as("the same text for every dump").doesNotContain("shop.sql");
        }
    }

    @Test
    void aDumpThatOneDriveCanNeverTake_isNoTrouble() {
        upload(fault -> fault.answer(400).error("malwareDetected")).accept(simulator);
        assertThat(DumpFailure.of(failureOfAnUpload())).isEqualTo(Optional.empty());
    }

    private Exception failureOfAnUpload() {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            return context.createProducerTemplate().send("onedrive:offsite?folderPath=/Backups&maxRetries=0&maxThrottleWait=1s"
                    + "&graphEndpoint=" + simulator.graphEndpoint() + "&loginEndpoint=" + simulator.loginEndpoint()
                    + "&clientId=" + simulator.clientId() + "&clientSecret=RAW(" + simulator.clientSecret() + ")&refreshToken=RAW("
                    + simulator.refreshToken() + ")", exchange -> {
                        exchange.getMessage().setHeader("CamelFileName", "shop.sql");
                        exchange.getMessage().setBody(UUID.randomUUID().toString());
                    }).getException();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
