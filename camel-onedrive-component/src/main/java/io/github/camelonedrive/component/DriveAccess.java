package io.github.camelonedrive.component;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.auth.TokenProviderDirectory;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.files.OwnerOnlyFiles;
import io.github.camelonedrive.download.DownloadListener;
import io.github.camelonedrive.download.Downloader;
import io.github.camelonedrive.graph.DeltaFeed;
import io.github.camelonedrive.graph.DriveAddress;
import io.github.camelonedrive.graph.Downloads;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.FolderIds;
import io.github.camelonedrive.graph.FolderScope;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.GraphClient;
import io.github.camelonedrive.graph.GuardedItems;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.ItemTransfers;
import io.github.camelonedrive.graph.ItemVersions;
import io.github.camelonedrive.graph.People;
import io.github.camelonedrive.graph.SharingLinks;
import io.github.camelonedrive.graph.Uploads;
import io.github.camelonedrive.upload.UploadListener;
import io.github.camelonedrive.upload.Uploader;

/**
 * Finds the account for an exchange and opens its drive. The account is that of the destination in the endpoint's own URI:
 * from the directory on the exchange, else from the endpoint's options. A header never chooses it (DESIGN §4.5).
 */
final class DriveAccess {

    /** By which a consumer finds the vault, as routes do. */
    private static final String CREDENTIALS_BEAN = "onedriveCredentials";

    private final OneDriveEndpoint endpoint;
    private final Map<Place, OneDriveDrive> drives = new ConcurrentHashMap<>();
    private final ReentrantLock opening = new ReentrantLock();

    private record Place(TokenProvider tokens, URI graph, DriveSelector drive, ItemPath folder, UploadJournals.Choice journal) {

        String driveIdentity() {
            return graph + " " + drive;
        }
    }

