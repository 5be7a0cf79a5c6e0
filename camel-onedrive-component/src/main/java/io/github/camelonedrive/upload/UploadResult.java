package io.github.camelonedrive.upload;

import java.time.Duration;

import io.github.camelonedrive.graph.DriveItem;

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
        Duration took) {
}
