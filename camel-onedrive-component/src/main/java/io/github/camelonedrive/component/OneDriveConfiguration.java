package io.github.camelonedrive.component;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.support.jsse.SSLContextParameters;

import io.github.camelonedrive.auth.GrantType;
import io.github.camelonedrive.auth.RefreshTokenStore;
import io.github.camelonedrive.auth.SignInPrompt;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.download.DownloadListener;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.LinkRequest;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.UploadListener;
import io.github.camelonedrive.upload.Verification;

/** The options that a component and its endpoints share. */
@UriParams
public class OneDriveConfiguration implements Cloneable {

    @UriParam(label = "producer", defaultValue = "upload", description = "What the producer does.")
    private OneDriveOperation operation = OneDriveOperation.upload;

    @UriParam(label = "producer,security", defaultValue = "true",
              description = "Whether the header CamelOneDriveOperation overrides the operation. If not, the header is ignored.")
    private boolean allowOperationHeader = true;

    @UriParam(label = "common", description = "The folder, from the drive's root; the leading slash is optional. The path of "
                                              + "the URI can name it instead. Given, it replaces the destination's folder. "
                                              + "Without either it is the root.")
    private String folderPath;

    @UriParam(label = "common", description = "The id of the drive to use instead of the signed-in person's.")
    private String driveId;

    @UriParam(label = "common", description = "The id or user principal name of the person whose drive is used.")
    private String userId;

    @UriParam(label = "common", description = "The id of the SharePoint site whose default document library is used.")
    private String siteId;

    @UriParam(label = "common", description = "The id of the group whose document library is used.")
    private String groupId;

    @UriParam(label = "producer", defaultValue = "4MB",
              description = "Bodies up to this size go by one PUT, larger ones by an upload session. In bytes or with kB, MB; "
                            + "from 0 to 250MB.")
    private String simpleUploadLimit = "4MB";

    @UriParam(label = "producer", defaultValue = "10MB",
              description = "The size of the fragments of an upload session, in bytes or with kB, MB. A multiple of 320 KiB "
                            + "below 60MB.")
    private String chunkSize = "10MB";

    @UriParam(label = "producer",
              description = "What upload, move and copy do when the name is taken: replace what is there, fail, or name the "
                            + "new one 'name 1.ext'. Without it upload replaces, move and copy fail.")
    private ConflictBehavior conflictBehavior;

    @UriParam(label = "common", defaultValue = "hash",
              description = "What is compared before an upload counts as success: size and QuickXorHash of the committed item "
                            + "with what was read (hash), the same after downloading it again, by SHA-256 (readback), the size "
                            + "only, or nothing. A download compares what came with the item in the same way; readback is hash "
                            + "there.")
    private Verification verify = Verification.hash;

    @UriParam(label = "common", defaultValue = "60000", javaType = "java.time.Duration",
              description = "How long to ask again for a hash that OneDrive has not computed yet. After that the item is read "
                            + "back.")
    private long verifyTimeout = 60_000;

    @UriParam(label = "producer", defaultValue = "false",
              description = "Whether the item keeps the file's modification time, or for other bodies that of the header "
                            + "CamelFileLastModified. Then even small files use a session.")
    private boolean preserveLastModified;

    @UriParam(label = "producer", defaultValue = "true",
              description = "Whether names, ids and local files taken from headers must stay below the folder, and below "
                            + "localFile.")
    private boolean jailStartingDirectory = true;

    @UriParam(label = "common", defaultValue = "false",
              description = "Whether a listing, or the consumer, goes into sub-folders.")
    private boolean recursive;

    @UriParam(label = "common",
              description = "The path below the folder, an expression of the file language. For a producer it names the item "
                            + "to upload, or that another operation is about, instead of the header CamelFileName; the headers "
                            + "CamelOneDriveItemId and CamelOneDrivePath go before it for upload and download, and are "
                            + "refused with it by other operations. For a consumer it is the one file to take; with "
                            + "pollEnrich it may use the exchange that is enriched.")
    private String fileName;

