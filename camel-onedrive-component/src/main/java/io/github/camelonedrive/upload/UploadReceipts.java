package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The receipts of all uploads that one source went into, for whoever puts that source away. Safe for many threads.
 */
public final class UploadReceipts implements UploadReceipt {

    private final List<UploadReceipt> open = new ArrayList<>();
    private boolean settled;

    /** Keeps a receipt, or settles it at once when the source is put away already. */
    public synchronized void add(UploadReceipt receipt) throws IOException {
        if (settled) {
            receipt.settle();
        } else {
            open.add(receipt);
        }
    }

    /** Settles each, whatever becomes of the others. @throws IOException the first trouble; what failed stays open */
    @Override
    public synchronized void settle() throws IOException {
        settled = true;
        IOException trouble = null;
        for (UploadReceipt receipt : List.copyOf(open)) {
            try {
                receipt.settle();
                open.remove(receipt);
            } catch (IOException e) {
                if (trouble == null) {
                    trouble = e;
                } else {
                    trouble.addSuppressed(e);
                }
            }
        }
        if (trouble != null) {
            throw trouble;
        }
    }
}
