package io.github.camelonedrive.component;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.BrowsableEndpoint;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.InlineCredentials;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.download.DownloadRequest;
import io.github.camelonedrive.download.DownloadStream;
import io.github.camelonedrive.feed.FeedFile;
import io.github.camelonedrive.feed.FeedMemory;
import io.github.camelonedrive.feed.FeedRepository;
import io.github.camelonedrive.feed.FeedScope;
import io.github.camelonedrive.feed.FeedStart;
import io.github.camelonedrive.feed.FileFeedRepository;
import io.github.camelonedrive.feed.FolderFeed;
import io.github.camelonedrive.feed.MemoryFeedRepository;
import io.github.camelonedrive.graph.ByteRange;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.transport.Endpoints;
import io.github.camelonedrive.transport.RetrySettings;
import io.github.camelonedrive.upload.ByteSize;
import io.github.camelonedrive.upload.UploadOptions;
import io.github.camelonedrive.upload.UploadRate;

/** Store and retrieve files in Microsoft OneDrive and SharePoint document libraries. */
@ManagedResource(description = "Managed OneDriveEndpoint")
@UriEndpoint(firstVersion = "0.1.0", scheme = "onedrive", title = "OneDrive", syntax = "onedrive:destination/folder",
             category = { Category.CLOUD, Category.FILE }, headersClass = OneDriveConstants.class)
