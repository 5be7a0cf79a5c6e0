package io.github.camelonedrive.springboot;

import java.util.Set;

import io.github.camelonedrive.auth.GrantType;
import io.github.camelonedrive.auth.RefreshTokenStore;
import io.github.camelonedrive.auth.SignInPrompt;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.component.FileExist;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.component.OneDriveConsumerConfiguration;
import io.github.camelonedrive.component.OneDriveHttpClient;
import io.github.camelonedrive.component.OneDriveOperation;
import io.github.camelonedrive.download.DownloadListener;
import io.github.camelonedrive.feed.FeedRepository;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.LinkRequest.Scope;
import io.github.camelonedrive.graph.LinkRequest.Type;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.UploadListener;
import io.github.camelonedrive.upload.Verification;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Store and retrieve files in Microsoft OneDrive and SharePoint document libraries.
 *
 * <p>Made from the component's options by GeneratedFilesTest; do not edit.
 */
@ConfigurationProperties(prefix = "camel.component.onedrive")
public class OneDriveComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    /** The properties that hold secrets, as they are written in property files. */
    static final Set<String> SECRETS = Set.of(
            "client-certificate-password",
            "client-id",
            "client-secret",
            "proxy-auth-password",
            "proxy-auth-username",
            "refresh-token");

    /** Whether to enable auto configuration of the onedrive component. This is enabled by default. */
    private Boolean enabled;

    /**
     * The Microsoft cloud, which decides the hosts for sign-in and for Graph. A destination of the vault has its own unless
     * this is given.
     */
    private String cloud;

    /**
     * The options that endpoints start from.
     */
    private OneDriveConfiguration configuration;

    /**
     * The options that consumers start from.
     */
    private OneDriveConsumerConfiguration consumerConfiguration;

    /**
     * The name of a marker, in which $&#123;file:name&#125;, $&#123;file:onlyname&#125;, $&#123;file:name.noext&#125; and
     * $&#123;file:onlyname.noext&#125; may stand. A producer writes it, empty, beside a file that it has uploaded and
     * proven. A consumer takes a file only when its marker is there, and deletes the marker with a file that is deleted or
     * moved.
     */
    private String doneFileName;

    /**
     * The id of the drive to use instead of the signed-in person's.
     */
    private String driveId;

    /**
     * The path below the folder, an expression of the file language. For a producer it names the item to upload, or that
     * another operation is about, instead of the header CamelFileName; the headers CamelOneDriveItemId and CamelOneDrivePath
     * go before it for upload and download, and are refused with it by other operations. For a consumer it is the one file
     * to take; with pollEnrich it may use the exchange that is enriched.
     */
    private String fileName;

    /**
     * The folder, from the drive's root; the leading slash is optional. The path of the URI can name it instead. Given, it
     * replaces the destination's folder. Without either it is the root.
     */
    private String folderPath;

    /**
     * The id of the group whose document library is used.
     */
    private String groupId;

    /**
     * Whether a listing, or the consumer, goes into sub-folders.
     */
    private Boolean recursive;

    /**
     * The id of the SharePoint site whose default document library is used.
     */
    private String siteId;

    /**
     * The id or user principal name of the person whose drive is used.
     */
    private String userId;

    /**
     * What is compared before an upload counts as success: size and QuickXorHash of the committed item with what was read
     * (hash), the same after downloading it again, by SHA-256 (readback), the size only, or nothing. A download compares
     * what came with the item in the same way; readback is hash there.
     */
    private Verification verify;

    /**
     * How long to ask again for a hash that OneDrive has not computed yet. After that the item is read back.
     */
    private String verifyTimeout;

    /**
     * Allows for bridging the consumer to the Camel routing Error Handler, which mean any exceptions (if possible) occurred
     * while the Camel consumer is trying to pickup incoming messages, or the likes, will now be processed as a message and
     * handled by the routing Error Handler. Important: This is only possible if the 3rd party component allows Camel to be
     * alerted if an exception was thrown. Some components handle this internally only, and therefore bridgeErrorHandler is
     * not possible. In other situations we may improve the Camel component to hook into the 3rd party component and make
     * this possible for future releases. By default the consumer will use the org.apache.camel.spi.ExceptionHandler to deal
     * with exceptions, that will be logged at WARN or ERROR level and ignored.
     */
    private Boolean bridgeErrorHandler;

    /**
     * Whether a file is deleted, into the drive's recycle bin, after it was processed. A newer version that came meanwhile
     * stays.
     */
    private Boolean delete;

    /**
     * Whether the body is the file, whose content is read from OneDrive when something reads it. Without it the body is the
     * DriveItem that describes the file.
     */
    private Boolean includeBody;

    /**
     * Where a file is moved after it was processed: a folder, below the one that the file is in, or from the drive's root
     * with a leading slash; or an expression of the file language for the whole path, below folderPath or from the root.
     * Folders that are missing are made; where the name is taken, a time stamp is put into it.
     */
    private String move;

    /**
     * Where a file is moved whose exchange failed, as with move. It is not emitted again then.
     */
    private String moveFailed;

    /**
     * Whether files are left as they are, which is what happens anyway unless delete, move or preMove is set; with one of
     * those it is refused.
     */
    private Boolean noop;

    /**
     * Where a file is moved before it is processed, as with move. Of several consumers of one folder one alone succeeds, and
     * processes the file. Takes delete or move as well.
     */
    private String preMove;

    /**
     * The directory in which the consumer remembers which changes it has read and which files it has emitted, made when it
     * is missing. Several consumers may share it. Without it they are remembered in memory, so that after a restart of the
     * program all files that are still in the folder are emitted once more.
     */
    private String stateDirectory;

    /**
     * Whether the folder is made when it is missing.
     */
    private Boolean autoCreate;

    /**
     * The files that are being processed, by item id. Kept in memory unless a bean is given, which several consumers may
     * share.
     */
    private IdempotentRepository inProgressRepository;

    /**
     * A local directory into which a file is downloaded, and verified, before the route gets it; the body then converts to
     * java.io.File. It is deleted from there when the exchange is done.
     */
    private String localWorkDirectory;

    /**
     * Told when a file could not be moved or deleted after it was processed. Without it that is logged as a warning. It is
     * tried again with the next poll.
     */
    private ExceptionHandler onCompletionExceptionHandler;

    /**
     * Whether it is a failure that the folder is missing, instead of the same as an empty one.
     */
    private Boolean startingDirectoryMustExist;

    /**
     * A bean that remembers what stateDirectory would.
     */
    private FeedRepository stateRepository;

    /**
     * The size of the fragments of an upload session, in bytes or with kB, MB. A multiple of 320 KiB below 60MB.
     */
    private String chunkSize;

    /**
     * What upload, move and copy do when the name is taken: replace what is there, fail, or name the new one 'name 1.ext'.
     * Without it upload replaces, move and copy fail.
     */
    private ConflictBehavior conflictBehavior;

    /**
     * How long copy waits at most until OneDrive has done it.
     */
    private String copyTimeout;

    /**
     * What happens when a file of the name is there already; for an upload in OneDrive, for a download with localFile on
     * this machine. Override: it is replaced, in one step, when all of the new content is there. Fail: the operation fails.
     * Ignore: nothing is transferred, and nothing is proven of what is there; after a download it becomes the body.
     * TryRename: an upload is named 'name 1.ext', a download cannot. Without it an upload does what conflictBehavior says, a
     * download replaces the file that localFile names and fails where localFile names a directory.
     */
    private FileExist fileExist;

    /**
     * Whether names, ids and local files taken from headers must stay below the folder, and below localFile.
     */
    private Boolean jailStartingDirectory;

    /**
     * The directory of the upload journal, made when it is missing. Several endpoints and programs may share it.
     */
    private String journalDirectory;

    /**
     * Whether the producer should be started lazy (on the first message). By starting lazy you can use this to allow
     * CamelContext and routes to startup in situations where a producer may otherwise fail during starting and cause the
     * route to fail being started. By deferring this startup to be lazy then the startup failure can be handled during
     * routing messages via Camel's routing error handlers. Beware that when the first message is processed then creating and
     * starting the producer may take a little time and prolong the total processing time of the processing.
     */
    private Boolean lazyStartProducer;

    /**
     * For whom a link of createLink works. Without it, for those that the organization's rules say.
     */
    private Scope linkScope;

    /**
     * What a link of createLink allows.
     */
    private Type linkType;

    /**
     * The local file to download to, instead of a stream in the body. In a directory that is there, or after a trailing
     * slash, it gets the item's folders below the endpoint's, which are made, and its name. The file appears when all of it
     * is there and proven, with the item's modification time; a download that was aborted is resumed.
     */
    private String localFile;

    /**
     * How many bytes a second go out at most, all uploads of the endpoint together: in bytes or with kB, MB, from 1kB. Can
     * be changed at run time on the endpoint, also by JMX. Without it there is no limit.
     */
    private String maxBytesPerSecond;

    /**
     * How many uploads of one account run at the same time. Further ones wait; other operations don't.
     */
    private Integer maxConcurrentUploads;

    /**
     * How many exchanges wait for their upload before the route's source has to wait as well: with further ones, the
     * caller's thread waits until they are uploaded.
     */
    private Integer maxQueuedUploads;

    /**
     * What the producer does.
     */
    private OneDriveOperation operation;

    /**
     * Whether delete goes past the recycle bin, for good. Personal drives can't, and refuse.
     */
    private Boolean permanentDelete;

    /**
     * Whether the item keeps the file's modification time, or for other bodies that of the header CamelFileLastModified.
     * Then even small files use a session.
     */
    private Boolean preserveLastModified;

    /**
     * What search looks for.
     */
    private String query;

    /**
     * Whether an upload that a crash, a stop or a passing failure broke off is continued by the next one of the same file.
     * That takes journalDirectory, and a vault whose key seals the addresses of upload sessions; or uploadJournal. Without
     * them only a redelivery of the same exchange goes on where it was.
     */
    private Boolean resume;

    /**
     * Bodies up to this size go by one PUT, larger ones by an upload session. In bytes or with kB, MB; from 0 to 250MB.
     */
    private String simpleUploadLimit;

    /**
     * Whether list and search give an iterator that fetches page after page when it is asked, instead of a list. Split it,
     * streaming, and a hundred thousand items need no more memory than some hundred.
     */
    private Boolean streamList;

    /**
     * Whether the caller's thread always waits for the end of an operation, so that exchanges of one source are uploaded one
     * after another.
     */
    private Boolean synchronous;

    /**
     * A bean that remembers uploads under way, instead of the journal in journalDirectory.
     */
    private UploadJournal uploadJournal;

    /**
     * Told about the start, the progress and the end of every upload.
     */
    private UploadListener uploadListener;

    /**
     * Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as autowired)
     * by looking up in the registry to find if there is a single instance of matching type, which then gets configured on
     * the component. This can be used for automatic configuring JDBC data sources, JMS connection factories, AWS Clients,
     * etc.
     */
    private Boolean autowiredEnabled;

    /**
     * The encoding of the files. A producer stores text in it; files and streams are read as text first, in the exchange's
     * encoding. A consumer reads a body in it that a route asks for as text.
     */
    private String charset;

    /**
     * Told about the start, the progress and the end of every download.
     */
    private DownloadListener downloadListener;

    /**
     * Runs the operations of producers, instead of the component's own thread pool. It has to start each task at once, so a
     * pool with a queue is refused. It is not shut down with the component.
     */
    private ExecutorService executorService;

    /**
     * The address of Graph, instead of the cloud's, for tests and proxies: for example http://127.0.0.1:8089/v1.0. Must be
     * https except on this machine.
     */
    private String graphEndpoint;

    /**
     * An HTTP client instead of the component's own, for tests.
     */
    private OneDriveHttpClient httpClient;

    /**
     * Configures the HTTP client further, as with the http component.
     */
    private HttpClientConfigurer httpClientConfigurer;

    /**
     * The address for sign-in, instead of the cloud's, for tests and proxies: for example http://127.0.0.1:8089. Must be
     * https except on this machine.
     */
    private String loginEndpoint;

    /**
     * How often something is tried again after a passing failure without any progress in between.
     */
    private Integer maxRetries;

    /**
     * The longest pause before a retry that is not asked for by the service.
     */
    private String maxRetryDelay;

    /**
     * The longest pause that the service may ask for. If it asks for more the operation fails.
     */
    private String maxThrottleWait;

    /**
     * The User-Agent, in the form that Microsoft asks for: ISVCompanyApp/Version for products, NONISVCompanyApp/Version for
     * in-house programs.
     */
    private String userAgent;

    /**
     * Leaves out files whose path below folderPath matches one of these Ant-style patterns, separated by commas; goes before
     * antInclude.
     */
    private String antExclude;

    /**
     * Whether Ant-style patterns regard case.
     */
    private Boolean antFilterCaseSensitive;

    /**
     * Takes only files whose path below folderPath matches one of these Ant-style patterns, separated by commas.
     */
    private String antInclude;

    /**
     * Whether a poll stops reading changes once it has enough files, before they are sorted. Without it all are read and
     * sorted first, which keeps them in memory.
     */
    private Boolean eagerMaxMessagesPerPoll;

    /**
     * Leaves out files whose name matches this regular expression, without regard to case.
     */
    private String exclude;

    /**
     * Leaves out files of these extensions, separated by commas, without regard to case.
     */
    private String excludeExt;

    /**
     * A bean that says whether a file is taken. One that is not is looked at again with the next poll.
     */
    private Predicate filter;

    /**
     * Takes only files in folders for whose name this predicate of the file language holds, such as $&#123;file:name&#125;
     * == $&#123;date:now:yyyyMMdd&#125;. It is not asked about folderPath itself.
     */
    private String filterDirectory;

    /**
     * Takes only files for which this predicate of the file language holds, such as $&#123;file:size&#125; 5000. One for
     * which it does not is looked at again with the next poll.
     */
    private String filterFile;

    /**
     * Whether each version of a file is emitted once. Without it a file that is neither deleted nor moved is emitted with
     * each poll.
     */
    private Boolean idempotent;

    /**
     * Whether the idempotentKey is added before the file is processed, and removed when that fails, instead of after it. A
     * crash in between then loses the file.
     */
    private Boolean idempotentEager;

    /**
     * An expression of the file language: files for which it gives the same are emitted once. By default it is the file's id
     * and version, so that each version is. $&#123;file:name&#125; emits a name once. Takes effect together with
     * idempotentRepository, which is kept in memory unless given.
     */
    private String idempotentKey;

    /**
     * Remembers the idempotentKey of each file that was processed, besides what stateDirectory remembers. Several consumers
     * may share it.
     */
    private IdempotentRepository idempotentRepository;

    /**
     * Takes only files whose name matches this regular expression, without regard to case.
     */
    private String include;

    /**
     * Takes only files of these extensions, separated by commas, without regard to case. The extension is all that follows
     * the first dot: tar.gz.
     */
    private String includeExt;

    /**
     * Whether folders whose name starts with a dot are looked into.
     */
    private Boolean includeHiddenDirs;

    /**
     * Whether files whose name starts with a dot are taken.
     */
    private Boolean includeHiddenFiles;

    /**
     * How deep a file may be at most, when recursive is set.
     */
    private Integer maxDepth;

    /**
     * How many files one poll emits at most; the others follow with the next. 0 or less for no limit, which keeps all of
     * them in memory.
     */
    private Integer maxMessagesPerPoll;

    /**
     * How deep a file must be at least: 1 is right in the folder, 2 in one of its folders.
     */
    private Integer minDepth;

    /**
     * Used for enabling or disabling all consumer based health checks from this component
     */
    private Boolean healthCheckConsumerEnabled;

    /**
     * Used for enabling or disabling all producer based health checks from this component. Notice: Camel has by default
     * disabled all producer based health-checks. You can turn on producer checks globally by setting
     * camel.health.producersEnabled=true.
     */
    private Boolean healthCheckProducerEnabled;

    /**
     * How long a version of a file must have been there, without a newer one, before it is taken. OneDrive shows no file
     * before all of it is uploaded, so no other lock is needed; this is for programs that store a file several times in a
     * row.
     */
    private String readLockMinAge;

    /**
     * The password that the proxy asks for.
     */
    private String proxyAuthPassword;

    /**
     * How the proxy itself is spoken to.
     */
    private String proxyAuthScheme;

    /**
     * The user name that the proxy asks for.
     */
    private String proxyAuthUsername;

    /**
     * The proxy's host.
     */
    private String proxyHost;

    /**
     * The proxy's port.
     */
    private Integer proxyPort;

    /**
     * Whether the header CamelOneDriveOperation overrides the operation. If not, the header is ignored.
     */
    private Boolean allowOperationHeader;

    /**
     * The certificate that the app registration knows, with its RSA private key, instead of a clientSecret: a PEM or PKCS#12
     * file (file:, classpath:).
     */
    private String clientCertificate;

    /**
     * Opens the clientCertificate, if it is encrypted.
     */
    private String clientCertificatePassword;

    /**
     * The Application (client) ID of the app registration.
     */
    private String clientId;

    /**
     * The client secret's value (not its ID). Leave it out for a public client.
     */
    private String clientSecret;

    /**
     * The bean that opens the vault for this endpoint, instead of a step of the route. A consumer, which comes before all
     * steps, uses the bean onedriveCredentials without being told so when it has no other credentials.
     */
    private EncryptedCredentialProcessor credentials;

    /**
     * The file with a token of another identity provider that the app registration trusts (workload identity federation),
     * instead of a clientSecret. It is read anew for each sign-in.
     */
    private String federatedTokenFile;

    /**
     * How to sign in with the credentials here. refresh_token: with that of somebody who signed in before.
     * client_credentials: as the application itself, which takes a secret, certificate or federated token, a certain
     * tenantId, and driveId, userId, siteId or groupId. authorization_code: a person opens an address, which is logged, in a
     * browser on this machine when the first token is needed. device_code: a person enters a code, which is logged, in a
     * browser on any device; public clients only. Without it: refresh_token where refreshToken is set, else
     * client_credentials where all it takes is set.
     */
    private GrantType grantType;

    /**
     * A refresh token. One that Microsoft gives in its place is kept in memory only, unless there is a refreshTokenStore.
     */
    private String refreshToken;

    /**
     * A bean that stores the refresh tokens that Microsoft gives in place of the configured one, or that somebody got by
     * signing in, so that a restart goes on with the newest. The only one in the registry is used. A new refreshToken in the
     * configuration counts before what was stored.
     */
    private RefreshTokenStore refreshTokenStore;

    /**
     * The permissions to ask for when signing in.
     */
    private String scope;

    /**
     * A bean that tells somebody to sign in, with grantType authorization_code or device_code: told the address, and the
     * code to enter, which are not secret. They are logged as well.
     */
    private SignInPrompt signInPrompt;

    /**
     * TLS settings. Certificates are always checked.
     */
    private SSLContextParameters sslContextParameters;

    /**
     * The tenant to sign in to: common, organizations, consumers, a tenant's id or a domain.
     */
    private String tenantId;

    /**
     * A bean that gives access tokens, instead of the credentials here. The only one in the registry is the component's, for
     * endpoints without credentials of their own.
     */
    private TokenProvider tokenProvider;

    /**
     * Whether to use Camel's global TLS settings.
     */
    private Boolean useGlobalSslContextParameters;

    /**
     * Whether the files of a poll come in random order.
     */
    private Boolean shuffle;

    /**
     * Sorts the files of a poll by expressions of the file language, separated by semicolons, each with reverse: or
     * ignoreCase: before it if wanted.
     */
    private String sortBy;

    /**
     * A bean that sorts the files of a poll.
     */
    private Comparator sorter;

    /**
     * How long to wait for a connection of the pool to be free.
     */
    private String connectionRequestTimeout;

    /**
     * How long to wait for a connection to be made.
     */
    private String connectTimeout;

    /**
     * How long to wait for an answer or its next byte, and for the connection to take the next byte of a request.
     */
    private String responseTimeout;

    /**
     * How long a connection may be silent, if not as long as responseTimeout.
     */
    private String soTimeout;

    public String getCloud() {
        return cloud;
    }

    public void setCloud(String cloud) {
        this.cloud = cloud;
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

    public String getDoneFileName() {
        return doneFileName;
    }

    public void setDoneFileName(String doneFileName) {
        this.doneFileName = doneFileName;
    }

    public String getDriveId() {
        return driveId;
    }

    public void setDriveId(String driveId) {
        this.driveId = driveId;
    }

    public String getFileName() {
        return fileName;
    }

    public void setFileName(String fileName) {
        this.fileName = fileName;
    }

    public String getFolderPath() {
        return folderPath;
    }

    public void setFolderPath(String folderPath) {
        this.folderPath = folderPath;
    }

    public String getGroupId() {
        return groupId;
    }

    public void setGroupId(String groupId) {
        this.groupId = groupId;
    }

    public Boolean getRecursive() {
        return recursive;
    }

    public void setRecursive(Boolean recursive) {
        this.recursive = recursive;
    }

    public String getSiteId() {
        return siteId;
    }

    public void setSiteId(String siteId) {
        this.siteId = siteId;
    }

    public String getUserId() {
        return userId;
    }

    public void setUserId(String userId) {
        this.userId = userId;
    }

    public Verification getVerify() {
        return verify;
    }

    public void setVerify(Verification verify) {
        this.verify = verify;
    }

    public String getVerifyTimeout() {
        return verifyTimeout;
    }

    public void setVerifyTimeout(String verifyTimeout) {
        this.verifyTimeout = verifyTimeout;
    }

    public Boolean getBridgeErrorHandler() {
        return bridgeErrorHandler;
    }

    public void setBridgeErrorHandler(Boolean bridgeErrorHandler) {
        this.bridgeErrorHandler = bridgeErrorHandler;
    }

    public Boolean getDelete() {
        return delete;
    }

    public void setDelete(Boolean delete) {
        this.delete = delete;
    }

    public Boolean getIncludeBody() {
        return includeBody;
    }

    public void setIncludeBody(Boolean includeBody) {
        this.includeBody = includeBody;
    }

    public String getMove() {
        return move;
    }

    public void setMove(String move) {
        this.move = move;
    }

    public String getMoveFailed() {
        return moveFailed;
    }

    public void setMoveFailed(String moveFailed) {
        this.moveFailed = moveFailed;
    }

    public Boolean getNoop() {
        return noop;
    }

    public void setNoop(Boolean noop) {
        this.noop = noop;
    }

    public String getPreMove() {
        return preMove;
    }

    public void setPreMove(String preMove) {
        this.preMove = preMove;
    }

    public String getStateDirectory() {
        return stateDirectory;
    }

    public void setStateDirectory(String stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    public Boolean getAutoCreate() {
        return autoCreate;
    }

    public void setAutoCreate(Boolean autoCreate) {
        this.autoCreate = autoCreate;
    }

    public IdempotentRepository getInProgressRepository() {
        return inProgressRepository;
    }

    public void setInProgressRepository(IdempotentRepository inProgressRepository) {
        this.inProgressRepository = inProgressRepository;
    }

    public String getLocalWorkDirectory() {
        return localWorkDirectory;
    }

    public void setLocalWorkDirectory(String localWorkDirectory) {
        this.localWorkDirectory = localWorkDirectory;
    }

    public ExceptionHandler getOnCompletionExceptionHandler() {
        return onCompletionExceptionHandler;
    }

    public void setOnCompletionExceptionHandler(ExceptionHandler onCompletionExceptionHandler) {
        this.onCompletionExceptionHandler = onCompletionExceptionHandler;
    }

    public Boolean getStartingDirectoryMustExist() {
        return startingDirectoryMustExist;
    }

    public void setStartingDirectoryMustExist(Boolean startingDirectoryMustExist) {
        this.startingDirectoryMustExist = startingDirectoryMustExist;
    }

    public FeedRepository getStateRepository() {
        return stateRepository;
    }

    public void setStateRepository(FeedRepository stateRepository) {
        this.stateRepository = stateRepository;
    }

    public String getChunkSize() {
        return chunkSize;
    }

    public void setChunkSize(String chunkSize) {
        this.chunkSize = chunkSize;
    }

    public ConflictBehavior getConflictBehavior() {
        return conflictBehavior;
    }

    public void setConflictBehavior(ConflictBehavior conflictBehavior) {
        this.conflictBehavior = conflictBehavior;
    }

    public String getCopyTimeout() {
        return copyTimeout;
    }

    public void setCopyTimeout(String copyTimeout) {
        this.copyTimeout = copyTimeout;
    }

    public FileExist getFileExist() {
        return fileExist;
    }

    public void setFileExist(FileExist fileExist) {
        this.fileExist = fileExist;
    }

    public Boolean getJailStartingDirectory() {
        return jailStartingDirectory;
    }

    public void setJailStartingDirectory(Boolean jailStartingDirectory) {
        this.jailStartingDirectory = jailStartingDirectory;
    }

    public String getJournalDirectory() {
        return journalDirectory;
    }

    public void setJournalDirectory(String journalDirectory) {
        this.journalDirectory = journalDirectory;
    }

    public Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public Scope getLinkScope() {
        return linkScope;
    }

    public void setLinkScope(Scope linkScope) {
        this.linkScope = linkScope;
    }

    public Type getLinkType() {
        return linkType;
    }

    public void setLinkType(Type linkType) {
        this.linkType = linkType;
    }

    public String getLocalFile() {
        return localFile;
    }

    public void setLocalFile(String localFile) {
        this.localFile = localFile;
    }

    public String getMaxBytesPerSecond() {
        return maxBytesPerSecond;
    }

    public void setMaxBytesPerSecond(String maxBytesPerSecond) {
        this.maxBytesPerSecond = maxBytesPerSecond;
    }

    public Integer getMaxConcurrentUploads() {
        return maxConcurrentUploads;
    }

    public void setMaxConcurrentUploads(Integer maxConcurrentUploads) {
        this.maxConcurrentUploads = maxConcurrentUploads;
    }

    public Integer getMaxQueuedUploads() {
        return maxQueuedUploads;
    }

    public void setMaxQueuedUploads(Integer maxQueuedUploads) {
        this.maxQueuedUploads = maxQueuedUploads;
    }

    public OneDriveOperation getOperation() {
        return operation;
    }

    public void setOperation(OneDriveOperation operation) {
        this.operation = operation;
    }

    public Boolean getPermanentDelete() {
        return permanentDelete;
    }

    public void setPermanentDelete(Boolean permanentDelete) {
        this.permanentDelete = permanentDelete;
    }

    public Boolean getPreserveLastModified() {
        return preserveLastModified;
    }

    public void setPreserveLastModified(Boolean preserveLastModified) {
        this.preserveLastModified = preserveLastModified;
    }

    public String getQuery() {
        return query;
    }

    public void setQuery(String query) {
        this.query = query;
    }

    public Boolean getResume() {
        return resume;
    }

    public void setResume(Boolean resume) {
        this.resume = resume;
    }

    public String getSimpleUploadLimit() {
        return simpleUploadLimit;
    }

    public void setSimpleUploadLimit(String simpleUploadLimit) {
        this.simpleUploadLimit = simpleUploadLimit;
    }

    public Boolean getStreamList() {
        return streamList;
    }

    public void setStreamList(Boolean streamList) {
        this.streamList = streamList;
    }

    public Boolean getSynchronous() {
        return synchronous;
    }

    public void setSynchronous(Boolean synchronous) {
        this.synchronous = synchronous;
    }

    public UploadJournal getUploadJournal() {
        return uploadJournal;
    }

    public void setUploadJournal(UploadJournal uploadJournal) {
        this.uploadJournal = uploadJournal;
    }

    public UploadListener getUploadListener() {
        return uploadListener;
    }

    public void setUploadListener(UploadListener uploadListener) {
        this.uploadListener = uploadListener;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public String getCharset() {
        return charset;
    }

    public void setCharset(String charset) {
        this.charset = charset;
    }

    public DownloadListener getDownloadListener() {
        return downloadListener;
    }

    public void setDownloadListener(DownloadListener downloadListener) {
        this.downloadListener = downloadListener;
    }

    public ExecutorService getExecutorService() {
        return executorService;
    }

    public void setExecutorService(ExecutorService executorService) {
        this.executorService = executorService;
    }

    public String getGraphEndpoint() {
        return graphEndpoint;
    }

    public void setGraphEndpoint(String graphEndpoint) {
        this.graphEndpoint = graphEndpoint;
    }

    public OneDriveHttpClient getHttpClient() {
        return httpClient;
    }

    public void setHttpClient(OneDriveHttpClient httpClient) {
        this.httpClient = httpClient;
    }

    public HttpClientConfigurer getHttpClientConfigurer() {
        return httpClientConfigurer;
    }

    public void setHttpClientConfigurer(HttpClientConfigurer httpClientConfigurer) {
        this.httpClientConfigurer = httpClientConfigurer;
    }

    public String getLoginEndpoint() {
        return loginEndpoint;
    }

    public void setLoginEndpoint(String loginEndpoint) {
        this.loginEndpoint = loginEndpoint;
    }

    public Integer getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(Integer maxRetries) {
        this.maxRetries = maxRetries;
    }

    public String getMaxRetryDelay() {
        return maxRetryDelay;
    }

    public void setMaxRetryDelay(String maxRetryDelay) {
        this.maxRetryDelay = maxRetryDelay;
    }

    public String getMaxThrottleWait() {
        return maxThrottleWait;
    }

    public void setMaxThrottleWait(String maxThrottleWait) {
        this.maxThrottleWait = maxThrottleWait;
    }

    public String getUserAgent() {
        return userAgent;
    }

    public void setUserAgent(String userAgent) {
        this.userAgent = userAgent;
    }

    public String getAntExclude() {
        return antExclude;
    }

    public void setAntExclude(String antExclude) {
        this.antExclude = antExclude;
    }

    public Boolean getAntFilterCaseSensitive() {
        return antFilterCaseSensitive;
    }

    public void setAntFilterCaseSensitive(Boolean antFilterCaseSensitive) {
        this.antFilterCaseSensitive = antFilterCaseSensitive;
    }

    public String getAntInclude() {
        return antInclude;
    }

    public void setAntInclude(String antInclude) {
        this.antInclude = antInclude;
    }

    public Boolean getEagerMaxMessagesPerPoll() {
        return eagerMaxMessagesPerPoll;
    }

    public void setEagerMaxMessagesPerPoll(Boolean eagerMaxMessagesPerPoll) {
        this.eagerMaxMessagesPerPoll = eagerMaxMessagesPerPoll;
    }

    public String getExclude() {
        return exclude;
    }

    public void setExclude(String exclude) {
        this.exclude = exclude;
    }

    public String getExcludeExt() {
        return excludeExt;
    }

    public void setExcludeExt(String excludeExt) {
        this.excludeExt = excludeExt;
    }

    public Predicate getFilter() {
        return filter;
    }

    public void setFilter(Predicate filter) {
        this.filter = filter;
    }

    public String getFilterDirectory() {
        return filterDirectory;
    }

    public void setFilterDirectory(String filterDirectory) {
        this.filterDirectory = filterDirectory;
    }

    public String getFilterFile() {
        return filterFile;
    }

    public void setFilterFile(String filterFile) {
        this.filterFile = filterFile;
    }

    public Boolean getIdempotent() {
        return idempotent;
    }

    public void setIdempotent(Boolean idempotent) {
        this.idempotent = idempotent;
    }

    public Boolean getIdempotentEager() {
        return idempotentEager;
    }

    public void setIdempotentEager(Boolean idempotentEager) {
        this.idempotentEager = idempotentEager;
    }

    public String getIdempotentKey() {
        return idempotentKey;
    }

    public void setIdempotentKey(String idempotentKey) {
        this.idempotentKey = idempotentKey;
    }

    public IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    public void setIdempotentRepository(IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public String getInclude() {
        return include;
    }

    public void setInclude(String include) {
        this.include = include;
    }

    public String getIncludeExt() {
        return includeExt;
    }

    public void setIncludeExt(String includeExt) {
        this.includeExt = includeExt;
    }

    public Boolean getIncludeHiddenDirs() {
        return includeHiddenDirs;
    }

    public void setIncludeHiddenDirs(Boolean includeHiddenDirs) {
        this.includeHiddenDirs = includeHiddenDirs;
    }

    public Boolean getIncludeHiddenFiles() {
        return includeHiddenFiles;
    }

    public void setIncludeHiddenFiles(Boolean includeHiddenFiles) {
        this.includeHiddenFiles = includeHiddenFiles;
    }

    public Integer getMaxDepth() {
        return maxDepth;
    }

    public void setMaxDepth(Integer maxDepth) {
        this.maxDepth = maxDepth;
    }

    public Integer getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(Integer maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public Integer getMinDepth() {
        return minDepth;
    }

    public void setMinDepth(Integer minDepth) {
        this.minDepth = minDepth;
    }

    public Boolean getHealthCheckConsumerEnabled() {
        return healthCheckConsumerEnabled;
    }

    public void setHealthCheckConsumerEnabled(Boolean healthCheckConsumerEnabled) {
        this.healthCheckConsumerEnabled = healthCheckConsumerEnabled;
    }

    public Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public String getReadLockMinAge() {
        return readLockMinAge;
    }

    public void setReadLockMinAge(String readLockMinAge) {
        this.readLockMinAge = readLockMinAge;
    }

    public String getProxyAuthPassword() {
        return proxyAuthPassword;
    }

    public void setProxyAuthPassword(String proxyAuthPassword) {
        this.proxyAuthPassword = proxyAuthPassword;
    }

    public String getProxyAuthScheme() {
        return proxyAuthScheme;
    }

    public void setProxyAuthScheme(String proxyAuthScheme) {
        this.proxyAuthScheme = proxyAuthScheme;
    }

    public String getProxyAuthUsername() {
        return proxyAuthUsername;
    }

    public void setProxyAuthUsername(String proxyAuthUsername) {
        this.proxyAuthUsername = proxyAuthUsername;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public Boolean getAllowOperationHeader() {
        return allowOperationHeader;
    }

    public void setAllowOperationHeader(Boolean allowOperationHeader) {
        this.allowOperationHeader = allowOperationHeader;
    }

    public String getClientCertificate() {
        return clientCertificate;
    }

    public void setClientCertificate(String clientCertificate) {
        this.clientCertificate = clientCertificate;
    }

    public String getClientCertificatePassword() {
        return clientCertificatePassword;
    }

    public void setClientCertificatePassword(String clientCertificatePassword) {
        this.clientCertificatePassword = clientCertificatePassword;
    }

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    public EncryptedCredentialProcessor getCredentials() {
        return credentials;
    }

    public void setCredentials(EncryptedCredentialProcessor credentials) {
        this.credentials = credentials;
    }

    public String getFederatedTokenFile() {
        return federatedTokenFile;
    }

    public void setFederatedTokenFile(String federatedTokenFile) {
        this.federatedTokenFile = federatedTokenFile;
    }

    public GrantType getGrantType() {
        return grantType;
    }

    public void setGrantType(GrantType grantType) {
        this.grantType = grantType;
    }

    public String getRefreshToken() {
        return refreshToken;
    }

    public void setRefreshToken(String refreshToken) {
        this.refreshToken = refreshToken;
    }

    public RefreshTokenStore getRefreshTokenStore() {
        return refreshTokenStore;
    }

    public void setRefreshTokenStore(RefreshTokenStore refreshTokenStore) {
        this.refreshTokenStore = refreshTokenStore;
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = scope;
    }

    public SignInPrompt getSignInPrompt() {
        return signInPrompt;
    }

    public void setSignInPrompt(SignInPrompt signInPrompt) {
        this.signInPrompt = signInPrompt;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public String getTenantId() {
        return tenantId;
    }

    public void setTenantId(String tenantId) {
        this.tenantId = tenantId;
    }

    public TokenProvider getTokenProvider() {
        return tokenProvider;
    }

    public void setTokenProvider(TokenProvider tokenProvider) {
        this.tokenProvider = tokenProvider;
    }

    public Boolean getUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    public void setUseGlobalSslContextParameters(Boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public Boolean getShuffle() {
        return shuffle;
    }

    public void setShuffle(Boolean shuffle) {
        this.shuffle = shuffle;
    }

    public String getSortBy() {
        return sortBy;
    }

    public void setSortBy(String sortBy) {
        this.sortBy = sortBy;
    }

    public Comparator getSorter() {
        return sorter;
    }

    public void setSorter(Comparator sorter) {
        this.sorter = sorter;
    }

    public String getConnectionRequestTimeout() {
        return connectionRequestTimeout;
    }

    public void setConnectionRequestTimeout(String connectionRequestTimeout) {
        this.connectionRequestTimeout = connectionRequestTimeout;
    }

    public String getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(String connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public String getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(String responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public String getSoTimeout() {
        return soTimeout;
    }

    public void setSoTimeout(String soTimeout) {
        this.soTimeout = soTimeout;
    }
}
