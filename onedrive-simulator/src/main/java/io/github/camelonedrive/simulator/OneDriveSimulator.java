package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.graph.DeltaTokens;
import io.github.camelonedrive.simulator.internal.graph.SimulatedSession;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.Listener;
import io.github.camelonedrive.simulator.internal.identity.DeviceEndpoint;
import io.github.camelonedrive.simulator.internal.identity.TokenEndpoint;

/**
 * OneDrive and the Microsoft identity platform in one local server, on loopback only.
 *
 * <p>It is strict: what Graph would refuse it refuses, and what Graph tolerates but a good client would not do is in
 * {@link #violations()}. Thread-safe. See the package description for a complete example.
 */
public final class OneDriveSimulator implements AutoCloseable {
    private final Simulation simulation;
    private final Listener listener;
    private final Dispatcher dispatcher;
    private final AtomicBoolean closed = new AtomicBoolean();

    OneDriveSimulator(SimulatorSettings settings) throws IOException {
        this.listener = Listener.open(settings);
        try {
            this.simulation = Simulation.open(settings);
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
        this.dispatcher = new Dispatcher(settings, simulation.router, simulation.journal, simulation.faults,
                listener.publicUrl());
        listener.serve(dispatcher);
    }

    /** A simulator to be configured and started. */
    public static OneDriveSimulatorBuilder builder() {
        return new OneDriveSimulatorBuilder();
    }

    // --- what a client needs to know ---

    /** {@code http://127.0.0.1:PORT/v1.0}, or with https: the client's Graph endpoint. */
    public URI graphEndpoint() {
        return URI.create(listener.address() + Call.GRAPH_PREFIX);
    }

    /** {@code http://127.0.0.1:PORT}, or with https: the client's login endpoint. */
    public URI loginEndpoint() {
        return URI.create(listener.address());
    }

    /**
     * A trust store with the simulator's certificate, for clients that take a {@link KeyStore}.
     *
     * @throws IllegalStateException if the simulator made no certificate
     */
    public KeyStore trustStore() {
        return listener.certificate().trustStore();
    }

    /**
     * As {@link #trustStore()}, as a PKCS #12 file that exists until {@link #close()}.
     *
     * @throws IllegalStateException if the simulator made no certificate
     */
    public Path trustStoreFile() {
        return listener.certificate().trustStoreFile();
    }

    /**
     * The password of {@link #trustStoreFile()}.
     *
     * @throws IllegalStateException if the simulator made no certificate
     */
    public String trustStorePassword() {
        return listener.certificate().trustStorePassword();
    }

    /**
     * The simulator's certificate as PEM text, for clients that take that: {@code curl --cacert}, for example.
     *
     * @throws IllegalStateException if the simulator made no certificate
     */
    public String certificatePem() {
        return listener.certificate().pem();
    }

    /** The id of the one app registration. */
    public String clientId() {
        return simulation.identity.clientId();
    }

    /** Its secret; a public client has none that it may send. */
    public String clientSecret() {
        return simulation.identity.clientSecret();
    }

    /** The tenant; {@code common} works as well. */
    public String tenantId() {
        return simulation.identity.tenantId();
    }

    /** The newest refresh token. */
    public String refreshToken() {
        return simulation.identity.refreshToken();
    }

    /** The id below {@code /drives}. */
    public String driveId() {
        return simulation.ids.driveId();
    }

    /** The name of the account's owner. */
    public String userName() {
        return simulation.account.userName();
    }

    /** The address with which the owner signs in. */
    public String userPrincipalName() {
        return simulation.account.userPrincipalName();
    }

    /** The id below {@code /users}. */
    public String userId() {
        return simulation.account.userId();
    }

    /** The id below {@code /sites}. */
    public String siteId() {
        return simulation.account.siteId();
    }

    /** The id below {@code /groups}. */
    public String groupId() {
        return simulation.account.groupId();
    }

    /**
     * Everything that a client needs to know, by name and in a good order to print: {@code graphEndpoint},
     * {@code loginEndpoint}, {@code tenantId}, {@code clientId}, {@code clientSecret} (not for a public client),
     * {@code refreshToken}, {@code driveId}. The secrets are worth nothing outside of this simulator.
     */
    public Map<String, String> describe() {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("graphEndpoint", graphEndpoint().toString());
        description.put("loginEndpoint", loginEndpoint().toString());
        description.put("tenantId", tenantId());
        description.put("clientId", clientId());
        if (!simulation.settings.publicClient) {
            description.put("clientSecret", clientSecret());
        }
        description.put("refreshToken", refreshToken());
        description.put("driveId", driveId());
        return description;
    }

    // --- what happens to tokens and delta links ---

    /**
     * From now on refreshing with the tokens of today fails with {@code invalid_grant}, AADSTS700082. Access tokens live on,
     * and a new sign-in gets a valid one.
     */
    public void revokeGrant() {
        revokeGrant(TokenEndpoint.GRANT_REVOKED);
    }

    /** As {@link #revokeGrant()} with this AADSTS number, for example 70000 or 50173. */
    public void revokeGrant(int aadsts) {
        simulation.identity.revoke(aadsts);
    }

    /** All access tokens issued until now are refused with 401. */
    public void expireAccessTokens() {
        simulation.identity.expireAccessTokens();
    }

    /**
     * All access tokens issued until now are refused with 401 and a claims challenge in {@code WWW-Authenticate}, as Graph does
     * when it learns of a critical event (continuous access evaluation). Only a token call with these claims in its parameter
     * {@code claims} brings an access token that is good again (statement 69).
     */
    public void challengeClaims() {
        simulation.identity.challengeClaims();
    }

    /** From now on the client secret is refused as expired: AADSTS7000222. */
    public void expireClientSecret() {
        simulation.identity.expireClientSecret();
    }

    /**
     * Tokens issued from now on, by any grant, carry exactly these permissions, whatever the client asks for: Graph responds
     * 403
     * to what they do not allow. Not kept in a state directory.
     */
    public void grantOnly(String... scopes) {
        simulation.identity.grantOnly(new LinkedHashSet<>(List.of(scopes)));
    }

    /** Whether Graph takes all tokens for another service's: 401 {@code InvalidAuthenticationToken}, "Invalid audience". */
    public void mistakeAudience(boolean wrong) {
        simulation.identity.mistakeAudience(wrong);
    }

    /**
     * All delta links that were handed out until now are dead: 410 {@code resyncChangesApplyDifferences}, and in
     * {@code Location} a link that starts over. A state directory keeps that.
     */
    public void expireDeltaTokens() {
        expireDeltaTokens(DeltaTokens.APPLY_DIFFERENCES);
    }

    /** As {@link #expireDeltaTokens()} with another code: {@code resyncChangesUploadDifferences}, {@code resyncRequired}. */
    public void expireDeltaTokens(String code) {
        simulation.deltaTokens.expireAll(code);
    }

    // --- the user who signs in ---

    /** What the user does from now on when asked to sign in and to consent, in the browser or with a device code. */
    public void onSignIn(SignInOutcome outcome) {
        simulation.user.decide(outcome);
    }

    /** The page where a user types the code that a device shows. */
    public URI deviceLoginPage() {
        return URI.create(listener.address() + DeviceEndpoint.PAGE);
    }

    /** The codes that devices show and that wait for a user, oldest first. */
    public List<String> pendingDeviceCodes() {
        return simulation.user.devices().pending();
    }

    /**
     * The user types this code and accepts.
     *
     * @throws IllegalArgumentException if no device waits for it
     */
    public void approveDevice(String userCode) {
        decide(userCode, SignInOutcome.accept());
    }

    /**
     * The user types this code and cancels: {@code authorization_declined}.
     *
     * @throws IllegalArgumentException if no device waits for it
     */
    public void declineDevice(String userCode) {
        decide(userCode, DeviceEndpoint.declined());
    }

    private void decide(String userCode, SignInOutcome outcome) {
        if (!simulation.user.devices().decide(userCode, outcome)) {
            throw new IllegalArgumentException("No device waits for the code '" + userCode + "'.");
        }
    }

    // --- what is in the drive ---

    /** The file at a path from the drive's root, in any case; empty when there is none or it is a folder. */
    public Optional<StoredFile> file(String path) {
        return simulation.otherClient.file(path);
    }

    /** The paths of all files, in the stored case, sorted. */
    public List<String> paths() {
        return simulation.otherClient.paths();
    }

    /** Puts a file there, as if another client had uploaded it; missing folders are created, a file is replaced. */
    public StoredFile putFile(String path, byte[] content) {
        try {
            return simulation.otherClient.put(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a folder and those above it, where they are missing. */
    public void createFolder(String path) {
        simulation.otherClient.createFolder(path);
    }

    /**
     * Moves or renames a file or folder, as if another client had. It keeps its id.
     *
     * @param path where it is
     * @param newPath where it is to be; its folder must be there and have nothing of that name
     * @throws IllegalArgumentException if there is nothing, or no such folder
     */
    public void move(String path, String newPath) {
        simulation.otherClient.move(path, newPath);
    }

    /** Finishes all copies that were asked for, as if time had passed; otherwise those that are polled get finished. */
    public void finishCopies() {
        simulation.copies.finishAll();
    }

    /** Deletes a file or folder, as if another client had; nothing there is fine. */
    public void delete(String path) {
        simulation.otherClient.delete(path);
    }

    // --- what clients did ---

    /** Every request until now, in order of arrival; the newest 50,000. */
    public List<RecordedRequest> requests() {
        return simulation.journal.requests();
    }

    /** The requests for one step. */
    public List<RecordedRequest> requests(Step step) {
        return requests().stream().filter(request -> request.step() == step).toList();
    }

    /**
     * How often the token endpoint was called, by {@code grant_type}, refused calls included; those to which a fault rule
     * responded or cut are not in it.
     */
    public Map<String, Integer> tokenCalls() {
        return simulation.journal.tokenCalls();
    }

    /** What clients did that a good client does not do, in plain words; each only once, the first 10,000. */
    public List<String> violations() {
        return simulation.journal.violations();
    }

    /**
     * Looks for everything secret that was handed out until now, or that clients sent to the token endpoint: client secret and
     * assertions, tokens, codes, PKCE verifiers, upload and download URLs; the newest 10,000 of each. The vault's key, a
     * certificate's key and the like are the client's own and can be added. Requests to which a fault rule responded are not
     * in it.
     */
    public SecretSearch secrets() {
        return simulation.secrets.search();
    }

    /** Forgets requests, token calls, violations and fault rules; files, tokens and sessions stay. */
    public void clearJournal() {
        simulation.journal.clear();
        simulation.faults.clear();
    }

    /** The upload sessions that wait for more bytes. */
    public List<UploadSessionView> openSessions() {
        try {
            return simulation.sessions.open(simulation.settings.clock.instant()).stream()
                    .map(SimulatedSession::view).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many upload sessions were created since the start. */
    public int createdSessions() {
        return simulation.sessions.count();
    }

    /** Adds a fault rule after those that are there. */
    public void fault(Fault fault) {
        simulation.faults.add(fault.rule(this));
    }

    /** Ends all connections and stalls; deletes everything unless there is a state directory. Closing twice is fine. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        dispatcher.close();
        listener.close();
        try {
            simulation.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator's temporary files could not be deleted.", e);
        }
    }

    @Override
    public String toString() {
        return "OneDriveSimulator " + simulation.settings.accountType + " at " + loginEndpoint();
    }
}
