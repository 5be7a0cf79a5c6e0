package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.download.DownloadCheck;
import io.github.camelonedrive.download.DownloadOptions;
import io.github.camelonedrive.download.DownloadRequest;
import io.github.camelonedrive.download.DownloadStream;
import io.github.camelonedrive.download.DownloadVerdict;
import io.github.camelonedrive.download.DownloadedFile;
import io.github.camelonedrive.graph.ByteRange;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.ItemRef;
import io.github.camelonedrive.graph.NameRules;
import io.github.camelonedrive.upload.UploadOptions;

/**
 * Downloads an item: its content becomes the body, as a stream, or a local file. Headers say what it is, in such a way that a
 * {@code file:} endpoint that follows needs no others.
 */
final class DownloadOperation {

    private final String destination;
    private final DownloadOptions options;
    private final String localFile;
    private final Optional<FileExist> fileExist;
    private final ItemNames names;
    private final boolean jailed;

    DownloadOperation(OneDriveEndpoint endpoint) {
        this.destination = endpoint.getDestination();
        this.options = options(endpoint.uploadOptions());
        this.localFile = endpoint.getConfiguration().getLocalFile();
        this.fileExist = Optional.ofNullable(endpoint.getConfiguration().getFileExist());
        this.jailed = endpoint.getConfiguration().isJailStartingDirectory();
        this.names = new ItemNames(endpoint);
    }

    /** A download has nothing to read back: what came was read already. */
    static DownloadOptions options(UploadOptions upload) {
        DownloadCheck check = switch (upload.verification()) {
            case hash, readback -> DownloadCheck.HASH;
            case size -> DownloadCheck.SIZE;
            case none -> DownloadCheck.NONE;
        };
        return new DownloadOptions(check, upload.verifyTimeout());
    }

    void run(Exchange exchange, OneDriveDrive drive) throws IOException, InterruptedException {
        Message message = exchange.getMessage();
        String local = localFile(message);
        Named named = lookUp(exchange, drive);
        DownloadRequest request = new DownloadRequest(destination, named.shown(), named.item(), range(message), options);
        Optional<LocalTarget> target = local == null || local.isBlank() ? Optional.empty()
                : Optional.of(LocalTarget.of(local, named.localNames(), fileExist));
        if (target.isPresent()) {
            toFile(exchange, drive, request, named, target.get());
        } else {
            toStream(exchange, drive, request, named);
        }
    }

    /**
     * An item and what it is called.
     *
     * @param below   its name for {@code CamelFileName}: with its folders below the endpoint's, as far as they are known
     * @param byRoute whether it was {@code CamelFileName} that named it, as the route set it
     */
    private record Named(DriveItem item, String shown, String below, boolean byRoute) {

        /** Returns its folders below the endpoint's, and its name as the service has it. */
        List<String> localNames() {
            List<String> names = new ArrayList<>(ItemPath.parse(below).parent().segments());
            names.add(item.name());
            return names;
        }
    }

    private Named lookUp(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        ItemRef ref = names.ofDownload(exchange, drive);
        if (ref instanceof ItemRef.ByPath named) {
            NameRules.check(named.path());
            DriveItem item = drive.items().get(ref);
            requireFile(item, named.path().toString());
            return new Named(item, named.path().toString(), below(drive.folder(), named.path()),
                    names.isNamedByRoute(exchange));
        }
        DriveItem item = drive.items().get(ref);
        requireFile(item, item.name());
        return new Named(item, item.name(), item.path().map(path -> below(drive.folder(), path)).orElse(item.name()),
                false);
    }

    private void requireFile(DriveItem item, String shown) throws NotAFileException {
        if (item.folder()) {
            throw new NotAFileException(shown, destination);
        }
    }

    private static String below(ItemPath folder, ItemPath path) {
        int depth = path.startsWith(folder) ? folder.segments().size() : path.segments().size() - 1;
        return String.join("/", path.segments().subList(depth, path.segments().size()));
    }

    private static ByteRange range(Message message) throws IllegalRangeException {
        String text = message.getHeader(OneDriveConstants.RANGE, String.class);
        if (text == null || text.isBlank()) {
            return ByteRange.WHOLE;
        }
        try {
            return ByteRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalRangeException(text, e);
        }
    }

    /** The option, or the header, which names something below it where both are there. */
    private String localFile(Message message) throws IllegalRequestException {
        Object wanted = message.getHeader(OneDriveConstants.LOCAL_FILE);
        if (wanted == null || localFile == null || localFile.isBlank() || wanted.toString().isBlank() || !jailed) {
            return wanted == null ? localFile : wanted.toString();
        }
        Path base = Path.of(localFile).toAbsolutePath().normalize();
        Path file = base.resolve(wanted.toString()).normalize();
        if (!file.startsWith(base)) {
            throw new IllegalRequestException("The header " + OneDriveConstants.LOCAL_FILE + " leads out of localFile.",
                    "Set it to a path below '" + base + "', or set jailStartingDirectory=false.");
        }
        return wanted.toString().endsWith("/") ? file + "/" : file.toString();
    }