    @UriParam(label = "common",
              description = "The name of a marker, in which ${file:name}, ${file:onlyname}, ${file:name.noext} and "
                            + "${file:onlyname.noext} may stand. A producer writes it, empty, beside a file that it has "
                            + "uploaded and proven. A consumer takes a file only when its marker is there, and deletes the "
                            + "marker with a file that is deleted or moved.")
    private String doneFileName;

    @UriParam(label = "advanced",
              description = "The encoding of the files. A producer stores text in it; files and streams are read as text "
                            + "first, in the exchange's encoding. A consumer reads a body in it that a route asks for as text.")
    private String charset;

    @UriParam(label = "producer",
              description = "The local file to download to, instead of a stream in the body. In a directory that is there, or "
                            + "after a trailing slash, it gets the item's folders below the endpoint's, which are made, and "
                            + "its name. The file appears when all of it is there and proven, with the item's modification "
                            + "time; a download that was aborted is resumed.")
    private String localFile;

    @UriParam(label = "producer",
              description = "What happens when a file of the name is there already; for an upload in OneDrive, for a download "
                            + "with localFile on this machine. Override: it is replaced, in one step, when all of the new "
                            + "content is there. Fail: the operation fails. Ignore: nothing is transferred, and nothing is "
                            + "proven of what is there; after a download it becomes the body. TryRename: an upload is named "
                            + "'name 1.ext', a download cannot. Without it an upload does what conflictBehavior says, a "
                            + "download replaces the file that localFile names and fails where localFile names a directory.")
    private FileExist fileExist;

    @UriParam(label = "producer", defaultValue = "false",
              description = "Whether list and search give an iterator that fetches page after page when it is asked, instead "
                            + "of a list. Split it, streaming, and a hundred thousand items need no more memory than some "
                            + "hundred.")
    private boolean streamList;

    @UriParam(label = "producer", description = "What search looks for.")
    private String query;

    @UriParam(label = "producer", defaultValue = "false",
              description = "Whether delete goes past the recycle bin, for good. Personal drives can't, and refuse.")
    private boolean permanentDelete;

    @UriParam(label = "producer", defaultValue = "view", description = "What a link of createLink allows.")
    private LinkRequest.Type linkType = LinkRequest.Type.view;

    @UriParam(label = "producer",
              description = "For whom a link of createLink works. Without it, for those that the organization's rules say.")
    private LinkRequest.Scope linkScope;

    @UriParam(label = "producer", defaultValue = "3600000", javaType = "java.time.Duration",
              description = "How long copy waits at most until OneDrive has done it.")
    private long copyTimeout = 3_600_000;

    @UriParam(label = "producer", defaultValue = "4",
              description = "How many uploads of one account run at the same time. Further ones wait; other operations don't.")
    private int maxConcurrentUploads = 4;

    @UriParam(label = "producer", defaultValue = "100",
              description = "How many exchanges wait for their upload before the route's source has to wait as well: with "
                            + "further ones, the caller's thread waits until they are uploaded.")
    private int maxQueuedUploads = 100;

    @UriParam(label = "producer,advanced", defaultValue = "false",
              description = "Whether the caller's thread always waits for the end of an operation, so that exchanges of one "
                            + "source are uploaded one after another.")
    private boolean synchronous;

    @UriParam(label = "producer", defaultValue = "true",
              description = "Whether an upload that a crash, a stop or a passing failure broke off is continued by the next "
                            + "one of the same file. That takes journalDirectory, and a vault whose key seals the addresses "
                            + "of upload sessions; or uploadJournal. Without them only a redelivery of the same exchange "
                            + "goes on where it was.")
    private boolean resume = true;

    @UriParam(label = "producer",
              description = "The directory of the upload journal, made when it is missing. Several endpoints and programs may "
                            + "share it.")
    private String journalDirectory;

    @UriParam(label = "producer,advanced", description = "A bean that remembers uploads under way, instead of the journal in "
                                                         + "journalDirectory.")
    private UploadJournal uploadJournal;

    @UriParam(label = "producer",
              description = "How many bytes a second go out at most, all uploads of the endpoint together: in bytes or with "
                            + "kB, MB, from 1kB. Can be changed at run time on the endpoint, also by JMX. Without it there is "
                            + "no limit.")
    private String maxBytesPerSecond;

