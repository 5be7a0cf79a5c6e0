package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.component.ConnectionCheck;
import io.github.camelonedrive.component.OneDriveConstants;
import io.github.camelonedrive.component.OneDriveEndpoint;
import io.github.camelonedrive.download.DownloadStream;
import io.github.camelonedrive.download.DownloadVerdict;
import io.github.camelonedrive.download.ExistingFile;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.UploadResult;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/** What commands ask of a destination, each call sent through the component as a route would. Safe for many threads. */
public final class OneDriveCalls {

    private final CamelContext context;
    private final ProducerTemplate template;
    private final Processor credentials;

    public OneDriveCalls(CamelRuntime runtime, Processor credentials) {
        this.context = runtime.context();
        this.template = context.createProducerTemplate();
        this.credentials = credentials;
    }

    /** @throws RuntimeException what the component says about its options, before anything is sent */
    public void requireLegalOptions(String destination) {
        context.getEndpoint("onedrive:" + destination);
    }

    /**
     * Uploads to the destination's folder.
     *
     * @param  name     what the file is called there
     * @param  body     a {@code Path} or an {@code InputStream}
     * @param  size     that the body must have, where it is known; any other fails before anything is stored
     * @param  receipts asked before a byte is sent; the caller's to settle, when the result was reported
     * @throws Exception what the component failed with, or {@link BackupException} when nothing was proven; no session is left
     *                   unless it was stopped
     */
    public UploadResult upload(String destination, String name, Object body, OptionalLong size, UploadReceipts receipts)
            throws Exception {
        Map<String, Object> headers = new HashMap<>(Map.of(Exchange.FILE_NAME, name));
        size.ifPresent(bytes -> headers.put(OneDriveConstants.CONTENT_LENGTH, bytes));
        Exchange exchange = send("onedrive:" + destination, headers,
                Map.of(OneDriveConstants.LAST_ATTEMPT, true, OneDriveConstants.UPLOAD_RECEIPT, receipts), body);
        UploadResult result = exchange.getProperty(OneDriveConstants.UPLOAD_RESULT, UploadResult.class);
        if (result == null) {
            throw new BackupException(FailureKind.SERVICE, name + " was sent, but there is no proof that OneDrive has it.",
                    "Push it again.");
        }
        return result;
    }

