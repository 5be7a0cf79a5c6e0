package io.github.camelonedrive.component;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Exchange;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.auth.TokenProviderDirectory;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.download.DownloadListener;
import io.github.camelonedrive.download.Downloader;
import io.github.camelonedrive.graph.Downloads;
import io.github.camelonedrive.graph.DriveAddress;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.GraphClient;
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

    private final OneDriveEndpoint endpoint;
    private final Map<Place, OneDriveDrive> drives = new ConcurrentHashMap<>();

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
        OneDriveConfiguration options = endpoint.getConfiguration();
        TokenProviderDirectory directory =
                exchange.getProperty(OneDriveConstants.TOKEN_PROVIDERS, TokenProviderDirectory.class);
        if (directory != null) {
            TokenProvider tokens = directory.tokenProvider(endpoint.getDestination(),
                    endpoint.getComponent().loginClient(endpoint));
            return drive(tokens, Optional.of(directory));
        }
        if (options.getTokenProvider() != null) {
            return drive(options.getTokenProvider(), Optional.empty());
        }
        if (endpoint.inlineCredentials().isPresent()) {
            return drive(endpoint.getComponent().inlineTokenProvider(endpoint, endpoint.inlineCredentials().get()),
                    Optional.empty());
        }
        throw new NoCredentialsException(endpoint.getDestination());
    }

    /** What the directory on the exchange knows of the destination; empty when the credentials come from elsewhere. */
    Optional<Destination> destination(Exchange exchange) throws OneDriveException {
        TokenProviderDirectory directory =
                exchange.getProperty(OneDriveConstants.TOKEN_PROVIDERS, TokenProviderDirectory.class);
        return directory == null ? Optional.empty() : Optional.of(directory.destination(endpoint.getDestination()));
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
        return drives.computeIfAbsent(new Place(tokens, graph, selector, path, journal), this::open);
    }

    private OneDriveDrive open(Place place) {
        OneDriveComponent component = endpoint.getComponent();
        Account account = component.account(endpoint.getDestination(), place.tokens());
        GraphClient client = new GraphClient(component.httpClient(endpoint.getConfiguration()), place.graph(), place.tokens(),
                account.gate(), endpoint.retrySettings(), component.timeSource(), new Random());
        DriveAddress address = DriveAddress.of(place.drive());
        String label = endpoint.getDestination();
        DriveItems items = new DriveItems(client, address, label);
        Folders folders = new Folders(items, account.foldersOf(place.driveIdentity()));
        Uploader uploader = new Uploader(client, items, folders, new Uploads(client, address), listener(),
                endpoint.uploadRate(), place.journal().journal(), place.driveIdentity());
        Downloader downloader = new Downloader(client, items, new Downloads(client, address), downloadListener());
        return new OneDriveDrive(place.tokens(), new People(client, label), items,
                new ItemTransfers(client, address, items, folders, label), new SharingLinks(client, address, label),
                new ItemVersions(client, address, label), folders, uploader, downloader, account.slots(), place.folder(),
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

    /** Nothing says whose OneDrive it is. */
    static final class NoCredentialsException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        NoCredentialsException(String destination) {
            super(FailureKind.CONFIGURATION, "There are no credentials for the destination '" + destination + "'.",
                    "Use one of these ways: let an EncryptedCredentialProcessor (bean onedriveCredentials) handle the exchange "
                            + "before the endpoint; or set options on the endpoint: clientId and refreshToken and, for a web "
                            + "app, clientSecret; or clientId, a certain tenantId, and clientSecret, clientCertificate or "
                            + "federatedTokenFile, to sign in as an application to driveId, userId, siteId or groupId; or "
                            + "clientId and grantType=device_code or authorization_code, to sign in when it starts; or set "
                            + "tokenProvider to a bean.",
                    null);
        }
    }
}
