package io.github.camelonedrive.upload.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.hash.PrefixDigest;
import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.UploadIdentity;
import io.github.camelonedrive.upload.UploadKey;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads an entry by {@code docs/security.md} alone. */
class EntryFormatIsAsDocumentedTest {

    private static final UploadKey KEY = Fixture.key("/Backups/Füße.sql");

    @TempDir
    Path home;

    @Test
    void fileIsReadByTheSpecification() throws Exception {
        Path dir = home.resolve("journal");
        UploadIdentity identity = Fixture.of(Files.writeString(home.resolve("source"), "content"));
        try (JournalEntry entry = new FileUploadJournal(dir, Fixture.sealer()).begin(KEY, identity)) {
            assertThat(text(dir, 0, 256)).isEqualTo((" ".repeat(127) + "\n").repeat(2));
            entry.opening("FOLDER!1", Fixture.THERE, Fixture.AT);
            entry.opened(Fixture.url(1), Fixture.EXPIRES);
            for (int i = 1; i <= 3; i++) {
                entry.reading(Fixture.prefix(1_000 * i));
            }
            entry.ended();
            entry.committed("ITEM!3");
        }

        requireSlot(text(dir, 0, 128), 2, Fixture.prefix(2_000));
        requireSlot(text(dir, 128, 256), 3, Fixture.prefix(3_000));
        String[] lines = text(dir, 256, (int) Files.size(Fixture.file(dir))).split("\n", -1);
        assertThat(lines).hasSize(6).endsWith("");
        JsonNode begin = record(lines[0]);
        assertThat(begin.get("format").textValue()).isEqualTo("onedrive-upload-journal");
        assertThat(begin.get("version").intValue()).isEqualTo(1);
        assertThat(begin.get("target")).extracting(JsonNode::textValue).containsExactly("Backups", "Füße.sql");
        assertThat(begin.get("file").textValue()).isEqualTo(identity.file().orElseThrow());
        assertThat(begin.get("size").longValue()).isEqualTo(7);
        assertThat(begin.get("conflict").textValue()).isEqualTo("replace");
        assertThat(begin.get("keptTime").textValue()).isEqualTo("2026-02-01T00:00:00.000000001Z");
        JsonNode opening = record(lines[1]);
        assertThat(opening.get("at").textValue()).isEqualTo("2026-02-28T23:59:58.123456789Z");
        assertThat(opening.get("folder").textValue()).isEqualTo("FOLDER!1");
        assertThat(opening.get("thereBefore")).extracting(JsonNode::textValue).containsExactly("ITEM!1", "ITEM!2");
        JsonNode opened = record(lines[2]);
        assertThat(opened.get("expires").textValue()).isEqualTo("2026-03-01T23:59:58.123456789Z");
        String place = Fixture.file(dir).getFileName().toString();
        assertThat(Fixture.sealer().open(opened.get("url").textValue(), place)).contains(Fixture.url(1));
        assertThat(List.of(begin, opening, opened, record(lines[3]), record(lines[4])))
                .extracting(record -> record.get("record").textValue())
                .containsExactly("begin", "opening", "opened", "ended", "committed");
        assertThat(record(lines[4]).get("item").textValue()).isEqualTo("ITEM!3");
    }

    private static void requireSlot(String slot, int sequence, PrefixDigest prefix) {
        assertThat(slot).isEqualTo(String.format("%019d %019d %-40s %08x", sequence, prefix.length(), prefix.quickXorHash(),
                prefix.crc32c()) + " ".repeat(30) + crc(slot.substring(0, 119)) + "\n");
    }

    private static JsonNode record(String line) throws Exception {
        String json = line.substring(9);
        assertThat(line).startsWith(crc(json) + " ");
        return new ObjectMapper().readTree(json);
    }

    private static String crc(String ascii) {
        CRC32C crc = new CRC32C();
        crc.update(ascii.getBytes(StandardCharsets.US_ASCII));
        return String.format("%08x", crc.getValue());
    }

    private static String text(Path dir, int from, int to) throws Exception {
        return new String(Arrays.copyOfRange(Files.readAllBytes(Fixture.file(dir)), from, to), StandardCharsets.US_ASCII);
    }
}