    /** Ends sessions of earlier uploads to the destination's folder whose source is gone or changed; best effort. */
    public void cancelAbandoned(String destination) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        credentials.process(exchange);
        context.getEndpoint("onedrive:" + destination, OneDriveEndpoint.class).cancelAbandonedUploads(exchange);
    }

    /** What a folder of the destination's drive holds. @param path absolute from the drive's root */
    @SuppressWarnings("unchecked")
    public List<DriveItem> list(String destination, String path, boolean recursive) throws Exception {
        Exchange exchange = send("onedrive:" + destination + "?operation=list&folderPath=/",
                Map.of(OneDriveConstants.PATH, path, OneDriveConstants.RECURSIVE, recursive), Map.of(), null);
        return exchange.getMessage().getBody(List.class);
    }

    /** The folders in a folder of the destination's drive. @param path absolute from the drive's root */
    @SuppressWarnings("unchecked")
    public List<DriveItem> folders(String destination, String path) throws Exception {
        Exchange exchange = send("onedrive:" + destination + "?operation=list&folderPath=/",
                Map.of(OneDriveConstants.PATH, path, OneDriveConstants.FOLDERS_ONLY, true), Map.of(), null);
        return exchange.getMessage().getBody(List.class);
    }

    /** One item of the destination's drive. @param path absolute from the drive's root */
    public DriveItem item(String destination, String path) throws Exception {
        return send("onedrive:" + destination + "?operation=getItem&folderPath=/", Map.of(OneDriveConstants.PATH, path),
                Map.of(), null).getMessage().getBody(DriveItem.class);
    }

    /**
     * Deletes a file or folder of the destination's drive.
     *
     * @param  path      absolute from the drive's root
     * @param  permanent past the recycle bin
     * @param  eTag      that it must have; empty for any
     * @return           whether there was something to delete
     */
    public boolean delete(String destination, String path, boolean permanent, Optional<String> eTag) throws Exception {
        Map<String, Object> headers = new HashMap<>(
                Map.of(OneDriveConstants.PATH, path, OneDriveConstants.PERMANENT_DELETE, permanent));
        eTag.ifPresent(tag -> headers.put(OneDriveConstants.IF_MATCH, tag));
        return send("onedrive:" + destination + "?operation=delete&folderPath=/", headers, Map.of(), null).getMessage()
                .getHeader(OneDriveConstants.DELETED, Boolean.class);
    }

    /**
     * Downloads an item of the destination's drive into a file.
     *
     * @param  path    absolute from the drive's root
     * @param  replace whether a file that is there is replaced
     * @throws Exception what the component failed with; then nothing new stands under the file's name
     */
    public Download download(String destination, String path, Path file, boolean replace) throws Exception {
        Exchange exchange = send("onedrive:" + destination + "?operation=download&folderPath=/&fileExist="
                + (replace ? ExistingFile.Override : ExistingFile.Fail),
                Map.of(OneDriveConstants.PATH, path, OneDriveConstants.LOCAL_FILE, file), Map.of(), null);
        Message message = exchange.getMessage();
        DownloadVerdict verdict =
                DownloadVerdict.valueOf(message.getHeader(OneDriveConstants.VERDICT, String.class).toUpperCase(Locale.ROOT));
        return new Download(message.getHeader(Exchange.FILE_LENGTH, Long.class), verdict,
                message.getHeader(OneDriveConstants.RESUMED, Boolean.class));
    }

    /**
     * Downloads an item of the destination's drive and writes it out as it comes, before it is proven.
     *
     * @param  path absolute from the drive's root
     * @throws Exception what failed; some of the content may have been written by then
     */
    public Download download(String destination, String path, OutputStream out) throws Exception {
        AtomicReference<Download> done = new AtomicReference<>();
        Endpoint endpoint = context.getEndpoint("onedrive:" + destination + "?operation=download&folderPath=/");
        Exchange exchange = template.send(endpoint, ExchangePattern.InOut,
                outgoing -> {
                    credentials.process(outgoing);
                    outgoing.getMessage().setHeader(OneDriveConstants.PATH, path);
                }, result -> {
                    if (result.getException() == null) {
                        done.set(copy(result.getMessage().getBody(DownloadStream.class), out));
                    }
                });
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return done.get();
    }

    private static Download copy(DownloadStream content, OutputStream out) throws IOException {
        try (content) {
            long size = content.transferTo(out);
            out.flush();
            return new Download(size, content.verdict(), false);
        }
    }

    /** What became of a download. @param size in bytes; @param resumed whether an earlier attempt had brought some of it */
    public record Download(long size, DownloadVerdict verdict, boolean resumed) {
    }

    /**
     * Tests a destination step by step.
     *
     * @param listener told each step when it is done
     * @return         also when steps failed
     * @throws Exception when it can't be tested at all, or was stopped; what it wrote is deleted in any case
     */
    public ConnectionCheck checkConnection(String destination, Consumer<ConnectionCheck.Step> listener) throws Exception {
        return send("onedrive:" + destination + "?operation=checkConnection", Map.of(),
                Map.of(OneDriveConstants.CONNECTION_CHECK_LISTENER, listener), null).getMessage()
                .getBody(ConnectionCheck.class);
    }

    private Exchange send(String uri, Map<String, Object> headers, Map<String, Object> properties, Object body)
            throws Exception {
        Exchange exchange = template.send(uri, outgoing -> {
            credentials.process(outgoing);
            properties.forEach(outgoing::setProperty);
            outgoing.getMessage().setHeaders(new HashMap<>(headers));
            outgoing.getMessage().setBody(body);
        });
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }
}
