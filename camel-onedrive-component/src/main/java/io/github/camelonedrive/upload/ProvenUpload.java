package io.github.camelonedrive.upload;

/**
 * An upload that is proven, and still on record.
 *
 * @param receipt to be settled when the source is put away
 */
public record ProvenUpload(UploadResult result, UploadReceipt receipt) {
}
