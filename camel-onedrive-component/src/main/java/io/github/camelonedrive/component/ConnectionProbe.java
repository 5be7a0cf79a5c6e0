package io.github.camelonedrive.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.apache.camel.Exchange;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.component.ConnectionCheck.Outcome;
import io.github.camelonedrive.component.ConnectionCheck.Step;
import io.github.camelonedrive.component.ConnectionCheck.StepName;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.graph.Drive;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.Person;
import io.github.camelonedrive.graph.Quota;
import io.github.camelonedrive.upload.ByteSize;

/**
 * Makes the steps of one {@link ConnectionCheck}. A step that fails ends those that need it; what was written is deleted
 * whatever happens, also when the operation is stopped.
 */
final class ConnectionProbe {

    private static final String DELEGATED = "delegated";
    private static final String APPLICATION = "application";

    private final OneDriveEndpoint endpoint;
    private final DriveAccess access;
    private final Exchange exchange;
    private final Consumer<Step> listener;
    private final List<Step> steps = new ArrayList<>();

    private Optional<Destination> destination = Optional.empty();
    private OneDriveDrive drive;

    @SuppressWarnings("unchecked")
    ConnectionProbe(OneDriveEndpoint endpoint, DriveAccess access, Exchange exchange) {
        this.endpoint = endpoint;
        this.access = access;
        this.exchange = exchange;
        Consumer<Step> given = exchange.getProperty(OneDriveConstants.CONNECTION_CHECK_LISTENER, Consumer.class);
        this.listener = given == null ? step -> { } : given;
    }

    /** Puts the check into the body. */
    void run() throws InterruptedException {
        if (!step(StepName.VAULT, this::open)) {
            skipRest("without credentials there is nothing to test");
        } else if (!step(StepName.SIGN_IN, this::signIn)) {
            skipRest("needs a sign-in");
        } else {
            step(StepName.ACCOUNT, this::account);
            if (!step(StepName.DRIVE, this::drive)) {
                skipRest("needs the drive");
            } else {
                step(StepName.FOLDER, this::folder);
                writeAndReadBack();
            }
        }
        exchange.getMessage().setBody(new ConnectionCheck(endpoint.getDestination(), steps));
    }

    /** One step's work. */
    @FunctionalInterface
    private interface Check {
        Step make() throws OneDriveException, InterruptedException;
    }

    private boolean step(StepName name, Check check) throws InterruptedException {
        try {
            return done(check.make());
        } catch (OneDriveException failure) {
            return done(Step.failed(name, failure));
        }
    }

    private boolean done(Step step) {
        steps.add(step);
        listener.accept(step);
        return step.outcome() != Outcome.FAILED;
    }

    private void skipRest(String why) {
        for (StepName name : List.of(StepName.values()).subList(steps.size(), StepName.values().length)) {
            done(Step.skipped(name, why));
        }
    }

    private Step open() throws OneDriveException {
        drive = access.drive(exchange);
        destination = access.destination(exchange);
        return Step.ok(StepName.VAULT, destination.isPresent()
                ? "The vault knows the destination " + endpoint.getDestination()
                : "Credentials are given, without a vault", Map.of());
    }

    private Step signIn() throws OneDriveException {
        drive.tokens().accessToken();
        Map<String, Object> facts = new LinkedHashMap<>();
        way().ifPresent(way -> facts.put("signIn", way));
        String who = way().map(way -> way.equals(APPLICATION) ? " as the application itself" : " as a person").orElse("");
        String how = destination.map(Destination::credential).map(ConnectionProbe::proof).orElse("");
        return Step.ok(StepName.SIGN_IN, "Signed in" + who + how, facts);
    }

    /** Of a destination and of a refresh token among the options it is known; of other credentials it is not. */
    private Optional<String> way() {
        if (destination.isPresent()) {
            return Optional.of(destination.get().refreshToken().isPresent() ? DELEGATED : APPLICATION);
        }
        OneDriveConfiguration options = endpoint.getConfiguration();
        if (options.getTokenProvider() != null) {
            return Optional.empty();
        }
        return options.getRefreshToken() != null ? Optional.of(DELEGATED) : Optional.empty();
    }

