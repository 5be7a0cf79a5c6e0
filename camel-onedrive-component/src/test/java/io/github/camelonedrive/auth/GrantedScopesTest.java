package io.github.camelonedrive.auth;

import java.util.Optional;
import java.util.Set;

import com.nimbusds.oauth2.sdk.Scope;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.Grant;
import io.github.camelonedrive.credentials.Permission;
import io.github.camelonedrive.credentials.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GrantedScopesTest {

    private static final String OWN = "Files.ReadWrite User.Read offline_access";

    private final Destination mine = Destination.of("mine", Secret.of("test-client-id"));
    private final LoginSettings usual = LoginSettings.defaults();

    @Test
    void newDestination_asksForTheOwnDrive_andOtherDrivesForAll() {
        assertThat(usual.scope(ClientIdentity.toSignIn(mine))).isEqualTo(OWN);
        assertThat(usual.scope(ClientIdentity.toSignIn(mine.withDrive(new DriveSelector(DriveSelector.Kind.SITE, "x")))))
                .isEqualTo("Files.ReadWrite.All User.Read offline_access");
        assertThat(usual.scope(ClientIdentity.toSignIn(mine.withPermission(Permission.APP_FOLDER))))
                .isEqualTo("Files.ReadWrite.AppFolder User.Read offline_access");
    }

    @Test
    void permissionThatDoesNotCoverTheDrive_isRefused() {
        Destination site = mine.withDrive(new DriveSelector(DriveSelector.Kind.DRIVE, "b!x"));

        assertThatThrownBy(() -> site.withPermission(Permission.OWN)).hasMessageContaining("permission all");
        assertThatThrownBy(() -> site.withPermission(Permission.APP_FOLDER)).hasMessageContaining("permission all");
        assertThatThrownBy(() -> Permission.parse("everything")).hasMessageContaining("own, all, app-folder");
    }

    @Test
    void refresh_asksForWhatWasGranted_whateverIsConfiguredOrWantedNow() {
        Destination granted = mine.withRefreshToken(Secret.of("test-refresh-token"),
                Optional.of(Grant.of(Set.of("Files.ReadWrite", "User.Read", "offline_access"))));
        Destination widened = granted.withPermission(Permission.ALL);

        assertThat(usual.scope(ClientIdentity.of(widened))).isEqualTo(OWN);
        assertThat(usual.withScope("Mail.Read offline_access").scope(ClientIdentity.of(widened))).isEqualTo(OWN);
        assertThat(usual.scope(ClientIdentity.toSignIn(widened))).startsWith("Files.ReadWrite.All ");
    }

    @Test
    void refresh_withoutAKnownGrant_asksForWhatIsConfiguredElseForThePermission() {
        Destination unknown = mine.withRefreshToken(Secret.of("test-refresh-token"));

        assertThat(usual.scope(ClientIdentity.of(unknown))).isEqualTo(OWN);
        assertThat(usual.withScope("Sites.Selected offline_access").scope(ClientIdentity.of(unknown)))
                .isEqualTo("Sites.Selected offline_access");
    }

    @Test
    void grant_isWhatWasAskedForAndGranted() {
        assertThat(Scopes.granted(OWN, Set.of())).as("RFC 6749: none named means as asked")
                .containsExactlyInAnyOrder("Files.ReadWrite", "User.Read", "offline_access");
        assertThat(Scopes.granted(OWN, Set.of("files.readwrite", "Files.ReadWrite.All", "User.Read", "profile")))
                .as("older grants are not used").containsExactlyInAnyOrder("Files.ReadWrite", "User.Read", "offline_access");
        assertThat(Scopes.granted(OWN, Set.of("Files.ReadWrite")))
                .containsExactlyInAnyOrder("Files.ReadWrite", "offline_access");
        assertThat(Scopes.granted(OWN, Set.of("Files.Read", "User.Read")))
                .containsExactlyInAnyOrder("Files.Read", "User.Read", "offline_access");
    }

    @Test
    void namesOfEveryCloud_areKeptShort() {
        assertThat(Scopes.shortNames(Scope.parse("https://graph.microsoft.com/Files.ReadWrite User.Read"
                + " https://microsoftgraph.chinacloudapi.cn/Files.Read https://dod-graph.microsoft.us/X openid")))
                .containsExactly("Files.ReadWrite", "User.Read", "Files.Read", "X", "openid");
    }
}
