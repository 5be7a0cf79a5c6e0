package io.github.camelonedrive.upload;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.JsonResult;

/**
 * A proven upload.
 *
 * @param item         what OneDrive confirmed
 * @param size         bytes read from the source
 * @param quickXorHash of the bytes read from the source, base64
 * @param mode         single PUT or session
 * @param fragments    fragments of the plan; 1 for a single PUT
 * @param bytesSent    bytes that went over the wire, repetitions included
 * @param resumed      whether an earlier session was continued
 * @param verdict      how it was proven
 * @param took         from start to proof
 * @param source       the file that was opened and read; empty for bytes and streams
 * @param landing      the name that the item has, compared with the one asked for
 */
public record UploadResult(
        DriveItem item,
        long size,
        String quickXorHash,
        UploadMode mode,
        int fragments,
        long bytesSent,
        boolean resumed,
        Verdict verdict,
        Duration took,
        Optional<SourceFile> source,
        Landing landing) implements JsonResult {

    /** Durations as ISO 8601, like times. */
    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("item", item.json());
        json.put("size", size);
        json.put("quickXorHash", quickXorHash);
        json.put("mode", mode.label());
        json.put("fragments", fragments);
        json.put("bytesSent", bytesSent);
        json.put("resumed", resumed);
        json.put("verdict", verdict.name());
        json.put("took", took.toString());
        source.ifPresent(file -> json.put("source", file.path().toString()));
        return json;
    }
}
