package io.github.camelonedrive.component;

import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.auth.GrantType;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** The readiness of destinations that producers send to, as one of Camel's producer checks. */
class DriveHealthCheckTest {

    private static final String ID = "producer:onedrive-offsite";

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    Path home;

    private OneDriveSimulator onedrive;
    private SimulatedRoute route;

    @BeforeEach
    void find() {
        onedrive = extension.simulator();
    }

    @AfterEach
    void stop() {
        route.close();
    }

    private void start(boolean producersEnabled) {
        route = new SimulatedRoute(onedrive, context -> {
            producers(context).setEnabled(producersEnabled);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("onedrive:offsite").to("onedrive:offsite?folderPath=/other");
                    from("direct:other").routeId("other").to("onedrive:elsewhere");
                }
            });
        });
    }

    private static HealthCheckRepository producers(DefaultCamelContext context) {
        return HealthCheckHelper.getHealthCheckRepository(context, "producers");
    }

    private HealthCheck.Result health() {
        return HealthCheckHelper.invoke(route.context(), ID, Map.of()).orElseThrow();
    }

    @Test
    void isNotAskedUnlessCamelsProducerChecksAreSwitchedOn() {
        start(false);

        assertThat(HealthCheckHelper.invokeReadiness(route.context(), "full")).extracting(result -> result.getCheck().getId())
                .doesNotContain(ID);
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void isUpWhenTheDriveCanBeLookedUpByOneRequestEachHalfMinute() {
        start(true);

        assertThat(HealthCheckHelper.invokeReadiness(route.context(), "full")).extracting(result -> result.getCheck().getId())
                .containsOnlyOnce(ID, "producer:onedrive-elsewhere");
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(onedrive.requests(Step.DRIVE)).hasSize(2);
        assertThat(HealthCheckHelper.invokeLiveness(route.context(), "full")).extracting(result -> result.getCheck().getId())
                .doesNotContain(ID);
    }

    @Test
    void isSwitchedOnByCamelsProperty() throws Exception {
        start(false);
        Main main = new Main();
        main.addProperty("camel.health.producersEnabled", "true");
        main.addProperty("camel.component.onedrive.graph-endpoint", onedrive.graphEndpoint().toString());
        main.addProperty("camel.component.onedrive.login-endpoint", onedrive.loginEndpoint().toString());
        main.addProperty("camel.component.onedrive.client-id", onedrive.clientId());
        main.addProperty("camel.component.onedrive.client-secret", onedrive.clientSecret());
        main.addProperty("camel.component.onedrive.refresh-token", onedrive.refreshToken());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite");
            }
        });
        main.start();
        try {
            assertThat(HealthCheckHelper.invokeReadiness(main.getCamelContext(), "full"))
                    .anySatisfy(result -> assertThat(result.getCheck().getId()).isEqualTo(ID));
            assertThat(onedrive.requests(Step.DRIVE)).hasSize(1);
        } finally {
            main.stop();
        }
    }

    @Test
    void isDownWithTheStatusWhenMicrosoftRefuses() {
        start(true);
        onedrive.fault(Fault.on(Step.DRIVE).answer(403).error("accessDenied"));

        HealthCheck.Result result = health();

        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 403).containsKey("onedrive.request.id");
        assertThat(result.getMessage()).hasValueSatisfying(text -> assertThat(text).contains("offsite", "accessDenied"));
        assertThat(onedrive.secrets().in(result.getDetails() + " " + result.getMessage() + " " + result.getError())).isEmpty();
    }

    @Test
    void isDownWhenTheGrantIsRevoked() {
        start(true);
        onedrive.revokeGrant();

        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 400);
        assertThat(health().getMessage()).hasValueSatisfying(text -> assertThat(text).contains("offsite"));
    }

    @Test
    void asksNothingWhileMicrosoftWantsNoRequests() {
        start(true);
        route.send("direct:in", "x", Map.of("CamelFileName", "a.txt"));
        onedrive.clearJournal();
        onedrive.fault(Fault.on(Step.DRIVE).throttle("300"));
        route.send("onedrive:offsite?operation=getDrive&maxThrottleWait=0", null, Map.of());
        onedrive.clearJournal();

        HealthCheck.Result result = health();

        assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result.getMessage()).hasValueSatisfying(text -> assertThat(text).contains("wants no requests until"));
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void asksNobodyToSignIn() {
        route = new SimulatedRoute(onedrive, context -> {
            producers(context).setEnabled(true);
            OneDriveConfiguration options = context.getComponent("onedrive", OneDriveComponent.class).getConfiguration();
            options.setRefreshToken(null);
            options.setClientSecret(null);
            options.setGrantType(GrantType.device_code);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("onedrive:offsite");
                }
            });
        });

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health().getMessage()).hasValueSatisfying(text -> assertThat(text).contains("sign in"));
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void signsInWithTheVaultOfTheRegistry() throws Exception {
        Vault vault = Vault.create(home.resolve("vault.json"), MasterKey.generate(home.resolve("key")));
        vault.add(Destination.of("offsite", Secret.of(onedrive.clientId())).withRefreshToken(Secret.of(onedrive.refreshToken()))
                .withCredential(new ClientCredential.ClientSecret(Secret.of(onedrive.clientSecret()))));
        route = new SimulatedRoute(onedrive, context -> {
            producers(context).setEnabled(true);
            OneDriveConfiguration options = context.getComponent("onedrive", OneDriveComponent.class).getConfiguration();
            options.setClientId(null);
            options.setClientSecret(null);
            options.setRefreshToken(null);
            context.getRegistry().bind("onedriveCredentials", new EncryptedCredentialProcessor(vault));
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").process("onedriveCredentials").to("onedrive:offsite");
                }
            });
        });

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(onedrive.requests(Step.DRIVE)).hasSize(1);
    }

    @Test
    void goesWithTheLastProducerOfItsDestination() throws Exception {
        start(true);
        route.context().getRouteController().stopRoute("other");

        assertThat(HealthCheckHelper.invokeReadiness(route.context(), "full")).extracting(result -> result.getCheck().getId())
                .contains(ID).doesNotContain("producer:onedrive-elsewhere");
    }

    @Test
    void canBeSwitchedOffForTheComponent() {
        route = new SimulatedRoute(onedrive, context -> {
            producers(context).setEnabled(true);
            context.getComponent("onedrive", OneDriveComponent.class).setHealthCheckProducerEnabled(false);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("onedrive:offsite");
                }
            });
        });

        HealthCheckHelper.invokeReadiness(route.context(), "full");
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UNKNOWN);
        assertThat(onedrive.requests()).isEmpty();
    }
}
