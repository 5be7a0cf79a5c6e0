package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameRules;
import io.github.camelonedrive.upload.BytesSource;
import io.github.camelonedrive.upload.ProvenUpload;
import io.github.camelonedrive.upload.UploadGuard;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UploadOptions;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.UploadRequest;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.UploadSlots;
import io.github.camelonedrive.upload.UploadSource;

/** Uploads the message body and says in headers what became of it. */
final class UploadOperation {

    private final OneDriveEndpoint endpoint;
    private final UploadOptions options;
    private final int maxConcurrentUploads;
    private final ItemNames names;
    private final BodySource bodies;
    private final boolean ignoresExisting;
    private final Optional<Charset> charset;
    private final Optional<DoneMarker> marker;

    /** Stands for an upload whose drive and name are not known yet. */
    private final UploadKey unknownTarget;

    UploadOperation(OneDriveEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.uploadOptions();
        this.maxConcurrentUploads = endpoint.getConfiguration().getMaxConcurrentUploads();
        this.names = new ItemNames(endpoint);
        this.bodies = new BodySource(options.simpleUploadLimit());
        this.ignoresExisting = endpoint.getConfiguration().getFileExist() == FileExist.Ignore;
        this.charset = Optional.ofNullable(endpoint.getConfiguration().getCharset()).map(Charset::forName);
        this.marker = DoneMarker.of(endpoint.getConfiguration().getDoneFileName());
        this.unknownTarget = new UploadKey(endpoint.getDestination(), endpoint.toString(), ItemPath.ROOT);
    }

    /** Notes on the exchange that it reached this endpoint, so that a failure that the route catches is seen later. */
    void reached(Exchange exchange) {
        ReceiptOnCompletion.of(exchange).begun(unknownTarget);
    }

    void run(Exchange exchange, DriveAccess access, Interruption interruption) throws Exception {
        UploadReceipts receipts = ReceiptOnCompletion.of(exchange);
        UploadKey place = unknownTarget;
        try {
            OneDriveDrive drive = access.drive(exchange);
            ItemPath target = names.ofUpload(exchange, drive);
            NameRules.check(target);
            if (marker.isPresent()) {
                NameRules.check(markerOf(target));
            }
            drive.noResume().ifPresent(endpoint::sayOnceThatNothingIsResumed);
            UploadRequest request =
                    new UploadRequest(endpoint.getDestination(), target, options(exchange), isLastAttempt(exchange));
            place = drive.uploader().key(request);
            receipts.begun(place);
            receipts.withdraw(unknownTarget);
            Optional<ProvenUpload> upload = uploadUnlessIgnored(exchange, drive, request, receipts, place,
                    endpoint.newUpload(interruption));
            if (upload.isPresent()) {
                keep(receipts, place, upload.get());
                report(exchange, target, upload.get().result());
                writeMarker(drive, request, upload.get().result());
            }
        } catch (Exception | Error failure) {
            receipts.failed(place, failure);
            throw failure;
        }
    }

    /** @return empty if the name is taken and {@code fileExist} is {@code Ignore} */
    private Optional<ProvenUpload> uploadUnlessIgnored(Exchange exchange, OneDriveDrive drive, UploadRequest request,
                                                       UploadReceipts receipts, UploadKey place, RunningUpload running)
            throws Exception {
        boolean ignores = ignoresExisting && HeaderOptions.conflictBehavior(exchange.getMessage()).isEmpty();
        if (ignores && isIgnored(exchange, drive, request.target())) {
            return Optional.empty();
        }
        try {
            return Optional.of(upload(exchange, drive, request, receipts, place, running));
        } catch (GraphException.NameConflict taken) {
            if (ignores && isIgnored(exchange, drive, request.target())) {
                return Optional.empty();
            }
            throw taken;
        }
    }

    /** Says that nothing was sent. The file that is there is not this upload's, so no header names or describes it. */
    private static boolean isIgnored(Exchange exchange, OneDriveDrive drive, ItemPath target)
            throws OneDriveException, InterruptedException {
        Optional<DriveItem> there = drive.items().find(target).filter(item -> !item.folder());
        there.ifPresent(item -> {
            Message message = exchange.getMessage();
            message.removeHeader(OneDriveConstants.FILE_NAME_PRODUCED);
            ItemHeaders.forget(message);
            message.setHeader(OneDriveConstants.UPLOAD_MODE, "ignored");
            message.removeHeader(OneDriveConstants.RESUMED);
            message.setHeader(OneDriveConstants.BYTES_SENT, 0L);
            exchange.removeProperty(OneDriveConstants.UPLOAD_RESULT);
        });
        return there.isPresent();
    }

