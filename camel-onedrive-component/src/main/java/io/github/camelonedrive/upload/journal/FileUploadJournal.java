package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import io.github.camelonedrive.transport.TimeSource;
import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.UploadIdentity;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UrlSealer;

/** A journal in a directory. (Skeleton: the constructors hold, the rest follows.) */
public final class FileUploadJournal implements UploadJournal {

    private final Path directory;
    private final UrlSealer sealer;
    private final TimeSource time;

    /** @param directory made with mode 700 when it is missing */
    public FileUploadJournal(Path directory, UrlSealer sealer) {
        this(directory, sealer, TimeSource.SYSTEM);
    }

    FileUploadJournal(Path directory, UrlSealer sealer, TimeSource time) {
        this.directory = directory.toAbsolutePath().normalize();
        this.sealer = Objects.requireNonNull(sealer);
        this.time = Objects.requireNonNull(time);
    }

    @Override
    public List<JournalEntry> claim(UploadKey key) throws IOException {
        return UploadJournal.none().claim(key);
    }

    @Override
    public List<JournalEntry> claimAbandoned(String destination, String drive) throws IOException {
        return UploadJournal.none().claimAbandoned(destination, drive);
    }

    @Override
    public JournalEntry begin(UploadKey key, UploadIdentity identity) throws IOException {
        return UploadJournal.none().begin(key, identity);
    }

    @Override
    public String toString() {
        return "FileUploadJournal(" + directory + ")";
    }
}
