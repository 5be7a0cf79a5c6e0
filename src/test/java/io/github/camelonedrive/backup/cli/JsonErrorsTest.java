package io.github.camelonedrive.backup.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a program that reads {@code --json} learns about a failure. Runs command lines in this JVM. */
class JsonErrorsTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final OneDriveSimulator simulator = OneDriveSimulator.builder().start();

    @BeforeEach
    void makeTheDestination() throws Exception {
        assertThat(run("vault", "init")).isZero();
        assertThat(run("destination", "add", "offsite", "--client-id", simulator.clientId(),
                "--client-secret-file", secret("client-secret", simulator.clientSecret()),
                "--refresh-token-file", secret("refresh-token", simulator.refreshToken()))).isZero();
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void anAnswerOfOneDriveComesWithStatusCodesAndRequestId() throws Exception {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(403).error("accessDenied", "No.", "sharingDisabled"));
        JsonNode error = errorOfPush(1);
        assertThat(error.get("kind").asText()).isEqualTo("service");
        assertThat(error.get("status").asInt()).isEqualTo(403);
        assertThat(error.get("code").asText()).isEqualTo("accessDenied");
        assertThat(error.get("innermostCode").asText()).isEqualTo("sharingDisabled");
        assertThat(error.get("requestId").asText()).isNotBlank();
        assertThat(error.has("aadsts")).isFalse();
    }

    @Test
    void whatTheAnswerDidNotSayIsLeftOut() throws Exception {
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(403).emptyBody());
        JsonNode error = errorOfPush(1);
        assertThat(error.get("status").asInt()).isEqualTo(403);
        assertThat(error.has("code")).isFalse();
        assertThat(error.has("innermostCode")).isFalse();
    }

    @Test
    void aRefusedSignInComesWithWhatMicrosoftsSupportAsksFor() throws Exception {
        simulator.revokeGrant(50173);
        JsonNode error = errorOfPush(3);
        assertThat(error.get("kind").asText()).isEqualTo("sign_in");
        assertThat(error.get("error").asText()).isEqualTo("invalid_grant");
        assertThat(error.get("aadsts").asInt()).isEqualTo(50173);
        assertThat(error.get("correlationId").asText()).isNotBlank();
        assertThat(error.get("timestamp").asText()).isNotBlank();
        assertThat(error.has("status")).isFalse();
    }

    @Test
    void aFailureThatNobodyAnsweredHasNoneOfThese() throws Exception {
        assertThat(run("push", "--json", "nowhere", dump())).isEqualTo(2);
        JsonNode error = new ObjectMapper().readTree(out.toByteArray()).get("error");
        assertThat(error.fieldNames()).toIterable().containsExactlyInAnyOrder("kind", "problem", "remedy", "exitCode");
    }

    @Test
    void theKeysOfAResultKeepTheirOrder() throws Exception {
        assertThat(run("push", "--json", "offsite", dump())).isZero();
        assertThat(new ObjectMapper().readTree(out.toByteArray()).fieldNames()).toIterable()
                .containsExactly("destination", "files");
        assertThat(run("list", "--json", "offsite")).isZero();
        JsonNode listed = new ObjectMapper().readTree(out.toByteArray());
        assertThat(listed.fieldNames()).toIterable().containsExactly("destination", "folders");
        assertThat(listed.at("/folders/0").fieldNames()).toIterable().containsExactly("path", "items");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "size", "None"})
    void aPushThatWouldProveNothingIsRefusedBeforeItsFirstByte(String verify) throws Exception {
        assertThat(run("push", "offsite", dump(), "-D", "camel.component.onedrive.verify=" + verify)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("push refuses").contains("hash or readback");
        assertThat(simulator.file("/dump.sql")).isEmpty();
    }

    @Test
    void anIllegalOptionIsWrongUsageNotAFailureOfEachFile() throws Exception {
        assertThat(run("push", "offsite", dump(), "-D", "camel.component.onedrive.chunk-size=1MB")).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("320").doesNotContain("FAILED").doesNotContain("dump.sql");
        assertThat(run("push", "--json", "offsite", dump(), "-D", "camel.component.onedrive.chunk-size=1MB")).isEqualTo(2);
        assertThat(new ObjectMapper().readTree(out.toByteArray()).at("/error/kind").asText()).isEqualTo("configuration");
    }

    private JsonNode errorOfPush(int exitCode) throws Exception {
        assertThat(run("push", "--json", "offsite", dump())).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(exitCode);
        return new ObjectMapper().readTree(out.toByteArray()).at("/files/0/error");
    }

    private String dump() throws Exception {
        return Files.writeString(directory.resolve("dump.sql"), "dump").toString();
    }

    private String secret(String name, String value) throws Exception {
        Path file = Files.writeString(directory.resolve(name), value);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------")).toString();
    }

    private int run(String... arguments) {
        out.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-D", "camel.component.onedrive.graph-endpoint=" + simulator.graphEndpoint(),
                "-D", "camel.component.onedrive.login-endpoint=" + simulator.loginEndpoint()));
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", directory.resolve("config").toString());
        return new CommandLineProgram(new Environment(environment, directory, directory, false,
                StandardCharsets.UTF_8, new ByteArrayInputStream(new byte[0]), stream(out), stream(err)))
                .run(all.toArray(String[]::new));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
