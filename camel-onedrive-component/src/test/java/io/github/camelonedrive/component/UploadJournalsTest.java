package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelonedrive.auth.TokenProviderDirectory;
import io.github.camelonedrive.auth.VaultTokenProviderDirectory;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.journal.FileUploadJournal;
import io.github.camelonedrive.upload.journal.SealedByVault;

import static org.assertj.core.api.Assertions.assertThat;

/** Which journal an endpoint uses, and what is said when broken-off uploads can't be continued. */
class UploadJournalsTest extends SimulatorTest {

    @TempDir
    Path directory;

    private final UploadJournals journals = new UploadJournals();
    private final OneDriveConfiguration options = new OneDriveConfiguration();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(OneDriveEndpoint.class);
    private TokenProviderDirectory vault;

    @BeforeEach
    void open() throws IOException {
        vault = vault("vault.json");
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private TokenProviderDirectory vault(String name) throws IOException {
        return new VaultTokenProviderDirectory(
                Vault.create(directory.resolve(name), MasterKey.generate(directory.resolve(name + ".key"))), null);
    }

    @Test
    void aDirectoryAndAVaultMakeAJournalThatAllEndpointsShare() throws Exception {
        options.setJournalDirectory(directory.resolve("journal").toString());
        UploadJournals.Choice choice = journals.choose(options, Optional.of(vault));
        OneDriveConfiguration same = options.copy();
        same.setJournalDirectory(directory.resolve("x/../journal").toString());

        assertThat(choice.journal()).isInstanceOf(FileUploadJournal.class);
        assertThat(choice.missing()).isEmpty();
        assertThat(journals.choose(same, Optional.of(vault)).journal()).isSameAs(choice.journal());
        assertThat(journals.choose(same, Optional.of(vault("other.json"))).journal()).isNotSameAs(choice.journal());
    }

    @Test
    void aBeanGoesFirstAndResumeFalseBeforeAll() throws Exception {
        UploadJournal bean = new FileUploadJournal(directory.resolve("bean"),
                new SealedByVault(vault.journalSealer().orElseThrow()));
        options.setJournalDirectory(directory.resolve("journal").toString());
        options.setUploadJournal(bean);
        assertThat(journals.choose(options, Optional.of(vault))).isEqualTo(new UploadJournals.Choice(bean, Optional.empty()));
        assertThat(journals.choose(options, Optional.empty()).journal()).isSameAs(bean);

        options.setResume(false);
        assertThat(journals.choose(options, Optional.of(vault)))
                .isEqualTo(new UploadJournals.Choice(UploadJournal.none(), Optional.empty()));
    }

    @Test
    void withoutADirectoryOrAKeyItLastsAsLongAsTheProcessAndItIsKnownWhy() throws Exception {
        assertThat(journals.choose(options, Optional.of(vault)).missing()).hasValueSatisfying(
                missing -> assertThat(missing).contains("journalDirectory"));

        options.setJournalDirectory(directory.resolve("journal").toString());
        UploadJournals.Choice noKey = journals.choose(options, Optional.empty());
        assertThat(noKey.journal()).isNotInstanceOf(FileUploadJournal.class).isNotSameAs(UploadJournal.none());
        assertThat(noKey.missing()).hasValueSatisfying(missing -> assertThat(missing).contains("vault").contains("key"));
    }

    @Test
    void whatIsMissingIsSaidOncePerEndpointAndNotAtAllWhenItIsMeantToBeSo() throws Exception {
        for (int i = 0; i < 3; i++) {
            route.upload("onedrive:offsite?folderPath=/a", i + ".sql", "x");
        }
        route.upload("onedrive:offsite?folderPath=/b&journalDirectory=" + directory.resolve("journal"), "a.sql", "x");
        route.upload("onedrive:offsite?folderPath=/c&resume=false", "a.sql", "x");
        route.send("onedrive:offsite?folderPath=/a&operation=list", null, Map.of());

        assertThat(lines()).hasSize(2).allMatch(line -> line.contains("offsite") && line.contains("start anew"))
                .anyMatch(line -> line.contains("journalDirectory")).anyMatch(line -> line.contains("key"));
    }

    @Test
    void theOptionsAreCamelsUsualKinds() {
        CamelContext context = route.context();
        context.getRegistry().bind("mine", UploadJournal.none());

        OneDriveConfiguration given = context.getEndpoint("onedrive:offsite?resume=false&journalDirectory=/var/lib/journal"
                + "&uploadJournal=#mine", OneDriveEndpoint.class).getConfiguration();

        assertThat(new OneDriveConfiguration().isResume()).isTrue();
        assertThat(given.isResume()).isFalse();
        assertThat(given.getJournalDirectory()).isEqualTo("/var/lib/journal");
        assertThat(given.getUploadJournal()).isSameAs(UploadJournal.none());
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
