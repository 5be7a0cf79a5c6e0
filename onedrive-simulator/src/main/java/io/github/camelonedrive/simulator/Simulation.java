package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.ContentStore;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.drive.SimulatedAccount;
import io.github.camelonedrive.simulator.internal.drive.StateLog;
import io.github.camelonedrive.simulator.internal.fault.FaultPlan;
import io.github.camelonedrive.simulator.internal.graph.Commits;
import io.github.camelonedrive.simulator.internal.graph.Copies;
import io.github.camelonedrive.simulator.internal.graph.CopyApi;
import io.github.camelonedrive.simulator.internal.graph.DeltaApi;
import io.github.camelonedrive.simulator.internal.graph.DeltaTokens;
import io.github.camelonedrive.simulator.internal.graph.DownloadApi;
import io.github.camelonedrive.simulator.internal.graph.DownloadUrls;
import io.github.camelonedrive.simulator.internal.graph.Fragments;
import io.github.camelonedrive.simulator.internal.graph.GraphApi;
import io.github.camelonedrive.simulator.internal.graph.ItemApi;
import io.github.camelonedrive.simulator.internal.graph.ItemJson;
import io.github.camelonedrive.simulator.internal.graph.LinkApi;
import io.github.camelonedrive.simulator.internal.graph.Locator;
import io.github.camelonedrive.simulator.internal.graph.Preconditions;
import io.github.camelonedrive.simulator.internal.graph.SearchApi;
import io.github.camelonedrive.simulator.internal.graph.SimulatedSession;
import io.github.camelonedrive.simulator.internal.graph.SimulatedSessions;
import io.github.camelonedrive.simulator.internal.graph.UploadApi;
import io.github.camelonedrive.simulator.internal.graph.UploadUrlApi;
import io.github.camelonedrive.simulator.internal.graph.UploadUrls;
import io.github.camelonedrive.simulator.internal.graph.VersionApi;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;
import io.github.camelonedrive.simulator.internal.http.Journal;
import io.github.camelonedrive.simulator.internal.http.PreAuthenticated;
import io.github.camelonedrive.simulator.internal.identity.Identity;
import io.github.camelonedrive.simulator.internal.identity.LoginApi;
import io.github.camelonedrive.simulator.internal.identity.SignInUser;

/** One account with everything that belongs to it. Knows nothing of sockets. */
final class Simulation {
    final SimulatorSettings settings;
    final SimulatedAccount account;
    final Identity identity;
    final SignInUser user;
    final Ids ids;
    final DriveTree drive;
    final OtherClient otherClient;
    private final ContentStore contents;
    final DeltaTokens deltaTokens;
    final Copies copies;
    final SimulatedSessions sessions;
    final Journal journal = new Journal();
    final IssuedSecrets secrets = new IssuedSecrets();
    final FaultPlan faults = new FaultPlan();
    final Router router;
    private final StateLog state;

    static Simulation open(SimulatorSettings settings) throws IOException {
        ContentStore contents = ContentStore.open(settings);
        StateLog state = StateLog.open(settings.stateDirectory);
        try {
            return new Simulation(settings, contents, state);
        } catch (IOException | RuntimeException e) {
            state.close();
            contents.close();
            throw e;
        }
    }

    private Simulation(SimulatorSettings settings, ContentStore contents, StateLog state) throws IOException {
        this.settings = settings;
        this.contents = contents;
        this.state = state;
        this.account = SimulatedAccount.open(settings, state);
        this.identity = new Identity(settings, state, secrets);
        this.user = new SignInUser(settings, account.userName(), secrets);
        this.ids = new Ids(settings, account.driveId(), state);
        this.drive = new DriveTree(settings, ids, state, contents);
        this.deltaTokens = new DeltaTokens(settings.clock, settings.deltaTokenLifetime, state);
        this.otherClient = new OtherClient(drive, contents, ids);
        this.copies = new Copies(drive);
        this.sessions = new SimulatedSessions(new UploadUrls(settings.accountType, ids, secrets), state);
        this.router = router();
        sessions.restore(drive, contents, SimulatedSession.Lifetime.of(settings.accountType));
        deleteOrphans();
    }

    private Router router() {
        Locator locator = new Locator(drive);
        Preconditions preconditions = new Preconditions(drive, ids);
        PreAuthenticated preAuthenticated = new PreAuthenticated(settings.authorizationTolerated);
        DownloadUrls downloadUrls = new DownloadUrls(settings.clock, account.downloadKey(), secrets);
        ItemJson itemJson = new ItemJson(settings, account, ids, downloadUrls);
        Commits commits = new Commits(settings, drive, itemJson);
        Fragments fragments = new Fragments(settings.clock, settings.closedRanges, commits, sessions);
        DownloadApi downloads =
                new DownloadApi(settings, drive, locator, downloadUrls, preconditions, preAuthenticated);
        CopyApi copyApi = new CopyApi(settings, account, ids, drive, locator, copies, preconditions, secrets,
                preAuthenticated);
        GraphApi graph = new GraphApi(account, identity, locator,
                new ItemApi(settings, drive, locator, itemJson, preconditions),
                new DeltaApi(settings, drive, locator, itemJson, deltaTokens),
                new UploadApi(settings, drive, locator, contents, sessions, commits, preconditions, fragments),
                downloads, copyApi,
                new LinkApi(settings, drive, locator),
                new SearchApi(drive, locator, itemJson),
                new VersionApi(drive, locator, itemJson, downloadUrls, preconditions));
        return new Router(new LoginApi(settings, identity, user, journal, secrets), graph,
                new UploadUrlApi(settings.clock, sessions, fragments, preAuthenticated), downloads, copyApi);
    }

    /** Ends everything. A state directory keeps it for the next start. */
    void close() throws IOException {
        sessions.suspend();
        state.close();
        deleteOrphans();
        contents.close();
    }

    /** Deletes the content of deleted items and of failed uploads. */
    private void deleteOrphans() throws IOException {
        sessions.endExpired(settings.clock.instant());
        Set<Path> wanted = new HashSet<>(drive.contentFiles());
        wanted.addAll(sessions.contentFiles());
        contents.deleteAllBut(wanted);
    }
}
