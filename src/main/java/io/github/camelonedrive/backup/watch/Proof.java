package io.github.camelonedrive.backup.watch;

import java.util.List;

import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.UploadReceipts.Attempt;

/**
 * What proves a dump that has not left its directory yet.
 *
 * @param taken     how the dump looked when it was taken
 * @param localHash QuickXorHash of the dump's own bytes, base64
 * @param uploads   one proven upload for each place
 * @param receipts  to be settled when the dump is put away
 */
record Proof(FileState taken, String localHash, List<Attempt> uploads, UploadReceipts receipts) {
}
