package io.github.camelonedrive.simulator.internal.drive;

import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** Ids that are spelled differently each time, as personal drives have them. */
class IdSpellingTest extends SimulatorTestBase {
    private static final String ITEM = "/me/drive/root:/in/a.txt";

    private JsonNode get(String path) {
        return GraphClient.json(client.get(path));
    }

    private Set<String> spellings(String path, String pointer) {
        Set<String> spellings = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            spellings.add(get(path).at(pointer).asText());
        }
        return spellings;
    }

    @ParameterizedTest
    @EnumSource(value = AccountType.class, names = {"PERSONAL", "PERSONAL_LEGACY"})
    @Tag("S5")
    void mixedCaseIds_personal_changesFromResponseToResponse(AccountType type) {
        start(builder -> builder.accountType(type).mixedCaseIds());
        simulator.putFile("/in/a.txt", new byte[]{1});
        for (String pointer : new String[]{"/id", "/parentReference/id", "/parentReference/driveId"}) {
            Set<String> spellings = spellings(ITEM, pointer);
            assertThat(spellings).hasSizeGreaterThan(1);
            assertThat(spellings.stream().map(String::toLowerCase).distinct()).hasSize(1);
        }
        assertThat(spellings("/me/drive/root/delta", "/value/1/id")).hasSizeGreaterThan(1);
        assertThat(spellings("/me/drive/root:/in:/children", "/value/0/id")).hasSizeGreaterThan(1);
        assertThat(spellings("/me/drive", "/id")).hasSizeGreaterThan(1);
        assertThat(spellings(ITEM, "/eTag")).hasSize(1);
    }

    @Test
    @Tag("S5")
    void mixedCaseIds_takesThemBackInAnyCase() {
        start(builder -> builder.mixedCaseIds());
        simulator.putFile("/in/a.txt", new byte[]{1});
        for (String id : spellings(ITEM, "/id")) {
            assertThat(client.get("/me/drive/items/" + id).statusCode()).isEqualTo(200);
        }
        for (String id : spellings("/me/drive", "/id")) {
            assertThat(client.get("/drives/" + id + "/root").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void mixedCaseIds_business_changesNothing() {
        start(builder -> builder.accountType(AccountType.BUSINESS).mixedCaseIds().dropLeadingZeros());
        simulator.putFile("/in/a.txt", new byte[]{1});
        assertThat(spellings(ITEM, "/id")).hasSize(1);
        assertThat(spellings("/me/drive", "/id")).hasSize(1);
    }

    @Test
    @Tag("S5")
    void dropLeadingZeros_answersWith15And16Digits_andTakes16() {
        start(builder -> builder.dropLeadingZeros());
        simulator.putFile("/in/a.txt", new byte[]{1});
        String id = simulator.driveId();
        assertThat(id).hasSize(16).startsWith("0");
        assertThat(spellings(ITEM, "/parentReference/driveId")).containsExactlyInAnyOrder(id, id.substring(1));
        assertThat(client.get("/drives/" + id + "/root").statusCode()).isEqualTo(200);
        assertThat(client.get("/drives/" + id.substring(1) + "/root").statusCode()).isEqualTo(404);
    }
}
