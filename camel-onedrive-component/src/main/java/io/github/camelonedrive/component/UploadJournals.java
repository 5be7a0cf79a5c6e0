package io.github.camelonedrive.component;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.TokenProviderDirectory;
import io.github.camelonedrive.credentials.JournalSealer;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.journal.FileUploadJournal;
import io.github.camelonedrive.upload.journal.SealedByVault;

/** The upload journals of a component: one for each directory and vault, shared by its endpoints. */
final class UploadJournals {

    private final Map<Place, UploadJournal> journals = new ConcurrentHashMap<>();
    private final UploadJournal ofProcess = UploadJournal.ofProcess();

    private record Place(Path directory, JournalSealer sealer) {
    }

    /**
     * The journal of an endpoint.
     *
     * @param missing why uploads that a stop or a crash broke off can't be continued although nobody switched that off; then
     *                the journal lasts as long as the process
     */
    record Choice(UploadJournal journal, Optional<String> missing) {

        private static Choice of(UploadJournal journal) {
            return new Choice(journal, Optional.empty());
        }

        private static Choice ofProcess(UploadJournal journal, String missing) {
            return new Choice(journal, Optional.of(missing));
        }
    }

    /**
     * The bean, else the one in the directory of the options, sealed with the vault's key; else one that is good for
     * redeliveries only.
     *
     * @param  credentials what the exchange carries, if it does
     * @throws OneDriveException when the vault can't be read
     */
    Choice choose(OneDriveConfiguration options, Optional<TokenProviderDirectory> credentials) throws OneDriveException {
        if (!options.isResume()) {
            return Choice.of(UploadJournal.none());
        }
        if (options.getUploadJournal() != null) {
            return Choice.of(options.getUploadJournal());
        }
        if (options.getJournalDirectory() == null || options.getJournalDirectory().isBlank()) {
            return Choice.ofProcess(ofProcess, "journalDirectory is not set");
        }
        Optional<JournalSealer> sealer = credentials.isPresent() ? credentials.get().journalSealer() : Optional.empty();
        if (sealer.isEmpty()) {
            return Choice.ofProcess(ofProcess, "without a vault there is no key to seal upload addresses with");
        }
        Path directory = Path.of(options.getJournalDirectory()).toAbsolutePath().normalize();
        return Choice.of(journals.computeIfAbsent(new Place(directory, sealer.get()),
                place -> new FileUploadJournal(place.directory, new SealedByVault(place.sealer))));
    }

    void clear() {
        journals.clear();
    }
}