public class OneDriveEndpoint extends ScheduledPollEndpoint
        implements AsyncEndpoint, EndpointServiceLocation, BrowsableEndpoint, ManagedUploads {

    private static final Logger LOG = LoggerFactory.getLogger(OneDriveEndpoint.class);

    /** In milliseconds: a request every ten seconds is one in two hundred of those that Microsoft allows an application. */
    private static final long DEFAULT_DELAY = 10_000;

    @UriPath
    @Metadata(required = true, description = "The name of a destination in the vault, or just a label when the credentials "
                                             + "come from elsewhere.")
    private final String destination;

    @UriPath(description = "The folder, from the drive's root, as folderPath: onedrive:offsite/Backups/mysql. Without either "
                           + "it is that of the destination.")
    private final String folder;

    @UriParam
    private OneDriveConfiguration configuration;

    @UriParam
    private OneDriveConsumerConfiguration consumerConfiguration;

    @UriParam(label = "consumer,scheduler", defaultValue = "" + DEFAULT_DELAY, javaType = "java.time.Duration",
              description = "The pause between two polls. A poll that finds nothing costs one request.")
    private long delay = DEFAULT_DELAY;

    private final GivenOptions given;
    private final AtomicBoolean saidThatNothingIsResumed = new AtomicBoolean();
    private final UploadRate uploadRate;
    private final UploadActivity uploads;
    private volatile boolean uploadsPaused;
    private volatile int browseLimit = 100;
    private final AtomicBoolean warnedOfForgetting = new AtomicBoolean();
    private final FeedRepository inMemory = new MemoryFeedRepository();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile SharedFolder sharedFolder;
    private Optional<IdempotentRepository> idempotentRepository;
    private UploadOptions uploadOptions;
    private RetrySettings retrySettings;
    private Optional<DriveSelector> driveSelector = Optional.empty();
    private Optional<InlineCredentials> inlineCredentials = Optional.empty();

    OneDriveEndpoint(String uri, OneDriveComponent component, EndpointAddress address, GivenOptions given,
                     OneDriveConfiguration configuration, OneDriveConsumerConfiguration consumerConfiguration) {
        super(uri, component);
        this.destination = address.destination();
        this.folder = address.folder().orElse(null);
        this.given = given;
        this.configuration = configuration;
        this.consumerConfiguration = consumerConfiguration;
        setDelay(DEFAULT_DELAY);
        this.uploadRate = new UploadRate(component.timeSource());
        this.uploads = new UploadActivity(component.timeSource()::now);
    }

    @Override
    public OneDriveComponent getComponent() {
        return (OneDriveComponent) super.getComponent();
    }

    /** Every option is checked before anything runs, so that an illegal one is a failed start and not a failed backup. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        uploadOptions = new UploadOptions(
                ByteSize.parse(configuration.getSimpleUploadLimit()),
                UploadOptions.checkChunkSize(ByteSize.parse(configuration.getChunkSize())),
                conflictBehavior(),
                configuration.getVerify(),
                Duration.ofMillis(configuration.getVerifyTimeout()), configuration.isPreserveLastModified());
        retrySettings = new RetrySettings(configuration.getMaxRetries(), Duration.ofMillis(configuration.getMaxRetryDelay()),
                Duration.ofMillis(configuration.getMaxThrottleWait()));
        if (configuration.getMaxConcurrentUploads() < 1) {
            throw new IllegalArgumentException("maxConcurrentUploads must be at least 1.");
        }
        if (configuration.getMaxQueuedUploads() < 0) {
            throw new IllegalArgumentException("maxQueuedUploads must not be negative.");
        }
        if (configuration.getCopyTimeout() < 0) {
            throw new IllegalArgumentException("copyTimeout must not be negative.");
        }
        DoneMarker.of(configuration.getDoneFileName());
        checkCharset();
        combinations().check();
        uploadRate.limitTo(UploadRate.parse(configuration.getMaxBytesPerSecond()));
        driveSelector = selectDrive();
        cloud(Optional.empty());
        graphEndpoint(Optional.empty());
        loginEndpoint();
        inlineCredentials = InlineOptions.read(getCamelContext(), destination, configuration, cloud(Optional.empty()),
                driveSelector.orElse(DriveSelector.ME));
        if (configuration.getFolderPath() != null) {
            IllegalFolderException.check(ItemPath.parse(configuration.getFolderPath()));
        }
    }

    private OptionCombinations combinations() {
        return new OptionCombinations(given, configuration, consumerConfiguration);
    }

    private void checkCharset() {
        try {
            Optional.ofNullable(configuration.getCharset()).ifPresent(Charset::forName);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("charset is no encoding that this Java knows: " + configuration.getCharset(), e);
        }
    }

    private ConflictBehavior conflictBehavior() {
        FileExist fileExist = configuration.getFileExist();
        ConflictBehavior given = configuration.getConflictBehavior();
        if (fileExist == null) {
            return given == null ? ConflictBehavior.replace : given;
        }
        if (configuration.getOperation() == OneDriveOperation.upload) {
            fileExist.checkAgrees(given);
        } else if (configuration.getOperation() == OneDriveOperation.download) {
            fileExist.local();
        }
        return fileExist.conflictBehavior();
    }

    private Optional<DriveSelector> selectDrive() {
        List<DriveSelector> given = new ArrayList<>();
        addSelector(given, DriveSelector.Kind.DRIVE, configuration.getDriveId());
        addSelector(given, DriveSelector.Kind.USER, configuration.getUserId());
        addSelector(given, DriveSelector.Kind.SITE, configuration.getSiteId());
        addSelector(given, DriveSelector.Kind.GROUP, configuration.getGroupId());
        if (given.size() > 1) {
            throw new IllegalArgumentException("Give only one of driveId, userId, siteId and groupId.");
        }
        return given.stream().findFirst();
    }

    private static void addSelector(List<DriveSelector> given, DriveSelector.Kind kind, String id) {
        if (id != null && !id.isBlank()) {
            given.add(new DriveSelector(kind, id));
        }
    }

    /** The drive that the options name, if they do. */
    Optional<DriveSelector> driveSelector() {
        return driveSelector;
    }

    /** The credentials that the options hold, if they hold enough to sign in with. */
    Optional<InlineCredentials> inlineCredentials() {
        return inlineCredentials;
    }

    UploadOptions uploadOptions() {
        return uploadOptions;
    }

    /** Shared by all uploads of this endpoint. */
    UploadRate uploadRate() {
        return uploadRate;
    }

    RetrySettings retrySettings() {
        return retrySettings;
    }

    /** Graph's address: the option, else that of the option's cloud, else that of the destination's cloud. */
    URI graphEndpoint(Optional<Cloud> ofDestination) {
        return configuration.getGraphEndpoint() != null
                ? Endpoints.requireSafe("graphEndpoint", configuration.getGraphEndpoint())
                : URI.create(cloud(ofDestination).graphEndpoint());
    }

    /** The sign-in address for credentials given as options: the option, else that of the cloud. */
    URI loginEndpoint() {
        return configuredLoginEndpoint().orElseGet(() -> URI.create(cloud(Optional.empty()).loginEndpoint()));
    }

    /** The sign-in address as far as the options decide it; empty leaves it to the destination's cloud. */
    Optional<URI> configuredLoginEndpoint() {
        if (configuration.getLoginEndpoint() != null) {
            return Optional.of(Endpoints.requireSafe("loginEndpoint", configuration.getLoginEndpoint()));
        }
        return Optional.ofNullable(configuration.getCloud()).map(Cloud::parse).map(Cloud::loginEndpoint).map(URI::create);
    }

    private Cloud cloud(Optional<Cloud> ofDestination) {
        return configuration.getCloud() != null ? Cloud.parse(configuration.getCloud()) : ofDestination.orElse(Cloud.GLOBAL);
    }

    void sayOnceThatNothingIsResumed(String why) {
        if (saidThatNothingIsResumed.compareAndSet(false, true)) {
            LOG.info("Uploads to '{}' that a crash or a stop breaks off start anew instead of going on where they were, "
                    + "because {}. Set resume=false if that is meant to be so.", destination, why);
        }
    }

    /**
     * Cancels the upload sessions that broken-off uploads to this destination's drive have left in the journal, where nobody
     * will go on with them because the source is gone or has changed. For programs to call when they start; uploads under way
     * are left alone. A service that can't be reached is no failure: the sessions stay for the next time.
     *
     * @param  exchange             carries the credentials, as one that uploads does
     * @throws OneDriveException    when there are no credentials for the destination
     * @throws InterruptedException when the thread was asked to stop
     */
    public void cancelAbandonedUploads(Exchange exchange) throws OneDriveException, InterruptedException {
        new DriveAccess(this).drive(exchange).uploader().cancelAbandoned(destination);
    }

    /** One more upload, for which this endpoint and its component count. */
    RunningUpload newUpload(Interruption interruption) {
        List<UploadObserver> observers = new ArrayList<>(getComponent().uploadObservers());
        observers.add(uploads.observer());
        return new RunningUpload(observers, interruption, getComponent().timeSource());
    }

    @Override
    public UploadActivity uploads() {
        return uploads;
    }

    @Override
    public Optional<Instant> throttledUntil() {
        return getComponent().throttledUntil(Optional.of(destination));
    }

    @Override
    public Duration throttledInAll() {
        return getComponent().throttledInAll(Optional.of(destination));
    }

    @Override
    public boolean isUploadsPaused() {
        return uploadsPaused || getComponent().isUploadsPaused();
    }

    @Override
    public int getUploadsHeld() {
        return isUploadsPaused() ? getComponent().waitingUploads(Optional.of(this)) : 0;
    }

    @Override
    public void pauseUploads() {
        uploadsPaused = true;
    }

    /** Ends the endpoint's own pause; that of the component goes on. */
    @Override
    public void resumeUploads() {
        uploadsPaused = false;
        getComponent().resumeProducers();
    }

    @Override
    public Producer createProducer() throws Exception {
        given.checkProducer(configuration.getOperation(), configuration.isAllowOperationHeader());
        combinations().checkProducer();
        return new OneDriveProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        given.checkConsumer();
        combinations().checkConsumer();
        OneDriveConsumer consumer = new OneDriveConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public PollingConsumer createPollingConsumer() throws Exception {
        return new OneDrivePollingConsumer(this);
    }

    @Override
    public int getBrowseLimit() {
        return browseLimit;
    }

    @Override
    public void setBrowseLimit(int browseLimit) {
        this.browseLimit = browseLimit;
    }

    @Override
    public List<Exchange> getExchanges() {
        return getExchanges(browseLimit, null);
    }

    /** Returns exchanges with the files that are in the folder now, whether they were consumed before or not. */
    @Override
    @SuppressWarnings({ "rawtypes", "unchecked" })
    public List<Exchange> getExchanges(int limit, Predicate filter) {
        try {
            return new FolderBrowser(this).browse(limit > 0 ? limit : browseLimit, filter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeCamelException(e);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    /** Returns the folder that all consumers of this endpoint read. */
    SharedFolder sharedFolder() {
        lock.lock();
        try {
            if (sharedFolder == null) {
                sharedFolder = new SharedFolder(this);
            }
            return sharedFolder;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what remembers the idempotent keys, if the options ask for keys. */
    Optional<IdempotentRepository> idempotentRepository() {
        lock.lock();
        try {
            if (idempotentRepository == null) {
                OneDriveConsumerConfiguration options = consumerConfiguration;
                boolean keyed = options.getIdempotentRepository() != null || options.getIdempotentKey() != null;
                idempotentRepository = !keyed || !options.isIdempotent() ? Optional.empty()
                        : Optional.of(options.getIdempotentRepository() != null ? options.getIdempotentRepository()
                                : MemoryIdempotentRepository.memoryIdempotentRepository());
            }
            return idempotentRepository;
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(consumerConfiguration.getInProgressRepository(),
                consumerConfiguration.getIdempotentRepository());
    }

    @Override
    protected void doStop() throws Exception {
        SharedFolder known = sharedFolder;
        if (known != null) {
            known.endpointStopped();
        }
        ServiceHelper.stopService(consumerConfiguration.getInProgressRepository(),
                consumerConfiguration.getIdempotentRepository());
        super.doStop();
    }

    /** The files of the folder, with what is remembered of them. The caller closes it. */
    FolderFeed openFeed(OneDriveDrive drive, FileFilters filters) throws IOException {
        OneDriveConsumerConfiguration options = consumerConfiguration;
        int depth = configuration.isRecursive() ? options.getMaxDepth() : 1;
        FeedScope scope = new FeedScope(drive.folder(), depth, options.isIncludeHiddenDirs(), filters::fits,
                "depth " + depth + ", hidden " + options.isIncludeHiddenDirs() + ", " + filters.description());
        FeedStart whenMissing = options.isAutoCreate() ? FeedStart.CREATE
                : options.isStartingDirectoryMustExist() ? FeedStart.FAIL : FeedStart.WAIT;
        String name = destination + " " + drive.source().identity() + " " + drive.folder();
        FeedMemory memory = stateRepository().open(name);
        try {
            return new FolderFeed(drive.source().feed(), drive.folders(), scope, whenMissing, !options.isIdempotent(), memory,
                    getComponent().timeSource());
        } catch (IOException | RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    private FeedRepository stateRepository() {
        if (consumerConfiguration.getStateRepository() != null) {
            return consumerConfiguration.getStateRepository();
        }
        return consumerConfiguration.getStateDirectory() != null
                ? new FileFeedRepository(Path.of(consumerConfiguration.getStateDirectory())) : inMemory;
    }

    /** A file as a message body. */
    OneDriveFile file(OneDriveDrive drive, FeedFile file) {
        return new OneDriveFile(file, drive.folder(), Optional.ofNullable(configuration.getCharset()),
                (item, path) -> content(drive, item, path), getComponent().idleContents());
    }

    private DownloadStream content(OneDriveDrive drive, DriveItem item, String path) {
        return drive.downloader().open(downloadRequest(item, path));
    }

    DownloadRequest downloadRequest(OneDriveFile file) {
        return downloadRequest(file.getItem(), file.getAbsoluteFilePath());
    }

    private DownloadRequest downloadRequest(DriveItem item, String path) {
        return new DownloadRequest(destination, path, item, ByteRange.WHOLE, DownloadOperation.options(uploadOptions));
    }

    /** Files that are deleted or moved are not there any more when the program starts again. */
    void warnOnceOfForgetting() {
        OneDriveConsumerConfiguration options = consumerConfiguration;
        boolean remembers = options.getStateDirectory() != null || options.getStateRepository() != null;
        if (!remembers && !options.isDelete() && options.getMove() == null && warnedOfForgetting.compareAndSet(false, true)) {
            LOG.info("What was read from '{}' is remembered in memory, so all files that are still in the folder are emitted "
                    + "again when the program starts again. Set stateDirectory to remember it for good.", destination);
        }
    }

    @Override
    public long getDelay() {
        return delay;
    }

    @Override
    public void setDelay(long delay) {
        super.setDelay(delay);
        this.delay = delay;
    }

    @Override
    public String getServiceUrl() {
        return graphEndpoint(Optional.empty()).toString();
    }

    @Override
    public String getServiceProtocol() {
        return "https";
    }

    /**
     * Returns what is to be done with an exchange.
     *
     * @throws IllegalArgumentException if the header names no operation
     */
    OneDriveOperation operation(Exchange exchange) {
        Object header = exchange.getMessage().getHeader(OneDriveConstants.OPERATION);
        return header == null || !configuration.isAllowOperationHeader() ? configuration.getOperation()
                : OneDriveOperation.of(header.toString());
    }

    public String getDestination() {
        return destination;
    }

    /** Returns the folder that the path of the URI names, from the drive's root; null if it names none. */
    public String getFolder() {
        return folder;
    }

    /** How many bytes a second go out at most, as it was set; null without a limit. */
    @ManagedAttribute(description = "Upload rate in bytes a second, all uploads of the endpoint together")
    public String getMaxBytesPerSecond() {
        return configuration.getMaxBytesPerSecond();
    }

    /**
     * Changes the upload rate at once, also for uploads under way.
     *
     * @param  maxBytesPerSecond        bytes, or a number with kB or MB; null or blank for no limit
     * @throws IllegalArgumentException when it is no size, or below 1 kB; then nothing has changed
     */
    @ManagedAttribute(description = "Upload rate in bytes a second, all uploads of the endpoint together")
    public void setMaxBytesPerSecond(String maxBytesPerSecond) {
        uploadRate.limitTo(UploadRate.parse(maxBytesPerSecond));
        configuration.setMaxBytesPerSecond(maxBytesPerSecond);
    }

    public OneDriveConsumerConfiguration getConsumerConfiguration() {
        return consumerConfiguration;
    }

    public void setConsumerConfiguration(OneDriveConsumerConfiguration consumerConfiguration) {
        this.consumerConfiguration = consumerConfiguration;
    }

    public OneDriveConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(OneDriveConfiguration configuration) {
        this.configuration = configuration;
    }
}
