package io.github.camelonedrive.simulator.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.github.camelonedrive.simulator.internal.drive.SimulatedAccount;
import io.github.camelonedrive.simulator.internal.drive.ContentStore;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.drive.StateLog;
import io.github.camelonedrive.simulator.internal.fault.FaultPlan;
import io.github.camelonedrive.simulator.internal.graph.Commits;
import io.github.camelonedrive.simulator.internal.graph.Copies;
import io.github.camelonedrive.simulator.internal.graph.DeltaTokens;
import io.github.camelonedrive.simulator.internal.graph.DownloadUrls;
import io.github.camelonedrive.simulator.internal.graph.Fragments;
import io.github.camelonedrive.simulator.internal.graph.ItemJson;
import io.github.camelonedrive.simulator.internal.graph.Locator;
import io.github.camelonedrive.simulator.internal.graph.Preconditions;
import io.github.camelonedrive.simulator.internal.graph.SessionLifetime;
import io.github.camelonedrive.simulator.internal.graph.SimulatedSessions;
import io.github.camelonedrive.simulator.internal.graph.UploadUrls;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;
import io.github.camelonedrive.simulator.internal.http.Journal;
import io.github.camelonedrive.simulator.internal.http.PreAuthenticated;
import io.github.camelonedrive.simulator.internal.http.PublicUrl;
import io.github.camelonedrive.simulator.internal.identity.Identity;
import io.github.camelonedrive.simulator.internal.identity.SignInUser;

/** One account with everything that belongs to it, wired together; knows nothing of sockets. */
public final class Simulation {
    private final SimulatorSettings settings;
    private final PublicUrl publicUrl;
    private final StateLog state;
    private final SimulatedAccount account;
    private final Ids ids;
    private final DriveTree drive;
    private final DeltaTokens deltaTokens;
    private final Copies copies;
    private final ContentStore contents;
    private final Journal journal = new Journal();
    private final IssuedSecrets secrets = new IssuedSecrets();
    private final FaultPlan faults = new FaultPlan();
    private final Identity identity;
    private final SignInUser desk;
    private final SimulatedSessions sessions;
    private final DownloadUrls downloadUrls;
    private final ItemJson itemJson;
    private final Locator locator;
    private final Preconditions preconditions;
    private final Commits commits;
    private final Fragments fragments;
    private final PreAuthenticated preAuthenticated;

    public static Simulation open(SimulatorSettings settings, PublicUrl publicUrl) throws IOException {
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

    private Simulation(SimulatorSettings settings, PublicUrl publicUrl, ContentStore contents, StateLog state) throws IOException {
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.contents = contents;
        this.state = state;
        this.account = SimulatedAccount.open(settings, state);
        this.ids = new Ids(settings, account.driveId(), state);
        this.drive = new DriveTree(settings, ids, state, contents);
        this.deltaTokens = new DeltaTokens(settings.clock, settings.deltaTokenLifetime, state);
        this.copies = new Copies(drive);
        this.identity = new Identity(settings, state, secrets);
        this.desk = new SignInUser(settings, account.userName(), secrets);
        this.sessions = new SimulatedSessions(new UploadUrls(settings.accountType, ids, secrets), state);
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
    public void close() throws IOException {
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

    public SimulatedAccount account() {
        return account;
    }

    public SimulatorSettings settings() {
        return settings;
    }

    public PublicUrl publicUrl() {
        return publicUrl;
    }

    public Ids ids() {
        return ids;
    }

    public DriveTree drive() {
        return drive;
    }

    public DeltaTokens deltaTokens() {
        return deltaTokens;
    }

    public Copies copies() {
        return copies;
    }

    public ContentStore contents() {
        return contents;
    }

    public Journal journal() {
        return journal;
    }

    public IssuedSecrets secrets() {
        return secrets;
    }

    public FaultPlan faults() {
        return faults;
    }

    public Identity identity() {
        return identity;
    }

    public SignInUser desk() {
        return desk;
    }

    public SimulatedSessions sessions() {
        return sessions;
    }

    public DownloadUrls downloadUrls() {
        return downloadUrls;
    }

    public ItemJson itemJson() {
        return itemJson;
    }

    public Locator locator() {
        return locator;
    }

    public Preconditions preconditions() {
        return preconditions;
    }

    public Commits commits() {
        return commits;
    }

    public PreAuthenticated preAuthenticated() {
        return preAuthenticated;
    }

    public Fragments fragments() {
        return fragments;
    }
}
