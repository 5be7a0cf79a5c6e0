package io.github.camelonedrive.simulator.internal.graph;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements 1–9. */
class AddressingTest extends SimulatorTestBase {
    private static final byte[] CONTENT = {1, 2, 3};

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a%20b%23%25%C3%BC'%5B1%5D.txt|a b#%ü'[1].txt",
        "a+b.txt|a+b.txt",
        "%2541.txt|%41.txt",
        "%E6%97%A5%E6%9C%AC%F0%9F%98%80.sql|日本😀.sql",
        "x&y=z;(1)!@$,.txt|x&y=z;(1)!@$,.txt"
    })
    void decodesEachSegmentExactlyOnce(String encoded, String name) {
        start();
        HttpResponse<String> answer = client.put("/me/drive/root:/d/" + encoded + ":/content", CONTENT);
        assertThat(GraphClient.json(answer).path("name").asText()).isEqualTo(name);
        assertThat(simulator.paths()).containsExactly("/d/" + name);
        assertThat(client.get("/me/drive/root:/d/" + encoded).statusCode()).isEqualTo(200);
    }

    /** Debian's onedrive asks like this whether a file is there before it uploads it. */
    @ParameterizedTest
    @ValueSource(strings = {".%2Fd%2Fb.txt", "d%2Fb.txt", "d%2fb.txt", "./d/b.txt", "d/.%2Fb.txt"})
    void encodedSlashesSeparateNamesAndADotIsTheFolderItself(String encoded) {
        start();
        simulator.putFile("/d/b.txt", CONTENT);
        assertThat(client.get("/me/drive/root:/" + encoded).statusCode()).isEqualTo(200);
        assertThat(client.put("/me/drive/root:/" + encoded + ":/content", CONTENT).statusCode()).isEqualTo(200);
        assertThat(simulator.paths()).containsExactly("/d/b.txt");
        assertThat(simulator.violations().isEmpty()).isEqualTo(!encoded.toUpperCase().contains("%2F"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2F", "a%2F%2Fb", "a//b", "..%2Fb"})
    void refusesEmptyNamesAndWaysUp(String encoded) {
        start();
        assertError(client.put("/me/drive/root:/" + encoded + ":/content", CONTENT), 400, "invalidRequest");
    }

    @Test
    @Tag("S5")
    void pathsAreCaseInsensitiveAndKeepTheStoredCase() {
        start();
        simulator.putFile("/Backups/Dump.SQL", CONTENT);
        HttpResponse<String> found = client.get("/me/drive/root:/BACKUPS/dump.sql");
        assertThat(GraphClient.json(found).path("name").asText()).isEqualTo("Dump.SQL");
        assertThat(client.put("/me/drive/root:/backups/DUMP.sql:/content", CONTENT).statusCode()).isEqualTo(200);
        assertThat(simulator.paths()).containsExactly("/Backups/Dump.SQL");
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    @Tag("S5")
    void idInAnotherCase_isTheSameId(AccountType accountType) {
        start(accountType);
        String id = simulator.putFile("/x", CONTENT).id();
        assertThat(client.get("/me/drive/items/" + id).statusCode()).isEqualTo(200);
        String otherCase = id.equals(id.toLowerCase()) ? id.toUpperCase() : id.toLowerCase();
        assertThat(client.get("/me/drive/items/" + otherCase).statusCode()).isEqualTo(200);
    }

    @Test
    void findsItemsRelativeToAFolderId() {
        start(AccountType.BUSINESS);
        simulator.putFile("/a/b/c.txt", CONTENT);
        String folder = GraphClient.json(client.get("/me/drive/root:/a")).path("id").asText();
        assertThat(client.get("/drives/" + simulator.driveId() + "/items/" + folder + ":/b/c.txt").statusCode()).isEqualTo(200);
        assertThat(client.get("/me/drive/items/" + folder + ":/b:/children").body()).contains("c.txt");
    }

    @Test
    @Tag("S6")
    void refusesAnEmptyPathBetweenColons() {
        start();
        assertError(client.post("/me/drive/root:/:/createUploadSession", "{}"), 400, "invalidRequest");
    }

    @Test
    void servesTheSameDriveUnderEveryRoot() {
        start(AccountType.BUSINESS);
        for (String root : new String[] {"/me/drive", "/drives/" + simulator.driveId(),
            "/users/" + simulator.userId() + "/drive", "/groups/" + simulator.groupId() + "/drive",
            "/sites/" + simulator.siteId() + "/drive"}) {
            assertThat(GraphClient.json(client.get(root)).path("id").asText()).as(root).isEqualTo(simulator.driveId());
        }
        assertError(client.get("/drives/b!unknown"), 404, "itemNotFound");
        assertError(client.get("/users/nobody/drive/root/children"), 404, "itemNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%3Ab", "a%2Ab", "a%22b", "%3C", "a%3Eb", "a%3Fb", "a%5Cb", "a%7Cb", "%20a", "a%20", "a.", "~$a",
        "CON", "con.txt", "LPT1.sql", "desktop.ini", ".lock", "a_vti_b", "a%0Ab", "a&%2339;b"})
    void refusesNamesThatOneDriveRefuses(String encoded) {
        start();
        assertError(client.put("/me/drive/root:/" + encoded + ":/content", CONTENT), 400, "invalidRequest");
        assertError(client.createSession("/" + encoded, GraphClient.behavior("replace")), 400, "invalidRequest");
        assertThat(simulator.paths()).isEmpty();
    }

    @Test
    @Tag("S4")
    void refusesPathsOfMoreThan400Characters() {
        start();
        String folder = "f".repeat(199);
        assertThat(client.put("/me/drive/root:/" + folder + "/" + "n".repeat(200) + ":/content", CONTENT).statusCode())
                .isEqualTo(201);
        assertError(client.put("/me/drive/root:/" + folder + "/" + "n".repeat(201) + ":/content", CONTENT),
                400, "invalidRequest", "pathIsTooLong");
    }

    @Test
    @Tag("S9")
    void makesTheApplicationFolderOnFirstUseOnly() {
        start();
        String session = "/me/drive/special/approot:/x.txt:/createUploadSession";
        String body = "{\"item\":" + GraphClient.behavior("replace") + "}";
        assertError(client.post(session, body), 403, "accessDenied");
        assertThat(client.get("/me/drive/special/approot").statusCode()).isEqualTo(200);
        assertThat(client.post(session, body).statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("S7")
    void aTokenOfTheApplicationAloneHasNoMe() {
        start(AccountType.BUSINESS);
        client.signInAsApplication();
        assertError(client.get("/me/drive"), 400, "BadRequest");
        assertThat(client.get("/drives/" + simulator.driveId()).statusCode()).isEqualTo(200);
    }

    @Test
    void answersUnknownCallsWithAnError() {
        start();
        assertError(client.get("/me/drive/root/nonsense"), 400, "invalidRequest");
        assertError(client.get("/planets"), 400, "invalidRequest");
        assertError(client.get("/me/drive/root:/%C3%28"), 400, "invalidRequest");
        assertThat(client.status(simulator.loginEndpoint() + "/upload-host/x?guid=%C3%28").statusCode()).isEqualTo(400);
        assertThat(client.status(simulator.loginEndpoint() + "/elsewhere").statusCode()).isEqualTo(404);
        assertThat(simulator.violations()).isEmpty();
    }
}
