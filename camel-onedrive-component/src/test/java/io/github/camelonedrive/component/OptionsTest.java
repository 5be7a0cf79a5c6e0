package io.github.camelonedrive.component;

import java.util.Map;
import java.util.Properties;

import org.apache.camel.CamelContext;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.upload.UploadListener;
import io.github.camelonedrive.upload.Verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Options mean in URIs and properties what they mean elsewhere in Camel, and an illegal one is a failed start. */
class OptionsTest {

    private CamelContext context;

    @BeforeEach
    void start() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void optionsOfAUri() {
        OneDriveEndpoint endpoint = context.getEndpoint("onedrive:offsite?folderPath=/a b&simpleUploadLimit=1MB&chunkSize=320kB"
                + "&conflictBehavior=rename&verify=readback&verifyTimeout=2m&maxConcurrentUploads=7&connectTimeout=5s"
                + "&preserveLastModified=true&soTimeout=7s&connectionRequestTimeout=8s&maxBytesPerSecond=10MB",
                OneDriveEndpoint.class);

        assertThat(endpoint.getDestination()).isEqualTo("offsite");
        assertThat(endpoint.getConfiguration().getFolderPath()).isEqualTo("/a b");
        assertThat(endpoint.getConfiguration().getConnectTimeout()).isEqualTo(5000);
        assertThat(endpoint.uploadOptions().simpleUploadLimit()).isEqualTo(1024 * 1024);
        assertThat(endpoint.uploadOptions().chunkSize()).isEqualTo(327_680);
        assertThat(endpoint.uploadOptions().conflictBehavior()).isEqualTo(ConflictBehavior.rename);
        assertThat(endpoint.uploadOptions().verification()).isEqualTo(Verification.readback);
        assertThat(endpoint.uploadOptions().verifyTimeout()).hasMinutes(2);
        assertThat(endpoint.uploadOptions().preserveLastModified()).isTrue();
        assertThat(endpoint.getMaxBytesPerSecond()).isEqualTo("10MB");
        assertThat(endpoint.uploadRate().isLimited()).isTrue();
    }

