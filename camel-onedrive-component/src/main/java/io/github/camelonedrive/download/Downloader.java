package io.github.camelonedrive.download;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.Downloads;
import io.github.camelonedrive.graph.GraphClient;
import io.github.camelonedrive.graph.Patience;

/** Downloads items of one drive, as streams or into files. Safe for many threads. */
public final class Downloader {

    private static final AtomicLong IDS = new AtomicLong();

    private final GraphClient client;
    private final DriveItems items;
    private final Downloads downloads;
    private final DownloadListener listener;

    /** @param client of the account that the others use too */
    public Downloader(GraphClient client, DriveItems items, Downloads downloads, DownloadListener listener) {
        this.client = client;
        this.items = items;
        this.downloads = downloads;
        this.listener = listener;
    }

    /** An item's content. Nothing is asked for until it is read. */
    public DownloadStream open(DownloadRequest request) {
        return new DownloadStream(new Transfer(context(request)));
    }

    /**
     * Brings an item's content into a file, which is not there before all of it came and was proven.
     *
     * @param  whenThere what becomes of a file that is there already
     * @return           empty when it was left alone
     * @throws LocalFileException when the file can't be written
     * @throws OneDriveException  when the content can't be had or is not proven
     */
    public Optional<DownloadedFile> toFile(DownloadRequest request, Path file, ExistingFile whenThere)
            throws OneDriveException, InterruptedException {
        return new FileDownload(context(request), file, whenThere).run();
    }

    private DownloadContext context(DownloadRequest request) {
        long id = IDS.incrementAndGet();
        Patience patience = client.patience(
                (pause, reason) -> listener.on(new DownloadEvent.Waiting(id, pause, reason.problem())));
        return new DownloadContext(id, request, items, downloads, patience, client.time(), listener);
    }
}
