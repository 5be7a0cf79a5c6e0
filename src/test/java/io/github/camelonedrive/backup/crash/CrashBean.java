package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

import io.github.camelonedrive.upload.UploadEvent;
import io.github.camelonedrive.upload.UploadListener;
import io.github.camelonedrive.upload.UploadReceipts;
import org.apache.camel.Exchange;

/**
 * Kills the process that it runs in, at one moment in the upload of one file. Camel makes it of properties; it listens to
 * uploads as any listener bean does, and the crash test's routes call it before and after the upload.
 */
public final class CrashBean implements UploadListener {

    /** A moment's name: so many bytes of the file are handed to the connection. */
    static final String BYTES = "BYTES";

    /** The upload was told to be complete; the dump was not moved. */
    static final String COMPLETED = "COMPLETED";

    /** The dump was moved away; the upload is still on record. */
    static final String MOVED = "MOVED";

    /** The dump was moved away and nothing is on record; nobody was told. */
    static final String SETTLED = "SETTLED";

    private String file = "";
    private String moment = "";
    private long count = 1;
    private long uploadId = -1;
    private long reached;

    /** @param file the name of the file at whose upload the process dies; it has no other meaning for other files */
    public void setFile(String file) {
        this.file = file;
    }

    /** @param moment one of the constants above, or the name of an {@link io.github.camelonedrive.upload.UploadStep} */
    public void setMoment(String moment) {
        this.moment = moment;
    }

    /** @param count at which reaching of a step it is, or how many bytes are meant */
    public void setCount(long count) {
        this.count = count;
    }

    @Override
    public synchronized void on(UploadEvent event) {
        if (event instanceof UploadEvent.Started started && started.target().endsWith("/" + file)) {
            uploadId = started.uploadId();
        }
        if (event.uploadId() == uploadId && isTheMoment(event)) {
            die();
        }
    }

    private boolean isTheMoment(UploadEvent event) {
        if (event instanceof UploadEvent.Reached step) {
            return step.step().name().equals(moment) && ++reached == count;
        }
        if (event instanceof UploadEvent.Progressed progress) {
            return moment.equals(BYTES) && progress.bytesSent() >= count;
        }
        return event instanceof UploadEvent.Completed && moment.equals(COMPLETED);
    }

    /** Receipts are settled in the order in which they were given, and when the dump was moved away. */
    public void beforeUpload(Exchange exchange) throws IOException {
        dieWhenSettled(exchange, MOVED);
    }

    /** As {@link #beforeUpload}. */
    public void afterUpload(Exchange exchange) throws IOException {
        dieWhenSettled(exchange, SETTLED);
    }

    private void dieWhenSettled(Exchange exchange, String name) throws IOException {
        if (moment.equals(name) && file.equals(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class))) {
            exchange.getProperty("CamelOneDriveUploadReceipt", UploadReceipts.class).add(CrashBean::die);
        }
    }

    /** A real signal that nothing can catch; the thread does nothing more until it arrives. */
    private static void die() {
        try {
            new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid())).start();
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while waiting for death", e);
        }
    }
}
