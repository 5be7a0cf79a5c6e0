package io.github.camelonedrive.component;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

import javax.tools.ToolProvider;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.auth.RefreshTokenStore;
import io.github.camelonedrive.auth.StoredRefreshToken;
import io.github.camelonedrive.page.Example;
import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The option {@code refreshTokenStore}, with the store that the component's page shows, compiled as printed. */
@Timeout(120)
class RefreshTokenStoreRouteTest {

    private static final byte[] CONTENT = SimulatedRoute.content(100);

    private final String password = UUID.randomUUID().toString();

    @TempDir
    Path directory;

    @Test
    void restart_goesOnWithTheStoredToken() throws Exception {
        try (OneDriveSimulator onedrive = OneDriveSimulator.builder().invalidateOldRefreshTokens(true).start()) {
            String configured = onedrive.refreshToken();
            upload(onedrive, configured, "onedrive:offsite?refreshTokenStore=#tokens");
            assertThat(onedrive.refreshToken()).isNotEqualTo(configured);

            upload(onedrive, configured, "onedrive:offsite?refreshTokenStore=#tokens");

            assertThat(shownStore().load("offsite").map(token -> token.refreshToken().reveal()))
                    .contains(onedrive.refreshToken());
            assertThatThrownBy(() -> upload(onedrive, configured, "onedrive:offsite"))
                    .as("the configured token is worth nothing by now").hasMessageContaining("invalid_grant");
            assertThat(onedrive.violations()).isEmpty();
        }
    }

    @Test
    void storeOfThePage_showsNoTokenInItsFile() throws Exception {
        try (OneDriveSimulator onedrive = OneDriveSimulator.builder().start()) {
            upload(onedrive, onedrive.refreshToken(), "onedrive:offsite?refreshTokenStore=#tokens");

            Path file = directory.resolve("tokens.p12");
            assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain(onedrive.refreshToken());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            assertThat(shownStore().load("elsewhere")).isEmpty();
        }
    }

    @Test
    void onlyStoreInTheRegistry_isUsedByItself() throws Exception {
        RefreshTokenStore store = new RefreshTokenStore() {
            @Override
            public Optional<StoredRefreshToken> load(String destination) {
                return Optional.empty();
            }

            @Override
            public void store(String destination, StoredRefreshToken token) {
            }
        };
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("anything", store);
            context.start();

            assertThat(context.getEndpoint("onedrive:offsite", OneDriveEndpoint.class).getConfiguration()
                    .getRefreshTokenStore()).isSameAs(store);
        }
    }

    private void upload(OneDriveSimulator onedrive, String configured, String uri) throws Exception {
        try (SimulatedRoute route = new SimulatedRoute(onedrive)) {
            route.component().getConfiguration().setRefreshToken(configured);
            if (uri.contains("#tokens")) {
                route.context().getRegistry().bind("tokens", shownStore());
            }
            route.upload(uri, "a.sql", CONTENT);
        }
    }

    private RefreshTokenStore shownStore() throws Exception {
        Path classes = directory.resolve("classes");
        if (Files.notExists(classes)) {
            Files.createDirectory(classes);
            Path source = Files.writeString(directory.resolve("KeyStoreTokens.java"), Example.source("token-store"));
            assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp",
                    System.getProperty("java.class.path"), "-d", classes.toString(), source.toString())).isZero();
        }
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        return (RefreshTokenStore) loader.loadClass("KeyStoreTokens").getConstructor(String.class, String.class)
                .newInstance(directory.resolve("tokens.p12").toString(), password);
    }
}