    private ItemPath markerOf(ItemPath target) {
        return target.parent().child(marker.get().nameFor(target.name()));
    }

    private void writeMarker(OneDriveDrive drive, UploadRequest upload, UploadResult result)
            throws IOException, InterruptedException {
        if (marker.isEmpty()) {
            return;
        }
        String name = result.item().name();
        ItemPath target = name.isEmpty() ? upload.target() : upload.target().parent().child(name);
        UploadRequest request = new UploadRequest(upload.destination(), markerOf(target),
                options.withConflictBehavior(ConflictBehavior.replace), true);
        drive.uploader().upload(request, new BytesSource(new byte[0])).receipt().settle();
    }

    private static void keep(UploadReceipts receipts, UploadKey place, ProvenUpload upload) {
        try {
            receipts.proven(place, upload);
        } catch (IOException e) {
            ReceiptOnCompletion.notSettled(e);
        }
    }

    private UploadOptions options(Exchange exchange) throws IllegalRequestException {
        return HeaderOptions.conflictBehavior(exchange.getMessage()).map(options::withConflictBehavior).orElse(options);
    }

    private ProvenUpload upload(Exchange exchange, OneDriveDrive drive, UploadRequest request, UploadReceipts receipts,
                                UploadKey place, RunningUpload running) throws Exception {
        try (UploadSlots.Slot slot = drive.slots().take(endpoint, maxConcurrentUploads);
             UploadSource source = source(exchange)) {
            receipts.check(place, source, new Lookup(drive, request.target()));
            return drive.uploader().upload(request, source, running);
        } catch (IOException | InterruptedException failure) {
            if (running.isCancelled()) {
                throw cancelled(exchange, drive, request, failure);
            }
            if (drive.noResume().isPresent()) {
                BrokenOffUploads.endWhenDone(exchange, drive.uploader(), request);
            }
            throw failure;
        } finally {
            if (running.isCancelled()) {
                // The interrupt was for the upload, also where that ended before it took notice.
                Thread.interrupted();
            }
        }
    }

    private record Lookup(OneDriveDrive drive, ItemPath target) implements UploadGuard.ItemLookup {

        @Override
        public Optional<String> nameInOneDrive() throws OneDriveException, InterruptedException {
            return drive.items().find(target).map(DriveItem::name);
        }

        @Override
        public Optional<String> driveId() throws OneDriveException, InterruptedException {
            return drive.items().find(ItemPath.ROOT).flatMap(DriveItem::driveId);
        }
    }

    private UploadSource source(Exchange exchange) throws Exception {
        UploadSource body = charset.isEmpty() ? bodies.of(exchange)
                : EncodedText.source(exchange, charset.get(), bodies, options.simpleUploadLimit());
        return options.preserveLastModified() ? DatedSource.of(body, exchange.getMessage()) : body;
    }

    /** Who cancels wants it to end: nothing is left to go on with, and Camel does not try again by itself. */
    private UploadCancelledException cancelled(Exchange exchange, OneDriveDrive drive, UploadRequest request, Exception how)
            throws InterruptedException {
        Thread.interrupted();
        exchange.getExchangeExtension().setRedeliveryExhausted(true);
        drive.uploader().endBrokenOff(request);
        return new UploadCancelledException(request.destination(), request.target().toString(), how);
    }

    private static boolean isLastAttempt(Exchange exchange) {
        return exchange.getProperty(OneDriveConstants.LAST_ATTEMPT, false, Boolean.class);
    }

    private static void report(Exchange exchange, ItemPath target, UploadResult result) {
        Message message = exchange.getMessage();
        String name = result.item().name();
        message.setHeader(OneDriveConstants.FILE_NAME_PRODUCED,
                (name.isEmpty() ? target : target.parent().resolve(name)).toString());
        ItemHeaders.produced(message, result.item());
        message.setHeader(OneDriveConstants.SIZE, result.size());
        message.setHeader(OneDriveConstants.QUICK_XOR_HASH, result.quickXorHash());
        message.setHeader(OneDriveConstants.UPLOAD_MODE, result.mode().label());
        message.setHeader(OneDriveConstants.BYTES_SENT, result.bytesSent());
        message.setHeader(OneDriveConstants.RESUMED, result.resumed());
        exchange.setProperty(OneDriveConstants.UPLOAD_RESULT, result);
    }
}