    private static String proof(ClientCredential credential) {
        if (credential instanceof ClientCredential.ClientSecret) {
            return ", with a client secret";
        }
        if (credential instanceof ClientCredential.Certificate) {
            return ", with a certificate";
        }
        return credential instanceof ClientCredential.FederatedToken ? ", with a federated token" : ", as a public client";
    }

    private Step account() throws OneDriveException, InterruptedException {
        if (way().filter(APPLICATION::equals).isPresent()) {
            String owner = drive.items().drive().owner();
            return Step.ok(StepName.ACCOUNT, "The application itself"
                    + (owner.isEmpty() ? "" : "; the drive belongs to " + owner), Map.of());
        }
        try {
            Person person = drive.people().me();
            return Step.ok(StepName.ACCOUNT, person.toString().isEmpty() ? "A person whose name is not told"
                    : person.toString(), Map.of("account", person.toString()));
        } catch (GraphException refused) {
            if (tellsNothing(refused)) {
                return new Step(StepName.ACCOUNT, Outcome.SKIPPED, "OneDrive does not tell whose account it is",
                        "To see it, grant the app registration the permission User.Read and sign in again.", Map.of(),
                        Optional.empty());
            }
            throw refused;
        }
    }

    /** The name is a help, not a need: backups work without the permission to see it. */
    private boolean tellsNothing(GraphException refused) {
        return refused instanceof GraphException.AccessDenied
                || way().isEmpty() && (refused.status() == 400 || refused instanceof GraphException.NotFound);
    }

    private Step drive() throws OneDriveException, InterruptedException {
        Drive found = drive.items().drive();
        Quota quota = found.quota();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("driveType", found.driveType());
        facts.put("owner", found.owner());
        quota.total().ifPresent(total -> facts.put("total", total));
        quota.remaining().ifPresent(remaining -> facts.put("remaining", remaining));
        String kind = found.driveType().isEmpty() ? "A drive" : "A " + found.driveType() + " drive";
        return Step.ok(StepName.DRIVE, kind + (found.owner().isEmpty() ? "" : " of " + found.owner()) + ", " + room(quota),
                facts);
    }

    /** Work accounts often withhold it, which is no fault (statement 79). */
    private static String room(Quota quota) {
        if (quota.total().isEmpty() || quota.remaining().isEmpty()) {
            return "which does not tell how full it is";
        }
        return ByteSize.format(quota.remaining().getAsLong()) + " of " + ByteSize.format(quota.total().getAsLong())
                + " free";
    }

    private Step folder() throws OneDriveException, InterruptedException {
        ItemPath path = drive.folder();
        Optional<DriveItem> found = drive.items().find(path);
        ItemPath nearest = path;
        Optional<DriveItem> there = found;
        while (there.isEmpty() && !nearest.isRoot()) {
            nearest = nearest.parent();
            there = drive.items().find(nearest);
        }
        if (there.filter(item -> !item.folder()).isPresent()) {
            throw new Folders.NotAFolderException(nearest);
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("folder", path.toString());
        facts.put("folderExists", found.isPresent());
        return Step.ok(StepName.FOLDER, "The folder " + path + (found.isPresent() ? " is there"
                : " is not there yet; the first upload makes it"), facts);
    }

    private void writeAndReadBack() throws InterruptedException {
        ProbeFile file = new ProbeFile();
        DriveItems items = drive.items();
        try {
            if (step(StepName.WRITE, () -> file.write(drive.items()))) {
                step(StepName.READ_BACK, () -> file.readBack(drive.items()));
            } else {
                done(Step.skipped(StepName.READ_BACK, "nothing was written"));
            }
        } catch (InterruptedException stop) {
            items = items.inAHurry();
            throw stop;
        } finally {
            cleanUp(file, items);
        }
    }

    private void cleanUp(ProbeFile file, DriveItems items) throws InterruptedException {
        try {
            step(StepName.CLEAN_UP, () -> file.remove(items));
        } catch (InterruptedException stop) {
            step(StepName.CLEAN_UP, () -> file.remove(items.inAHurry()));
            throw stop;
        }
    }
}