    @Test
    void theCredentialProcessorIsABeanOfProperties() throws Exception {
        Main main = new Main();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "camel.beans.onedriveCredentials", "#class:io.github.camelonedrive.component.EncryptedCredentialProcessor",
                "camel.beans.onedriveCredentials.vaultFile", "/somewhere/vault.json",
                "camel.beans.onedriveCredentials.key-file", "/elsewhere/key"));
        main.setOverrideProperties(properties);
        main.start();
        try {
            EncryptedCredentialProcessor processor = main.getCamelContext().getRegistry()
                    .lookupByNameAndType("onedriveCredentials", EncryptedCredentialProcessor.class);
            assertThat(processor.getVaultFile()).isEqualTo("/somewhere/vault.json");
            assertThat(processor.getKeyFile()).isEqualTo("/elsewhere/key");
        } finally {
            main.stop();
        }
    }

    @Test
    void anUnknownOperationNamesTheKnownOnes() {
        org.apache.camel.Exchange exchange = context.createFluentProducerTemplate()
                .to("onedrive:x?tokenProvider=#class:" + NoTokens.class.getName())
                .withHeader(OneDriveConstants.OPERATION, "teleport").withBody("x").send();

        assertThat(exchange.getException()).hasMessageContaining("teleport").hasMessageContaining("checkConnection");
    }

    /** Never asked. */
    public static final class NoTokens implements io.github.camelonedrive.auth.TokenProvider {
        @Override
        public io.github.camelonedrive.auth.AccessToken accessToken() {
            throw new IllegalStateException();
        }
    }

    @Test
    void optionsOfProperties() throws Exception {
        Main main = new Main();
        Properties properties = new Properties();
        properties.putAll(Map.of("camel.component.onedrive.chunk-size", "5MB",
                "camel.component.onedrive.simple-upload-limit", "0",
                "camel.component.onedrive.max-concurrent-uploads", "2",
                "camel.component.onedrive.max-bytes-per-second", "500 kB",
                "camel.component.onedrive.graph-endpoint", "http://127.0.0.1:8089/v1.0",
                "camel.component.onedrive.verify", "size"));
        main.setOverrideProperties(properties);
        UploadListener listener = event -> {
        };
        main.bind("anyName", listener);
        main.start();
        try {
            OneDriveEndpoint endpoint = main.getCamelContext().getEndpoint("onedrive:x", OneDriveEndpoint.class);
            assertThat(endpoint.uploadOptions().chunkSize()).isEqualTo(5 * 1024 * 1024);
            assertThat(endpoint.uploadOptions().simpleUploadLimit()).isZero();
            assertThat(endpoint.uploadOptions().verification()).isEqualTo(Verification.size);
            assertThat(endpoint.getConfiguration().getMaxConcurrentUploads()).isEqualTo(2);
            assertThat(endpoint.getMaxBytesPerSecond()).isEqualTo("500 kB");
            assertThat(endpoint.graphEndpoint(java.util.Optional.empty())).hasPort(8089);
            assertThat(endpoint.getConfiguration().getUploadListener()).isSameAs(listener);
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
            "chunkSize=5000000, 4915200 and 5242880",
            "chunkSize=60MB, nearest legal size is 62586880",
            "chunkSize=1, nearest legal size is 327680",
            "chunkSize=0, nearest legal size is 327680",
            "chunkSize=10 parrots, is not a size",
            "simpleUploadLimit=251MB, from 0 to 262144000",
            "maxConcurrentUploads=0, at least 1",
            "maxBytesPerSecond=0, at least 1 kB",
            "maxBytesPerSecond=1023, at least 1 kB",
            "maxBytesPerSecond=-1, is not a size",
            "maxBytesPerSecond=fast, is not a size",
            "driveId=a&siteId=b, only one of",
            "cloud=moon, usgov-dod",
            "cloud=moon&graphEndpoint=http://127.0.0.1:1/v1.0&loginEndpoint=http://127.0.0.1:1, usgov-dod",
            "folderPath=/bad:folder, bad:folder",
            "folderPath=../x, relative step",
            "graphEndpoint=http://graph.example.org/v1.0, https",
            "graphEndpoint=http://127.0.0.1.example.org/v1.0, https",
            "graphEndpoint=http://user@127.0.0.1/v1.0, user",
            "loginEndpoint=http://10.0.0.1, https" })
    void anIllegalOptionIsRefusedAtTheStart(String option, String reason) {
        assertThatThrownBy(() -> context.getEndpoint("onedrive:offsite?" + option)).rootCause().hasMessageContaining(reason);
    }

    @Test
    void withoutALimitNothingHoldsUploadsBack() {
        OneDriveEndpoint endpoint = context.getEndpoint("onedrive:offsite", OneDriveEndpoint.class);

        assertThat(endpoint.getMaxBytesPerSecond()).isNull();
        assertThat(endpoint.uploadRate().isLimited()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://127.0.0.1:1/v1.0", "http://[::1]:1/v1.0", "http://localhost:1/v1.0",
            "https://proxy.example.org/graph/v1.0" })
    @Tag("C102")
    void anEndpointOverHttpsOrOnThisMachineIsFine(String address) {
        assertThat(context.getEndpoint("onedrive:offsite?graphEndpoint=" + address)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
            "global, https://graph.microsoft.com/v1.0, https://login.microsoftonline.com",
            "usgov, https://graph.microsoft.us/v1.0, https://login.microsoftonline.us",
            "usgov-dod, https://dod-graph.microsoft.us/v1.0, https://login.microsoftonline.us",
            "china, https://microsoftgraph.chinacloudapi.cn/v1.0, https://login.partner.microsoftonline.cn" })
    @Tag("C101")
    void theCloudPicksBothHosts(String cloud, String graph, String login) {
        OneDriveEndpoint endpoint = context.getEndpoint("onedrive:offsite?cloud=" + cloud, OneDriveEndpoint.class);

        assertThat(endpoint.graphEndpoint(java.util.Optional.empty())).hasToString(graph);
        assertThat(endpoint.loginEndpoint()).hasToString(login);
    }

    @Test
    void secretsAreMaskedWhereverTheUriIsShown() {
        OneDriveEndpoint endpoint = context.getEndpoint("onedrive:offsite?clientId=my-client&clientSecret=my-canary"
                + "&refreshToken=my-token", OneDriveEndpoint.class);

        assertThat(endpoint.toString()).doesNotContain("my-canary", "my-token", "my-client");
        assertThat(org.apache.camel.util.URISupport.sanitizeUri(endpoint.getEndpointUri()))
                .doesNotContain("my-canary", "my-token");
    }

    @Test
    void theCatalogKnowsTheComponent() throws Exception {
        RuntimeCamelCatalog catalog = PluginHelper.getRuntimeCamelCatalog(context);

        assertThat(catalog.componentJSonSchema("onedrive")).contains("\"folderPath\"");
        assertThat(catalog.validateProperties("onedrive", Map.of("destination", "x", "chunkSiz", "1")).isSuccess()).isFalse();
        assertThat(context.getCamelContextExtension().getEndpointUriFactory("onedrive").secretPropertyNames())
                .contains("clientSecret", "refreshToken", "proxyAuthPassword");
        assertThat(context.getComponent("onedrive").getComponentPropertyConfigurer())
                .isInstanceOf(OneDriveComponentConfigurer.class);
    }
}
