package io.github.camelonedrive.download;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemId;
import io.github.camelonedrive.graph.LibraryRewrites;
import io.github.camelonedrive.hash.ContentDigest;

/**
 * One download into a file. Under the file's name there is at every moment the whole old content, or the whole new one, or
 * nothing. What a crash, a stop or a broken connection left is continued when the item is still the same and has a hash that
 * proves the whole; else it starts anew.
 */
final class FileDownload {

    private static final Logger LOG = LoggerFactory.getLogger(FileDownload.class);

    private static final int BUFFER = 64 * 1024;

    private final DownloadContext download;
    private final Path target;
    private final ExistingFile whenThere;

    FileDownload(DownloadContext download, Path target, ExistingFile whenThere) {
        this.download = download;
        this.target = target.toAbsolutePath();
        this.whenThere = whenThere;
    }

    Optional<DownloadedFile> run() throws OneDriveException, InterruptedException {
        checkTarget();
        if (whenThere != ExistingFile.Override && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return taken();
        }
        try (PartialFile partial = open()) {
            return fill(partial);
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        } catch (OneDriveException e) {
            throw e;
        } catch (IOException e) {
            throw LocalFileException.writing(target, e);
        }
    }

    private void checkTarget() throws LocalFileException {
        if (!Files.isDirectory(target.getParent())) {
            throw LocalFileException.noDirectory(target);
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw LocalFileException.notAFile(target);
        }
    }

    private Optional<DownloadedFile> taken() throws LocalFileException {
        if (whenThere == ExistingFile.Fail) {
            throw LocalFileException.exists(target);
        }
        return Optional.empty();
    }

    private PartialFile open() throws IOException {
        try {
            return PartialFile.open(target, content());
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw LocalFileException.notWritable(target, e);
        }
    }

    /** Only where the hash of the whole proves at the end that what earlier attempts left was right. */
    private Optional<String> content() {
        DriveItem item = download.item();
        boolean provable = download.request().range().isWhole() && download.request().options().check() == DownloadCheck.HASH
                && item.size() > 0 && !LibraryRewrites.concern(item);
        return item.quickXorHash().filter(hash -> provable)
                .map(hash -> ItemId.of(item.id()).key() + " " + item.size() + " " + hash);
    }

    private Optional<DownloadedFile> fill(PartialFile partial) throws IOException, InterruptedException {
        long before = partial.digest().length();
        if (before > download.item().size() && before > 0) {
            return fill(partial.emptied());
        }
        if (before > 0) {
            LOG.info("{}: goes on after the {} bytes that an earlier attempt left.", download.purpose(), before);
        }
        try {
            return transfer(partial, before > 0);
        } catch (DownloadVerificationException damaged) {
            if (before == 0 || !damaged.isMismatch()) {
                partial.discard();
                throw damaged;
            }
            LOG.info("{}: what an earlier attempt left is damaged, starting anew.", download.purpose());
            return fill(partial.emptied());
        } catch (ItemChangedException | GraphException.NotFound | LocalFileException useless) {
            partial.discard();
            throw useless;
        } catch (OneDriveException | InterruptedException | ClosedByInterruptException broken) {
            partial.keep();
            throw broken;
        } catch (IOException full) {
            partial.discard();
            throw full;
        }
    }

    private Optional<DownloadedFile> transfer(PartialFile partial, boolean resumed) throws IOException, InterruptedException {
        try (Transfer transfer = new Transfer(download, partial.digest())) {
            byte[] buffer = new byte[BUFFER];
            for (int count = transfer.read(buffer, 0, BUFFER); count >= 0; count = transfer.read(buffer, 0, BUFFER)) {
                partial.append(buffer, count);
            }
            partial.publish(download.item().lastModified(), whenThere == ExistingFile.Override);
            ContentDigest digest = partial.digest().build();
            return Optional.of(new DownloadedFile(target, transfer.part().first(), digest.length(), digest.quickXorHash(),
                    transfer.verdict(), resumed));
        } catch (FileAlreadyExistsException appeared) {
            partial.discard();
            return taken();
        }
    }

    private static InterruptedException interrupted(ClosedByInterruptException cause) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException("Interrupted while writing a download");
        interrupted.initCause(cause);
        return interrupted;
    }
}
