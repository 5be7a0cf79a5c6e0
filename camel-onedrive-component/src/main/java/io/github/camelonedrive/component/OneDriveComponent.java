package io.github.camelonedrive.component;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.util.URISupport;
import org.apache.hc.client5.http.classic.HttpClient;

import io.github.camelonedrive.auth.InlineCredentials;
import io.github.camelonedrive.auth.LoginClient;
import io.github.camelonedrive.auth.LoginSettings;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.transport.Endpoints;
import io.github.camelonedrive.transport.TimeSource;

/** Stores and retrieves files in Microsoft OneDrive and SharePoint document libraries. */
@Component("onedrive")
@ManagedResource(description = "Managed OneDriveComponent")
public class OneDriveComponent extends HealthCheckComponent implements SSLContextParametersAware, ManagedUploads {

    @Metadata(description = "The options that endpoints start from.")
    private OneDriveConfiguration configuration = new OneDriveConfiguration();

    @Metadata(description = "The options that consumers start from.")
    private OneDriveConsumerConfiguration consumerConfiguration = new OneDriveConsumerConfiguration();

    @Metadata(label = "security", defaultValue = "false", description = "Whether to use Camel's global TLS settings.")
    private boolean useGlobalSslContextParameters;

    @Metadata(label = "advanced",
              description = "Runs the operations of producers, instead of the component's own thread pool. It has to start "
                            + "each task at once, so a pool with a queue is refused. It is not shut down "
                            + "with the component.")
    private ExecutorService executorService;

    private final IdleContents idleContents = new IdleContents(() -> timeSource().nanoTime());
    private final HttpClients httpClients = new HttpClients(idleContents::release);
    private final Map<TokenProvider, Account> accounts = new ConcurrentHashMap<>();
    private final Map<TokenProvider, String> accountNames = new ConcurrentHashMap<>();
    private final Set<OneDriveProducer> producers = ConcurrentHashMap.newKeySet();
    private final Map<Login, LoginClient> logins = new ConcurrentHashMap<>();
    private final InlineAccounts inlineAccounts = new InlineAccounts();
    private final UploadJournals uploadJournals = new UploadJournals();
    private final KnownVaults knownVaults = new KnownVaults();
    private final Observation observation = new Observation(this);
    private final ProducerHealthChecks healthChecks = new ProducerHealthChecks();
    private final IdempotentRepository filesInProgress = newFilesInProgress();
    private final ComponentThreads threads = new ComponentThreads();
    private volatile boolean uploadsPaused;
    private TimeSource timeSource = TimeSource.SYSTEM;
    private final UploadActivity uploads = new UploadActivity(() -> timeSource.now());

    public OneDriveComponent() {
    }

    public OneDriveComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        // Camel takes some of its own options out of the parameters.
        Map<String, Object> all = new LinkedHashMap<>(parameters);
        all.putAll(URISupport.parseQuery(URISupport.extractQuery(uri), true));
        GivenOptions given = GivenOptions.of(all);
        given.checkKnown();
        EndpointAddress address = EndpointAddress.parse(remaining, given);
        OneDriveConfiguration options = configuration.copy();
        address.folder().ifPresent(options::setFolderPath);
        OneDriveEndpoint endpoint = new OneDriveEndpoint(uri, this, address, given, options,
                consumerConfiguration.copy());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** Returns the HTTP client for these options: their own, or one that is closed with the component. */
    public HttpClient httpClient(OneDriveConfiguration options) {
        if (options.getHttpClient() != null) {
            return options.getHttpClient().client();
        }
        if (options.getSslContextParameters() == null && useGlobalSslContextParameters) {
            OneDriveConfiguration global = options.copy();
            global.setSslContextParameters(retrieveGlobalSslContextParameters());
            return httpClients.client(getCamelContext(), timeSource, global);
        }
        return httpClients.client(getCamelContext(), timeSource, options);
    }

    /** Returns what is read of consumed files after their exchanges. */
    IdleContents idleContents() {
        return idleContents;
    }

    /** Signs in as the endpoint's options say; endpoints with the same options share one. */
    LoginClient loginClient(OneDriveEndpoint endpoint) {
        OneDriveConfiguration options = endpoint.getConfiguration();
        return logins.computeIfAbsent(
                new Login(httpClient(options), endpoint.configuredLoginEndpoint(), options.getScope()), this::client);
    }

    /** Signs in as the component's own options say, for programs that authorize destinations of a vault. */
    public LoginClient loginClient() {
        Optional<URI> endpoint = Optional.ofNullable(configuration.getLoginEndpoint())
                .map(address -> Endpoints.requireSafe("loginEndpoint", address));
        return logins.computeIfAbsent(new Login(httpClient(configuration), endpoint, configuration.getScope()), this::client);
    }

    private record Login(HttpClient http, Optional<URI> endpoint, String scope) {
    }

    private LoginClient client(Login login) {
        LoginSettings settings = LoginSettings.defaults().withScope(login.scope).withTime(timeSource);
        return new LoginClient(login.http,
                login.endpoint.map(URI::toString).map(settings::withLoginEndpoint).orElse(settings));
    }

    /** @param destination whose account it is; decides nothing, it is for people */
    Account account(String destination, TokenProvider tokens) {
        accountNames.put(tokens, destination);
        return accounts.computeIfAbsent(tokens, provider -> Account.of(provider, timeSource));
    }

    /** The token provider for credentials given as options; the same credentials share one. */
    TokenProvider inlineTokenProvider(OneDriveEndpoint endpoint, InlineCredentials credentials) {
        OneDriveConfiguration options = endpoint.getConfiguration();
        return inlineAccounts.tokenProvider(credentials, endpoint.loginEndpoint(), options.getScope(),
                options.getSignInPrompt(), options.getRefreshTokenStore(), httpClient(options), timeSource);
    }

