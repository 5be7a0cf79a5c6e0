package io.github.camelonedrive.component;

import java.io.IOException;

import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.upload.UploadReceipts;

/**
 * Keeps the journal's records of an exchange's uploads until the exchange is complete: a crash, or a failure further down the
 * route, then does not lead to a second upload. Where the exchange is handed over, for example to {@code seda:}, it goes along,
 * as the file consumer's own completion does.
 */
final class ReceiptOnCompletion extends SynchronizationAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiptOnCompletion.class);

    private final UploadReceipts receipts;

    private ReceiptOnCompletion(UploadReceipts receipts) {
        this.receipts = receipts;
    }

    /**
     * Returns the receipts on the exchange. If there are none it puts new ones there, which the completion settles; others are
     * settled by the code that put them there.
     */
    static UploadReceipts of(Exchange exchange) {
        UploadReceipts receipts = exchange.getProperty(OneDriveConstants.UPLOAD_RECEIPT, UploadReceipts.class);
        if (receipts == null) {
            receipts = new UploadReceipts();
            exchange.setProperty(OneDriveConstants.UPLOAD_RECEIPT, receipts);
            exchange.getExchangeExtension().addOnCompletion(new ReceiptOnCompletion(receipts));
        }
        return receipts;
    }

    /** After everything else, the file consumer's move above all. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }

    /** Somebody who took the property away settles by himself. */
    @Override
    public void onComplete(Exchange exchange) {
        if (exchange.getProperty(OneDriveConstants.UPLOAD_RECEIPT) != receipts) {
            return;
        }
        try {
            receipts.settle();
        } catch (IOException e) {
            notSettled(e);
        }
    }

    static void notSettled(IOException trouble) {
        LOG.info("The record of a finished upload can't be removed from the upload journal: {}. It does no harm.",
                trouble.toString());
    }
}