    @UriParam(label = "producer,advanced", description = "Told about the start, the progress and the end of every upload.")
    @Metadata(autowired = true)
    private UploadListener uploadListener;

    @UriParam(label = "advanced", description = "Told about the start, the progress and the end of every download.")
    @Metadata(autowired = true)
    private DownloadListener downloadListener;

    @UriParam(label = "advanced", defaultValue = "10",
              description = "How often something is tried again after a passing failure without any progress in between.")
    private int maxRetries = 10;

    @UriParam(label = "advanced", defaultValue = "60000", javaType = "java.time.Duration",
              description = "The longest pause before a retry that is not asked for by the service.")
    private long maxRetryDelay = 60_000;

    @UriParam(label = "advanced", defaultValue = "900000", javaType = "java.time.Duration",
              description = "The longest pause that the service may ask for. If it asks for more the operation fails.")
    private long maxThrottleWait = 900_000;

    @UriParam(label = "common", defaultValue = "global", enums = "global,usgov,usgov-dod,china",
              description = "The Microsoft cloud, which decides the hosts for sign-in and for Graph. A destination of the "
                            + "vault has its own unless this is given.")
    private String cloud;

    @UriParam(label = "advanced", description = "The address of Graph, instead of the cloud's, for tests and proxies: for "
                                                + "example http://127.0.0.1:8089/v1.0. Must be https except on this machine.")
    private String graphEndpoint;

    @UriParam(label = "advanced", description = "The address for sign-in, instead of the cloud's, for tests and proxies: for "
                                                + "example http://127.0.0.1:8089. Must be https except on this machine.")
    private String loginEndpoint;

    @UriParam(label = "security", secret = true, description = "The Application (client) ID of the app registration.")
    private String clientId;

    @UriParam(label = "security", secret = true,
              description = "The client secret's value (not its ID). Leave it out for a public client.")
    private String clientSecret;

    @UriParam(label = "security", enums = "refresh_token,client_credentials,authorization_code,device_code",
              description = "How to sign in with the credentials here. refresh_token: with that of somebody who signed in "
                            + "before. client_credentials: as the application itself, which takes a secret, certificate or "
                            + "federated token, a certain tenantId, and driveId, userId, siteId or groupId. "
                            + "authorization_code: a person opens an address, which is logged, in a browser on this machine "
                            + "when the first token is needed. device_code: a person enters a code, which is logged, in a "
                            + "browser on any device; public clients only. Without it: refresh_token where refreshToken is "
                            + "set, else client_credentials where all it takes is set.")
    private GrantType grantType;

    @Metadata(supportFileReference = true)
    @UriParam(label = "security",
              description = "The certificate that the app registration knows, with its RSA private key, instead of a "
                            + "clientSecret: a PEM or PKCS#12 file (file:, classpath:).")
    private String clientCertificate;

    @UriParam(label = "security", secret = true, description = "Opens the clientCertificate, if it is encrypted.")
    private String clientCertificatePassword;

    @UriParam(label = "security",
              description = "The file with a token of another identity provider that the app registration trusts (workload "
                            + "identity federation), instead of a clientSecret. It is read anew for each sign-in.")
    private String federatedTokenFile;

    @UriParam(label = "security",
              description = "A bean that tells somebody to sign in, with grantType authorization_code or device_code: told "
                            + "the address, and the code to enter, which are not secret. They are logged as well.")
    private SignInPrompt signInPrompt;

    @UriParam(label = "security", secret = true,
              description = "A refresh token. One that Microsoft gives in its place is kept in memory only, unless there is a "
                            + "refreshTokenStore.")
    private String refreshToken;

    @UriParam(label = "security",
              description = "A bean that stores the refresh tokens that Microsoft gives in place of the configured one, or "
                            + "that somebody got by signing in, so that a restart goes on with the newest. The only one in the "
                            + "registry is used. A new refreshToken in the configuration counts before what was stored.")
    @Metadata(autowired = true)
    private RefreshTokenStore refreshTokenStore;