    /**
     * How the destinations fare that the vaults in use hold now. Asks nobody outside this machine.
     *
     * @throws IOException when a vault can't be opened or read
     */
    public List<DestinationState> destinationStates() throws IOException {
        Instant now = timeSource.now();
        return knownVaults.destinations(getCamelContext()).stream()
                .map(destination -> DestinationState.of(destination, now,
                        throttledFor(destination.name()).orElse(Duration.ZERO)))
                .sorted(Comparator.comparing(DestinationState::name)).toList();
    }

    /**
     * Returns for how long Microsoft asked for no requests of a destination's account, OneDrive or the sign-in service,
     * counted from now: nothing is sent before that, so a next attempt is worth nothing earlier. Empty while requests are
     * sent. No network access.
     */
    public Optional<Duration> throttledFor(String destination) {
        return throttledFor(Optional.of(destination));
    }

    private Optional<Duration> throttledFor(Optional<String> destination) {
        return accounts(destination).map(Account::throttledFor).filter(wait -> !wait.isZero())
                .max(Comparator.naturalOrder());
    }

    /** @param destination of which; empty for all */
    private Stream<Account> accounts(Optional<String> destination) {
        return accounts.entrySet().stream()
                .filter(known -> destination.isEmpty() || destination.get().equals(accountNames.get(known.getKey())))
                .map(Map.Entry::getValue);
    }

    Optional<Instant> throttledUntil(Optional<String> destination) {
        return throttledFor(destination).map(timeSource.now()::plus);
    }

    Duration throttledInAll(Optional<String> destination) {
        return accounts(destination).map(account -> account.gate().closedInAll()).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public UploadActivity uploads() {
        return uploads;
    }

    /** Those who follow uploads besides the endpoint. */
    List<UploadObserver> uploadObservers() {
        return Stream.concat(Stream.of(uploads.observer()), observation.uploadMeters(getCamelContext()).stream()).toList();
    }

    /** Runs operations, and what reads ahead for uploads, while the component is started. */
    Executor executor() {
        return threads;
    }

    /** @param of the endpoint; empty for all */
    int waitingUploads(Optional<OneDriveEndpoint> of) {
        return producers.stream().filter(producer -> of.isEmpty() || of.get() == producer.getEndpoint())
                .mapToInt(OneDriveProducer::waitingUploads).sum();
    }

    /** Has uploads begin that no pause holds back any more. */
    void resumeProducers() {
        producers.forEach(OneDriveProducer::resumeUploads);
    }

    @Override
    public Optional<Instant> throttledUntil() {
        return throttledUntil(Optional.empty());
    }

    @Override
    public Duration throttledInAll() {
        return throttledInAll(Optional.empty());
    }

    @Override
    public boolean isUploadsPaused() {
        return uploadsPaused;
    }

    @Override
    public int getUploadsHeld() {
        return uploadsPaused ? waitingUploads(Optional.empty()) : 0;
    }

    /** As said, for all endpoints. */
    @Override
    public void pauseUploads() {
        uploadsPaused = true;
    }

    /** Ends the component's pause; those of endpoints go on. */
    @Override
    public void resumeUploads() {
        uploadsPaused = false;
        resumeProducers();
    }

    /** Has the gauges show the destinations that there are now; where Micrometer is not in use, it does nothing. */
    public void updateMeters() {
        observation.updateMeters(getCamelContext());
    }

    /** Without a limit: what is forgotten here would be processed twice at a time. */
    static IdempotentRepository newFilesInProgress() {
        return MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
    }

    /** Shared by the consumers that take files away. */
    IdempotentRepository filesInProgress() {
        return filesInProgress;
    }

    KnownVaults knownVaults() {
        return knownVaults;
    }

    UploadJournals uploadJournals() {
        return uploadJournals;
    }

    void started(OneDriveProducer producer) {
        if (producers.add(producer)) {
            healthChecks.started(producer.getEndpoint());
        }
    }

    void stopped(OneDriveProducer producer) {
        if (producers.remove(producer)) {
            healthChecks.stopped(producer.getEndpoint());
        }
    }

    /**
     * Ends every operation under way or waiting, each with an exception, and waits until they have ended. Uploads with a
     * journal leave their sessions open there and at OneDrive, so that the next attempt goes on with them; sessions of others
     * are cancelled. For programs that are told to stop and can't wait for uploads; the producers take nothing new until they
     * are started again.
     */
    public void stopOperations() {
        producers.forEach(OneDriveProducer::beginStop);
        producers.forEach(OneDriveProducer::awaitStop);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        threads.start(getCamelContext(), executorService);
        observation.start(getCamelContext());
    }

    @Override
    protected void doStop() throws Exception {
        observation.stop(getCamelContext());
        stopOperations();
        super.doStop();
        threads.stop();
        httpClients.close();
        accounts.clear();
        accountNames.clear();
        knownVaults.clear();
        logins.clear();
        inlineAccounts.clear();
        uploadJournals.clear();
    }

    public OneDriveConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(OneDriveConfiguration configuration) {
        this.configuration = configuration;
    }

    public OneDriveConsumerConfiguration getConsumerConfiguration() {
        return consumerConfiguration;
    }

    public void setConsumerConfiguration(OneDriveConsumerConfiguration consumerConfiguration) {
        this.consumerConfiguration = consumerConfiguration;
    }

    public ExecutorService getExecutorService() {
        return executorService;
    }

    public void setExecutorService(ExecutorService executorService) {
        this.executorService = executorService;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    /** For tests that own time. */
    void setTimeSource(TimeSource timeSource) {
        this.timeSource = timeSource;
    }

    TimeSource timeSource() {
        return timeSource;
    }
}
