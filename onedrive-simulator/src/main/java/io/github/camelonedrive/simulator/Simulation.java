package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** One account with everything that belongs to it, wired together; knows nothing of sockets. */
final class Simulation {
    private final Settings settings;
    private final PublicUrl publicUrl;
    private final StateLog state;
    private final Account account;
    private final Ids ids;
    private final Drive drive;
    private final DeltaTokens deltaTokens;
    private final Copies copies;
    private final ContentStore contents;
    private final Journal journal = new Journal();
    private final IssuedSecrets secrets = new IssuedSecrets();
    private final FaultPlan faults = new FaultPlan();
    private final Identity identity;
    private final SignInDesk desk;
    private final UploadSessions sessions;
    private final DownloadUrls downloadUrls;
    private final ItemJson itemJson;
    private final Locator locator;
    private final Preconditions preconditions;
    private final Commits commits;
    private final Fragments fragments;
    private final PreAuthenticated preAuthenticated;

    static Simulation open(Settings settings, PublicUrl publicUrl) throws IOException {
        ContentStore contents = ContentStore.open(settings);
        StateLog state = StateLog.open(settings.stateDirectory);
        try {
            return new Simulation(settings, publicUrl, contents, state);
        } catch (IOException | RuntimeException e) {
            state.close();
            contents.close();
            throw e;
        }
    }

    private Simulation(Settings settings, PublicUrl publicUrl, ContentStore contents, StateLog state) throws IOException {
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.contents = contents;
        this.state = state;
        this.account = Account.open(settings, state);
        this.ids = new Ids(settings, account.driveId(), state);
        this.drive = new Drive(settings, ids, state, contents);
        this.deltaTokens = new DeltaTokens(settings.clock, settings.deltaTokenLifetime, state);
        this.copies = new Copies(drive);
        this.identity = new Identity(settings, state, secrets);
        this.desk = new SignInDesk(settings, account.userName(), secrets);
        this.sessions = new UploadSessions(new UploadUrls(settings.accountType, ids, secrets), state);
        this.downloadUrls = new DownloadUrls(settings.clock, account.downloadKey(), secrets);
        this.itemJson = new ItemJson(settings, account, ids, downloadUrls, publicUrl);
        this.locator = new Locator(drive);
        this.preconditions = new Preconditions(drive, ids);
        this.commits = new Commits(settings, drive, itemJson);
        this.fragments = new Fragments(settings, commits, sessions, journal);
        this.preAuthenticated = new PreAuthenticated(settings, journal);
        sessions.restore(drive, contents, SessionLifetime.of(settings.accountType));
        deleteOrphans();
    }

    /** Ends everything; what is in a state directory goes on with the next start. */
    void close() throws IOException {
        sessions.suspend();
        state.close();
        deleteOrphans();
        contents.close();
    }

    /** Content of deleted items, and of uploads that came to nothing. */
    private void deleteOrphans() throws IOException {
        sessions.endExpired(settings.clock.instant());
        Set<Path> wanted = new HashSet<>(drive.contentFiles());
        wanted.addAll(sessions.contentFiles());
        contents.deleteAllBut(wanted);
    }

    Account account() {
        return account;
    }

    Settings settings() {
        return settings;
    }

    PublicUrl publicUrl() {
        return publicUrl;
    }

    Ids ids() {
        return ids;
    }

    Drive drive() {
        return drive;
    }

    DeltaTokens deltaTokens() {
        return deltaTokens;
    }

    Copies copies() {
        return copies;
    }

    ContentStore contents() {
        return contents;
    }

    Journal journal() {
        return journal;
    }

    IssuedSecrets secrets() {
        return secrets;
    }

    FaultPlan faults() {
        return faults;
    }

    Identity identity() {
        return identity;
    }

    SignInDesk desk() {
        return desk;
    }

    UploadSessions sessions() {
        return sessions;
    }

    DownloadUrls downloadUrls() {
        return downloadUrls;
    }

    ItemJson itemJson() {
        return itemJson;
    }

    Locator locator() {
        return locator;
    }

    Preconditions preconditions() {
        return preconditions;
    }

    Commits commits() {
        return commits;
    }

    PreAuthenticated preAuthenticated() {
        return preAuthenticated;
    }

    Fragments fragments() {
        return fragments;
    }
}
