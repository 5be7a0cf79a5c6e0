package io.github.camelonedrive.graph;

import java.time.Instant;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The samples of graph-contract.md §8. */
class ItemReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aFileOfAWorkAccount() throws Exception {
        DriveItem item = ItemReader.item(json("""
                {"@microsoft.graph.downloadUrl":"https://fabrikam-my.sharepoint.com/personal/ada/download.aspx?tempauth=F",
                 "createdDateTime":"2026-03-01T08:00:00Z","eTag":"\\"{0C0FFEE0-0001-4000-8000-00000000BEEF},1\\"",
                 "id":"01FAKEITEMAAAAAAAAAAAAAAAAAAAAAAAB","lastModifiedDateTime":"2026-03-01T08:00:01Z","name":"hello.txt",
                 "webUrl":"https://fabrikam-my.sharepoint.com/personal/ada/Documents/backup/hello.txt","size":17,
                 "parentReference":{"driveType":"business","driveId":"b!Fake-Drive_0001",
                  "id":"01FAKEFOLDERAAAAAAAAAAAAAAAAAAAAAA","path":"/drives/b!Fake-Drive_0001/root:/backup"},
                 "file":{"mimeType":"text/plain","hashes":{"quickXorHash":"aSwJG9jwBhaA4AluOQMR5JAGO5Q="}},
                 "fileSystemInfo":{"createdDateTime":"2026-02-27T10:00:00Z",
                  "lastModifiedDateTime":"2026-02-28T11:22:33Z"}}"""), "Testing");
        assertThat(item.id()).isEqualTo("01FAKEITEMAAAAAAAAAAAAAAAAAAAAAAAB");
        assertThat(item.name()).isEqualTo("hello.txt");
        assertThat(item.folder()).isFalse();
        assertThat(item.size()).isEqualTo(17);
        assertThat(item.quickXorHash()).contains("aSwJG9jwBhaA4AluOQMR5JAGO5Q=");
        assertThat(item.eTag()).contains("\"{0C0FFEE0-0001-4000-8000-00000000BEEF},1\"");
        assertThat(item.lastModified()).contains(Instant.parse("2026-02-28T11:22:33Z"));
        assertThat(item.parentId()).contains("01FAKEFOLDERAAAAAAAAAAAAAAAAAAAAAA");
        assertThat(item.parentPath()).contains("/drives/b!Fake-Drive_0001/root:/backup");
        assertThat(item.driveId()).contains("b!Fake-Drive_0001");
        assertThat(item.driveType()).contains("business");
        assertThat(item.webUrl()).isPresent();
        assertThat(item.toString()).doesNotContain("tempauth");
    }

    @Test
    void aFileOfAPersonalAccount() throws Exception {
        DriveItem item = ItemReader.item(json("""
                {"id":"A1B2C3D4E5F60718!1234","eTag":"aQTFC","name":"hello.txt","size":17,
                 "parentReference":{"driveType":"personal","driveId":"a1b2c3d4e5f60718","id":"A1B2C3D4E5F60718!101"},
                 "file":{"hashes":{"quickXorHash":"aSwJG9jwBhaA4AluOQMR5JAGO5Q=","sha1Hash":"E1"}},
                 "lastModifiedDateTime":"2026-02-28T11:22:33.457Z"}"""), "Testing");
        assertThat(item.driveType()).contains("personal");
        assertThat(item.lastModified()).contains(Instant.parse("2026-02-28T11:22:33.457Z"));
    }

    @Test
    void aFolder() throws Exception {
        DriveItem item = ItemReader.item(json("""
                {"id":"01F","name":"backup","size":0,"folder":{"childCount":0},"parentReference":{"driveId":"b!F"}}"""),
                "Testing");
        assertThat(item.folder()).isTrue();
        assertThat(item.quickXorHash()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"1\"}",
        "{\"id\":\"1\",\"name\":null,\"size\":null,\"file\":null,\"parentReference\":null,"
            + "\"eTag\":null,\"webUrl\":null,\"fileSystemInfo\":{\"lastModifiedDateTime\":\"yesterday\"}}"})
    @Tag("C21")
    void onlyTheIdHasToBeThere(String body) throws Exception {
        DriveItem item = ItemReader.item(json(body), "Testing");
        assertThat(item.id()).isEqualTo("1");
        assertThat(item.name()).isEmpty();
        assertThat(item.size()).isEqualTo(DriveItem.UNKNOWN_SIZE);
        assertThat(item.quickXorHash()).isEmpty();
        assertThat(item.eTag()).isEmpty();
        assertThat(item.lastModified()).isEmpty();
        assertThat(item.driveType()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":\"\"}", "{\"id\":null}", "[]", "{\"nextExpectedRanges\":[\"5-\"]}"})
    void withoutAnIdItIsNoItem(String body) throws Exception {
        JsonNode node = json(body);
        assertThat(ItemReader.isItem(node)).isFalse();
        assertThatExceptionOfType(UnexpectedAnswerException.class).isThrownBy(() -> ItemReader.item(node, "Testing"));
    }

    @Test
    void aDriveAndItsQuota() throws Exception {
        Drive drive = ItemReader.drive(json("""
                {"id":"b!Fake-Drive_0001","driveType":"business","owner":{"user":{"id":"1","displayName":"Ada"}},
                 "quota":{"deleted":0,"remaining":1099511626752,"state":"normal","total":1099511627776,"used":1024}}"""),
                "Testing");
        assertThat(drive.id()).isEqualTo("b!Fake-Drive_0001");
        assertThat(drive.quota()).isEqualTo(new Quota(OptionalLong.of(1_099_511_627_776L), OptionalLong.of(1024),
                OptionalLong.of(1_099_511_626_752L), "normal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"d\"}", "{\"id\":\"d\",\"quota\":null}", "{\"id\":\"d\",\"quota\":{}}",
        "{\"id\":\"d\",\"quota\":{\"total\":0,\"remaining\":0,\"used\":-1}}",
        "{\"id\":\"d\",\"quota\":{\"total\":-1,\"remaining\":-5,\"used\":null}}"})
    @Tag("C79")
    void aWithheldQuotaIsNotAFullDrive(String body) throws Exception {
        Quota quota = ItemReader.drive(json(body), "Testing").quota();
        assertThat(quota.total()).isEmpty();
        assertThat(quota.remaining()).isEmpty();
        assertThat(quota.used()).isEmpty();
    }

    @Test
    void aFullDriveSaysSo() throws Exception {
        Quota quota = ItemReader.drive(json("{\"id\":\"d\",\"quota\":{\"total\":5,\"remaining\":0,\"used\":5}}"), "Testing")
                .quota();
        assertThat(quota.remaining()).hasValue(0);
    }

    @Test
    void theOwnerOfAGroupsDrive() throws Exception {
        Drive drive = ItemReader.drive(json("{\"id\":\"d\",\"owner\":{\"group\":{\"displayName\":\"Sales\"}}}"), "Testing");
        assertThat(drive.toString()).contains("Sales");
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }
}
