package io.github.camelonedrive.simulator.internal.graph;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.drive.Hashes;

import static org.assertj.core.api.Assertions.assertThat;

/** Personal drives that have not been moved. */
class LegacyPersonalDriveTest extends SimulatorTestBase {
    private final AdjustableClock clock = AdjustableClock.stopped();

    private void startLegacy() {
        start(builder -> builder.accountType(AccountType.PERSONAL_LEGACY).clock(clock));
    }

    @Test
    void anItemLooksAsTheContractShowsIt() {
        startLegacy();
        byte[] content = "Hello, OneDrive!\n".getBytes(StandardCharsets.UTF_8);
        JsonNode item = GraphClient.json(client.put("/me/drive/root:/backup/hello.txt:/content", content));
        String cid = simulator.driveId().toUpperCase();
        assertThat(cid).matches("[0-9A-F]{16}");
        assertThat(item.path("id").asText()).matches(cid + "![0-9]+");
        assertThat(decoded(item, "eTag")).isEqualTo(item.path("id").asText() + ".1");
        assertThat(decoded(item, "cTag")).startsWith("c:" + item.path("id").asText() + ".");
        assertThat(item.at("/parentReference/driveType").asText()).isEqualTo("personal");
        assertThat(item.at("/parentReference/id").asText()).matches(cid + "![0-9]+");
        assertThat(item.at("/file/hashes/quickXorHash").asText()).isEqualTo("aSwJG9jwBhaA4AluOQMR5JAGO5Q=");
        assertThat(item.at("/file/hashes/sha1Hash").asText()).isEqualTo("E1440BC47D300DEC00CA551468F3E9548FD47942");
        assertThat(item.at("/file/hashes/sha256Hash").asText())
                .isEqualTo("5D06BF4F6CDDA8249360B9DE6D73D6965DA36AF5C41E7E0ADC18F7BA6174A677");
    }

    private static String decoded(JsonNode item, String tag) {
        String text = item.path(tag).asText();
        assertThat(text).startsWith("a");
        return new String(Base64.getUrlDecoder().decode(text.substring(1)), StandardCharsets.UTF_8);
    }

    @Test
    void hashesOfFragmentsIgnoreWhatWasRefused() throws Exception {
        startLegacy();
        byte[] content = GraphClient.bytes(2 * UNIT + 1);
        String url = client.session("/x");
        simulator.fault(Fault.on(Step.FRAGMENT).nth(2).answer(503));
        client.fragment(url, content, 0, UNIT);
        client.fragment(url, content, UNIT, UNIT);
        client.fragment(url, content, UNIT, UNIT);
        JsonNode hashes = GraphClient.json(client.fragment(url, content, 2 * UNIT, 1)).at("/file/hashes");
        HexFormat hex = HexFormat.of().withUpperCase();
        assertThat(hashes.path("sha1Hash").asText()).isEqualTo(hex.formatHex(Hashes.newDigest("SHA-1").digest(content)));
        assertThat(hashes.path("sha256Hash").asText()).isEqualTo(hex.formatHex(Hashes.newDigest("SHA-256").digest(content)));
    }

    @Test
    void idsAreNumbersThatNeverComeTwice() {
        startLegacy();
        String first = simulator.putFile("/a", new byte[0]).id();
        simulator.delete("/a");
        assertThat(simulator.putFile("/a", new byte[0]).id()).isNotEqualTo(first);
    }

    @Test
    void aSessionLivesForSevenDays() {
        startLegacy();
        byte[] content = GraphClient.bytes(UNIT + 1);
        JsonNode session = GraphClient.json(client.createSession("/x", GraphClient.behavior("replace")));
        Instant expires = Instant.parse(session.path("expirationDateTime").asText());
        assertThat(expires).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        String url = session.path("uploadUrl").asText();
        client.fragment(url, content, 0, UNIT);
        clock.advance(Duration.ofDays(7).minusSeconds(1));
        assertThat(client.status(url).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.status(url).statusCode()).isEqualTo(401);
        assertThat(simulator.openSessions()).isEmpty();
    }

    @Test
    void theUploadUrlHasTheOldFormAndMustNotBeChanged() {
        startLegacy();
        String url = client.session("/a%20b.txt");
        assertThat(url).contains("/rup/" + simulator.driveId() + "/", "%2B", "'").doesNotContain("?", "tempauth");
        assertError(client.status(url.replace("%2B", "+")), 403, "accessDenied");
        assertThat(simulator.violations()).anyMatch(violation -> violation.contains("byte for byte"));
        assertThat(client.cancel(url).statusCode()).isEqualTo(204);
        assertError(client.status(url), 404, "itemNotFound");
    }

    @Test
    void severalSessionsForOneNameMayBeOpen() {
        startLegacy();
        client.session("/x");
        client.session("/x");
        assertThat(simulator.openSessions()).hasSize(2);
    }
}