    private void toFile(Exchange exchange, OneDriveDrive drive, DownloadRequest request, Named named, LocalTarget target)
            throws OneDriveException, InterruptedException {
        Path file = target.file();
        Optional<DownloadedFile> downloaded = drive.downloader().toFile(request, file, target.whenThere());
        Message message = exchange.getMessage();
        describe(exchange, named);
        message.setBody(file.toFile());
        if (downloaded.isPresent()) {
            DownloadedFile result = downloaded.get();
            set(message, OneDriveConstants.VERDICT, Optional.of(label(result.verdict())));
            message.setHeader(OneDriveConstants.RESUMED, result.resumed());
            message.setHeader(Exchange.FILE_LENGTH, result.size());
            setContentRange(message, request, result.first(), OptionalLong.of(result.size()),
                    OptionalLong.of(named.item().size()));
        } else {
            message.removeHeader(OneDriveConstants.VERDICT);
            message.removeHeader(OneDriveConstants.RESUMED);
            message.setHeader(Exchange.FILE_LENGTH, file.toFile().length());
            message.removeHeader(OneDriveConstants.CONTENT_RANGE);
        }
    }

    private void toStream(Exchange exchange, OneDriveDrive drive, DownloadRequest request, Named named) throws IOException,
            InterruptedException {
        DownloadStream stream = drive.downloader().open(request);
        try {
            stream.connect();
        } catch (IOException e) {
            stream.close();
            if (Thread.interrupted()) {
                throw interrupted(e);
            }
            throw e;
        }
        ReleaseOnCompletion.of(exchange, stream);
        Message message = exchange.getMessage();
        describe(exchange, named);
        message.setBody(stream);
        set(message, OneDriveConstants.VERDICT, request.range().isWhole() ? Optional.empty()
                : Optional.of(label(DownloadVerdict.PART)));
        message.removeHeader(OneDriveConstants.RESUMED);
        set(message, Exchange.FILE_LENGTH, boxed(stream.length()));
        setContentRange(message, request, stream.first(), stream.length(), stream.total());
    }

    private static InterruptedException interrupted(IOException cause) {
        InterruptedException interrupted = new InterruptedException(cause.getMessage());
        interrupted.initCause(cause);
        return interrupted;
    }

    private static void describe(Exchange exchange, Named named) {
        Message message = exchange.getMessage();
        DriveItem item = named.item();
        ItemHeaders.produced(message, item);
        if (named.byRoute()) {
            message.setHeader(Exchange.FILE_NAME, named.below());
        } else {
            LeftNames.write(exchange, named.below());
        }
        message.setHeader(Exchange.FILE_NAME_ONLY, item.name());
        set(message, OneDriveConstants.FILE_CONTENT_TYPE, item.mimeType());
        set(message, Exchange.CONTENT_TYPE, item.mimeType());
        set(message, Exchange.FILE_LAST_MODIFIED, item.lastModified().map(Instant::toEpochMilli));
    }

    private static void setContentRange(
            Message message, DownloadRequest request, long first, OptionalLong length, OptionalLong total) {
        set(message, OneDriveConstants.CONTENT_RANGE, request.range().isWhole() || length.isEmpty() ? Optional.empty()
                : Optional.of("bytes " + first + "-" + (first + length.getAsLong() - 1) + "/"
                        + (total.isPresent() && total.getAsLong() >= 0 ? total.getAsLong() : "*")));
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private static String label(DownloadVerdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static void set(Message message, String name, Optional<?> value) {
        if (value.isPresent()) {
            message.setHeader(name, value.get());
        } else {
            message.removeHeader(name);
        }
    }

    /**
     * Gives the connection back when the exchange is done. The stream is not closed: who took the body out of the exchange, as
     * a {@code ProducerTemplate} does, can read on, over another connection.
     */
    private static final class ReleaseOnCompletion extends SynchronizationAdapter {

        private final DownloadStream stream;

        private ReleaseOnCompletion(DownloadStream stream) {
            this.stream = stream;
        }

        static void of(Exchange exchange, DownloadStream stream) {
            exchange.getExchangeExtension().addOnCompletion(new ReleaseOnCompletion(stream));
        }

        @Override
        public void onDone(Exchange exchange) {
            stream.release();
        }
    }

    /** A folder has no content. */
    static final class NotAFileException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        NotAFileException(String path, String destination) {
            super(FailureKind.CONFIGURATION, "'" + path + "' in '" + destination + "' is a folder, which has no content.",
                    "Name a file; the operation list tells what is in the folder.", null);
        }
    }

    /** The range can't be understood. */
    static final class IllegalRangeException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        IllegalRangeException(String text, IllegalArgumentException cause) {
            super(FailureKind.CONFIGURATION, OneDriveConstants.RANGE + " is '" + text + "', but " + cause.getMessage() + ".",
                    "Correct the header, or leave it out to get all of the item.", cause);
        }
    }
}
