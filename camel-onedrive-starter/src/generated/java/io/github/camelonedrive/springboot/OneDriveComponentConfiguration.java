package io.github.camelonedrive.springboot;

import java.util.Set;

import io.github.camelonedrive.auth.GrantType;
import io.github.camelonedrive.auth.SignInPrompt;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.component.OneDriveOperation;
import io.github.camelonedrive.download.DownloadListener;
import io.github.camelonedrive.download.ExistingFile;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.LinkRequest.Scope;
import io.github.camelonedrive.graph.LinkRequest.Type;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.UploadListener;
import io.github.camelonedrive.upload.Verification;
import org.apache.camel.component.http.HttpClientConfigurer;
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
     * The id of the drive to use instead of the signed-in person's.
     */
    private String driveId;

    /**
     * The folder, from the drive's root; the leading slash is optional. Given, it replaces the destination's folder. Without
     * either it is the root.
     */
    private String folderPath;

    /**
     * The id of the group whose document library is used.
     */
    private String groupId;

    /**
     * The id of the SharePoint site whose default document library is used.
     */
    private String siteId;

    /**
     * The id or user principal name of the person whose drive is used.
     */
    private String userId;

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
     * What becomes of a localFile that is there already: it is replaced, in one step, when all of the new content is there
     * (Override); the download fails (Fail); or nothing is downloaded and it becomes the body (Ignore).
     */
    private ExistingFile fileExist;

    /**
     * Whether names taken from headers must stay below the folder.
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
     * slash, it gets the item's name. The file appears when all of it is there and proven, with the item's modification
     * time; a download that was broken off goes on.
     */
    private String localFile;

    /**
     * How many bytes a second go out at most, all uploads of the endpoint together: in bytes or with kB, MB, from 1kB. Can
     * be changed at run time on the endpoint, also by JMX. Without it there is no limit.
     */
    private String maxBytesPerSecond;

    /**
     * How many uploads of one account run at the same time. Further exchanges wait.
     */
    private Integer maxConcurrentUploads;

    /**
     * What the producer does.
     */
    private OneDriveOperation operation;

    /**
     * Whether delete goes past the recycle bin, for good. Personal drives can't, and refuse.
     */
    private Boolean permanentDelete;

    /**
     * Whether the item keeps the file's modification time. Then even small files use a session.
     */
    private Boolean preserveLastModified;

    /**
     * What search looks for.
     */
    private String query;

    /**
     * Whether a listing goes into sub-folders.
     */
    private Boolean recursive;

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
     * Told about the start, the progress and the end of every download.
     */
    private DownloadListener downloadListener;

    /**
     * The address of Graph, instead of the cloud's, for tests and proxies: for example http://127.0.0.1:8089/v1.0. Must be
     * https except on this machine.
     */
    private String graphEndpoint;

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
     * A refresh token. One that OneDrive renews is kept in memory only; the vault keeps it for good.
     */
    private String refreshToken;

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
     * A bean that gives access tokens, instead of the credentials here.
     */
    private TokenProvider tokenProvider;

    /**
     * Whether to use Camel's global TLS settings.
     */
    private Boolean useGlobalSslContextParameters;

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

    public String getDriveId() {
        return driveId;
    }

    public void setDriveId(String driveId) {
        this.driveId = driveId;
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

    public ExistingFile getFileExist() {
        return fileExist;
    }

    public void setFileExist(ExistingFile fileExist) {
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

    public Boolean getRecursive() {
        return recursive;
    }

    public void setRecursive(Boolean recursive) {
        this.recursive = recursive;
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

    public DownloadListener getDownloadListener() {
        return downloadListener;
    }

    public void setDownloadListener(DownloadListener downloadListener) {
        this.downloadListener = downloadListener;
    }

    public String getGraphEndpoint() {
        return graphEndpoint;
    }

    public void setGraphEndpoint(String graphEndpoint) {
        this.graphEndpoint = graphEndpoint;
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