    @UriParam(label = "security", defaultValue = "common",
              description = "The tenant to sign in to: common, organizations, consumers, a tenant's id or a domain.")
    private String tenantId = "common";

    @UriParam(label = "security", defaultValue = "Files.ReadWrite.All User.Read offline_access",
              description = "The permissions to ask for when signing in.")
    private String scope = "Files.ReadWrite.All User.Read offline_access";

    @UriParam(label = "security",
              description = "A bean that gives access tokens, instead of the credentials here. The only one in the registry is "
                            + "the component's, for endpoints without credentials of their own.")
    @Metadata(autowired = true)
    private TokenProvider tokenProvider;

    @UriParam(label = "security",
              description = "The bean that opens the vault for this endpoint, instead of a step of the route. A consumer, "
                            + "which comes before all steps, uses the bean onedriveCredentials without being told so when it "
                            + "has no other credentials.")
    private EncryptedCredentialProcessor credentials;

    @UriParam(label = "security", description = "TLS settings. Certificates are always checked.")
    private SSLContextParameters sslContextParameters;

    @UriParam(label = "advanced", description = "Configures the HTTP client further, as with the http component.")
    private HttpClientConfigurer httpClientConfigurer;

    @UriParam(label = "advanced", description = "An HTTP client instead of the component's own, for tests.")
    @Metadata(autowired = true)
    private OneDriveHttpClient httpClient;

    @UriParam(label = "proxy", description = "The proxy's host.")
    private String proxyHost;

    @UriParam(label = "proxy", description = "The proxy's port.")
    private Integer proxyPort;

    @UriParam(label = "proxy", defaultValue = "http", enums = "http,https",
              description = "How the proxy itself is spoken to.")
    private String proxyAuthScheme = "http";

    @UriParam(label = "proxy", secret = true, description = "The user name that the proxy asks for.")
    private String proxyAuthUsername;

    @UriParam(label = "proxy", secret = true, description = "The password that the proxy asks for.")
    private String proxyAuthPassword;

    @UriParam(label = "timeout", defaultValue = "30000", javaType = "java.time.Duration",
              description = "How long to wait for a connection to be made.")
    private long connectTimeout = 30_000;

    @UriParam(label = "timeout", defaultValue = "120000", javaType = "java.time.Duration",
              description = "How long to wait for an answer or its next byte, and for the connection to take the next byte of "
                            + "a request.")
    private long responseTimeout = 120_000;

    @UriParam(label = "timeout", defaultValue = "180000", javaType = "java.time.Duration",
              description = "How long to wait for a connection of the pool to be free.")
    private long connectionRequestTimeout = 180_000;

    @UriParam(label = "timeout", javaType = "java.time.Duration",
              description = "How long a connection may be silent, if not as long as responseTimeout.")
    private long soTimeout;

    @UriParam(label = "advanced", defaultValue = "ISV|CamelOneDrive|camel-onedrive/0.1.0",
              description = "The User-Agent, in the form that Microsoft asks for: ISV|Company|App/Version for products, "
                            + "NONISV|Company|App/Version for in-house programs.")
    private String userAgent = "ISV|CamelOneDrive|camel-onedrive/0.1.0";