    DriveAccess(OneDriveEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** @throws OneDriveException when there are no credentials, or none for this destination */
    OneDriveDrive drive(Exchange exchange) throws OneDriveException {
        Optional<TokenProviderDirectory> directory = directory(exchange);
        return directory.isPresent() ? drive(directory.get()) : driveOfOptions().orElseThrow(this::noCredentials);
    }

    /**
     * The drive to read from when there is no exchange yet: by the endpoint's options, else by the bean
     * {@code onedriveCredentials}.
     *
     * @throws OneDriveException when there are no credentials, or none for this destination, or the vault can't be opened
     */
    OneDriveDrive driveOfConsumer() throws OneDriveException {
        Optional<TokenProviderDirectory> directory = directoryOfOptions();
        if (directory.isPresent()) {
            return drive(directory.get());
        }
        Optional<OneDriveDrive> ofOptions = driveOfOptions();
        if (ofOptions.isPresent()) {
            return ofOptions.get();
        }
        CamelContext context = endpoint.getCamelContext();
        EncryptedCredentialProcessor bean =
                context.getRegistry().lookupByNameAndType(CREDENTIALS_BEAN, EncryptedCredentialProcessor.class);
        if (bean == null) {
            throw NoCredentialsException.ofConsumer(endpoint.getDestination());
        }
        return drive(open(bean));
    }

    private Optional<TokenProviderDirectory> directory(Exchange exchange) throws OneDriveException {
        TokenProviderDirectory onExchange =
                exchange.getProperty(OneDriveConstants.TOKEN_PROVIDERS, TokenProviderDirectory.class);
        return onExchange != null ? Optional.of(onExchange) : directoryOfOptions();
    }

    private Optional<TokenProviderDirectory> directoryOfOptions() throws OneDriveException {
        EncryptedCredentialProcessor credentials = endpoint.getConfiguration().getCredentials();
        return credentials == null ? Optional.empty() : Optional.of(open(credentials));
    }

    private TokenProviderDirectory open(EncryptedCredentialProcessor credentials) throws OneDriveException {
        try {
            return credentials.directory(endpoint.getCamelContext());
        } catch (OneDriveException e) {
            throw e;
        } catch (IOException e) {
            throw new VaultUnreadableException(endpoint.getDestination(), e);
        }
    }

    private OneDriveDrive drive(TokenProviderDirectory directory) throws OneDriveException {
        TokenProvider tokens = directory.tokenProvider(endpoint.getDestination(),
                endpoint.getComponent().loginClient(endpoint));
        return drive(tokens, Optional.of(directory));
    }

    private Optional<OneDriveDrive> driveOfOptions() throws OneDriveException {
        TokenProvider bean = endpoint.getConfiguration().getTokenProvider();
        boolean isShared = bean == endpoint.getComponent().getConfiguration().getTokenProvider();
        if (bean != null && !isShared) {
            return Optional.of(drive(bean, Optional.empty()));
        }
        if (endpoint.inlineCredentials().isPresent()) {
            return Optional.of(drive(
                    endpoint.getComponent().inlineTokenProvider(endpoint, endpoint.inlineCredentials().get()),
                    Optional.empty()));
        }
        // The component's own goes last: it may be there only because the registry has one.
        return bean == null ? Optional.empty() : Optional.of(drive(bean, Optional.empty()));
    }

    private NoCredentialsException noCredentials() {
        return NoCredentialsException.ofProducer(endpoint.getDestination());
    }

    /** What the directory on the exchange knows of the destination; empty when the credentials come from elsewhere. */
    Optional<Destination> destination(Exchange exchange) throws OneDriveException {
        Optional<TokenProviderDirectory> directory = directory(exchange);
        return directory.isEmpty() ? Optional.empty()
                : Optional.of(directory.get().destination(endpoint.getDestination()));
    }

    private OneDriveDrive drive(TokenProvider tokens, Optional<TokenProviderDirectory> directory) throws OneDriveException {
        Optional<Destination> destination = directory.isPresent()
                ? Optional.of(directory.get().destination(endpoint.getDestination())) : Optional.empty();
        DriveSelector selector = endpoint.driveSelector().or(() -> destination.map(Destination::drive))
                .orElse(DriveSelector.ME);
        String folder = Optional.ofNullable(endpoint.getConfiguration().getFolderPath())
                .or(() -> destination.map(Destination::folderPath)).orElse("/");
        ItemPath path = ItemPath.parse(folder);
        IllegalFolderException.check(path);
        URI graph = endpoint.graphEndpoint(destination.map(Destination::cloud));
        UploadJournals.Choice journal = endpoint.getComponent().uploadJournals().choose(endpoint.getConfiguration(), directory);
        return drive(new Place(tokens, graph, selector, path, journal));
    }

    private OneDriveDrive drive(Place place) {
        OneDriveDrive known = drives.get(place);
        if (known != null) {
            return known;
        }
        opening.lock();
        try {
            OneDriveDrive first = drives.get(place);
            if (first == null) {
                first = open(place);
                drives.put(place, first);
            }
            return first;
        } finally {
            opening.unlock();
        }
    }

    /** Whether anything was done with a drive. */
    boolean isUsed() {
        return !drives.isEmpty();
    }

    /** Ends the sessions of uploads that would have gone on only in this process. */
    void endTransientUploads() {
        try {
            for (OneDriveDrive drive : drives.values()) {
                drive.uploader().endTransient(endpoint.getDestination());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OneDriveDrive open(Place place) {
        OneDriveComponent component = endpoint.getComponent();
        Account account = component.account(endpoint.getDestination(), place.tokens());
        GraphClient client = new GraphClient(component.httpClient(endpoint.getConfiguration()), place.graph(), place.tokens(),
                account.gate(), endpoint.retrySettings(), component.timeSource(), new Random());
        DriveAddress address = DriveAddress.of(place.drive());
        String label = endpoint.getDestination();
        DriveItems items = new DriveItems(client, address, label);
        FolderIds folderIds = account.foldersOf(place.driveIdentity());
        Folders folders = new Folders(items, folderIds);
        ItemVersions versions = new ItemVersions(client, address, label);
        Uploader uploader = new Uploader(client, items, versions, folders, new Uploads(client, address),
                listener(), endpoint.uploadRate(), place.journal().journal(), place.driveIdentity(),
                component.executor());
        Downloader downloader = new Downloader(client, items, new Downloads(client, address), downloadListener());
        return new OneDriveDrive(place.tokens(), new People(client, label), items,
                new ItemTransfers(client, address, items, folders, label), new SharingLinks(client, address, label),
                versions, folders, uploader, downloader, account.slots(), place.folder(),
                new FolderScope(items, place.folder(), folderIds),
                new FolderSource(new DeltaFeed(client, address, label), new GuardedItems(client, address, label),
                        place.driveIdentity()),
                place.journal().missing());
    }

    private UploadListener listener() {
        UploadListener listener = endpoint.getConfiguration().getUploadListener();
        return listener != null ? listener : event -> {
        };
    }

    private DownloadListener downloadListener() {
        DownloadListener listener = endpoint.getConfiguration().getDownloadListener();
        return listener != null ? listener : DownloadListener.NONE;
    }

    /** The vault is there, but can't be read. */
    static final class VaultUnreadableException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        VaultUnreadableException(String destination, IOException cause) {
            super(FailureKind.VAULT, "The vault with the credentials of '" + destination + "' can't be read: "
                    + OwnerOnlyFiles.describe(cause) + ".", "Check that it is there and that this user may read it.", cause);
        }
    }

    /** Nothing says whose OneDrive it is. */
    static final class NoCredentialsException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        static NoCredentialsException ofProducer(String destination) {
            return new NoCredentialsException(destination, "let an EncryptedCredentialProcessor (bean onedriveCredentials) "
                    + "handle the exchange before the endpoint");
        }

        static NoCredentialsException ofConsumer(String destination) {
            return new NoCredentialsException(destination, "register an EncryptedCredentialProcessor as the bean "
                    + "onedriveCredentials, or name another one by the option credentials");
        }

        private NoCredentialsException(String destination, String byVault) {
            super(FailureKind.CONFIGURATION, "There are no credentials for the destination '" + destination + "'.",
                    "Use one of these ways: " + byVault + "; or set options on the endpoint: clientId and refreshToken and, "
                            + "for a web app, clientSecret; or clientId, a certain tenantId, and clientSecret, "
                            + "clientCertificate or federatedTokenFile, to sign in as an application to driveId, userId, "
                            + "siteId or groupId; or clientId and grantType=device_code or authorization_code, "
                            + "to sign in when it starts; or set tokenProvider to a bean.",
                    null);
        }
    }
}