    /** A copy that can be changed on its own. */
    public OneDriveConfiguration copy() {
        try {
            return (OneDriveConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public OneDriveOperation getOperation() {
        return operation;
    }

    public void setOperation(OneDriveOperation operation) {
        this.operation = operation;
    }

    public boolean isAllowOperationHeader() {
        return allowOperationHeader;
    }

    public void setAllowOperationHeader(boolean allowOperationHeader) {
        this.allowOperationHeader = allowOperationHeader;
    }

    public String getFolderPath() {
        return folderPath;
    }

    public void setFolderPath(String folderPath) {
        this.folderPath = folderPath;
    }

    public String getDriveId() {
        return driveId;
    }

    public void setDriveId(String driveId) {
        this.driveId = driveId;
    }

    public String getUserId() {
        return userId;
    }

    public void setUserId(String userId) {
        this.userId = userId;
    }

    public String getSiteId() {
        return siteId;
    }

    public void setSiteId(String siteId) {
        this.siteId = siteId;
    }

    public String getGroupId() {
        return groupId;
    }

    public void setGroupId(String groupId) {
        this.groupId = groupId;
    }

    public String getSimpleUploadLimit() {
        return simpleUploadLimit;
    }

    public void setSimpleUploadLimit(String simpleUploadLimit) {
        this.simpleUploadLimit = simpleUploadLimit;
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

    public Verification getVerify() {
        return verify;
    }

    public void setVerify(Verification verify) {
        this.verify = verify;
    }

    public long getVerifyTimeout() {
        return verifyTimeout;
    }

    public void setVerifyTimeout(long verifyTimeout) {
        this.verifyTimeout = verifyTimeout;
    }

    public boolean isPreserveLastModified() {
        return preserveLastModified;
    }

    public void setPreserveLastModified(boolean preserveLastModified) {
        this.preserveLastModified = preserveLastModified;
    }

    public boolean isJailStartingDirectory() {
        return jailStartingDirectory;
    }

    public void setJailStartingDirectory(boolean jailStartingDirectory) {
        this.jailStartingDirectory = jailStartingDirectory;
    }

    public boolean isRecursive() {
        return recursive;
    }

    public void setRecursive(boolean recursive) {
        this.recursive = recursive;
    }

    public String getFileName() {
        return fileName;
    }

    public void setFileName(String fileName) {
        this.fileName = fileName;
    }

    public String getDoneFileName() {
        return doneFileName;
    }

    public void setDoneFileName(String doneFileName) {
        this.doneFileName = doneFileName;
    }

    public String getCharset() {
        return charset;
    }

    public void setCharset(String charset) {
        this.charset = charset;
    }

    public String getLocalFile() {
        return localFile;
    }

    public void setLocalFile(String localFile) {
        this.localFile = localFile;
    }

    public FileExist getFileExist() {
        return fileExist;
    }

    public void setFileExist(FileExist fileExist) {
        this.fileExist = fileExist;
    }

    public boolean isStreamList() {
        return streamList;
    }

    public void setStreamList(boolean streamList) {
        this.streamList = streamList;
    }

    public String getQuery() {
        return query;
    }

    public void setQuery(String query) {
        this.query = query;
    }

    public boolean isPermanentDelete() {
        return permanentDelete;
    }

    public void setPermanentDelete(boolean permanentDelete) {
        this.permanentDelete = permanentDelete;
    }

    public LinkRequest.Type getLinkType() {
        return linkType;
    }

    public void setLinkType(LinkRequest.Type linkType) {
        this.linkType = linkType;
    }

    public LinkRequest.Scope getLinkScope() {
        return linkScope;
    }

    public void setLinkScope(LinkRequest.Scope linkScope) {
        this.linkScope = linkScope;
    }

    public long getCopyTimeout() {
        return copyTimeout;
    }

    public void setCopyTimeout(long copyTimeout) {
        this.copyTimeout = copyTimeout;
    }

    public int getMaxConcurrentUploads() {
        return maxConcurrentUploads;
    }

    public void setMaxConcurrentUploads(int maxConcurrentUploads) {
        this.maxConcurrentUploads = maxConcurrentUploads;
    }

    public int getMaxQueuedUploads() {
        return maxQueuedUploads;
    }

    public void setMaxQueuedUploads(int maxQueuedUploads) {
        this.maxQueuedUploads = maxQueuedUploads;
    }

    public boolean isSynchronous() {
        return synchronous;
    }

    public void setSynchronous(boolean synchronous) {
        this.synchronous = synchronous;
    }

    public boolean isResume() {
        return resume;
    }

    public void setResume(boolean resume) {
        this.resume = resume;
    }

    public String getJournalDirectory() {
        return journalDirectory;
    }

    public void setJournalDirectory(String journalDirectory) {
        this.journalDirectory = journalDirectory;
    }

    public UploadJournal getUploadJournal() {
        return uploadJournal;
    }

    public void setUploadJournal(UploadJournal uploadJournal) {
        this.uploadJournal = uploadJournal;
    }

    public String getMaxBytesPerSecond() {
        return maxBytesPerSecond;
    }

    /** For endpoints made from now on; {@link OneDriveEndpoint#setMaxBytesPerSecond} changes one that is there. */
    public void setMaxBytesPerSecond(String maxBytesPerSecond) {
        this.maxBytesPerSecond = maxBytesPerSecond;
    }

    public UploadListener getUploadListener() {
        return uploadListener;
    }

    public void setUploadListener(UploadListener uploadListener) {
        this.uploadListener = uploadListener;
    }

    public DownloadListener getDownloadListener() {
        return downloadListener;
    }

    public void setDownloadListener(DownloadListener downloadListener) {
        this.downloadListener = downloadListener;
    }

    public int getMaxRetries() {
        return maxRetries;
    }

    public void setMaxRetries(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    public long getMaxRetryDelay() {
        return maxRetryDelay;
    }

    public void setMaxRetryDelay(long maxRetryDelay) {
        this.maxRetryDelay = maxRetryDelay;
    }

    public long getMaxThrottleWait() {
        return maxThrottleWait;
    }

    public void setMaxThrottleWait(long maxThrottleWait) {
        this.maxThrottleWait = maxThrottleWait;
    }

    public String getCloud() {
        return cloud;
    }

    public void setCloud(String cloud) {
        this.cloud = cloud;
    }

    public String getGraphEndpoint() {
        return graphEndpoint;
    }

    public void setGraphEndpoint(String graphEndpoint) {
        this.graphEndpoint = graphEndpoint;
    }

    public String getLoginEndpoint() {
        return loginEndpoint;
    }

    public void setLoginEndpoint(String loginEndpoint) {
        this.loginEndpoint = loginEndpoint;
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

    public GrantType getGrantType() {
        return grantType;
    }

    public void setGrantType(GrantType grantType) {
        this.grantType = grantType;
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

    public String getFederatedTokenFile() {
        return federatedTokenFile;
    }

    public void setFederatedTokenFile(String federatedTokenFile) {
        this.federatedTokenFile = federatedTokenFile;
    }

    public SignInPrompt getSignInPrompt() {
        return signInPrompt;
    }

    public void setSignInPrompt(SignInPrompt signInPrompt) {
        this.signInPrompt = signInPrompt;
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

    public String getTenantId() {
        return tenantId;
    }

    public void setTenantId(String tenantId) {
        this.tenantId = tenantId;
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = scope;
    }

    public TokenProvider getTokenProvider() {
        return tokenProvider;
    }

    public void setTokenProvider(TokenProvider tokenProvider) {
        this.tokenProvider = tokenProvider;
    }

    public EncryptedCredentialProcessor getCredentials() {
        return credentials;
    }

    public void setCredentials(EncryptedCredentialProcessor credentials) {
        this.credentials = credentials;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    public HttpClientConfigurer getHttpClientConfigurer() {
        return httpClientConfigurer;
    }

    public void setHttpClientConfigurer(HttpClientConfigurer httpClientConfigurer) {
        this.httpClientConfigurer = httpClientConfigurer;
    }

    public OneDriveHttpClient getHttpClient() {
        return httpClient;
    }

    public void setHttpClient(OneDriveHttpClient httpClient) {
        this.httpClient = httpClient;
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

    public String getProxyAuthPassword() {
        return proxyAuthPassword;
    }

    public void setProxyAuthPassword(String proxyAuthPassword) {
        this.proxyAuthPassword = proxyAuthPassword;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getResponseTimeout() {
        return responseTimeout;
    }

    public void setResponseTimeout(long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }

    public long getConnectionRequestTimeout() {
        return connectionRequestTimeout;
    }

    public void setConnectionRequestTimeout(long connectionRequestTimeout) {
        this.connectionRequestTimeout = connectionRequestTimeout;
    }

    public long getSoTimeout() {
        return soTimeout;
    }

    public void setSoTimeout(long soTimeout) {
        this.soTimeout = soTimeout;
    }

    public String getUserAgent() {
        return userAgent;
    }

    public void setUserAgent(String userAgent) {
        this.userAgent = userAgent;
    }
}
