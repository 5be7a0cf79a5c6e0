package io.github.camelonedrive.backup.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.LoginClient;
import io.github.camelonedrive.component.OneDriveComponent;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.graph.DriveAddress;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.GraphClient;
import io.github.camelonedrive.graph.People;
import io.github.camelonedrive.transport.Endpoints;
import io.github.camelonedrive.transport.RetrySettings;
import io.github.camelonedrive.transport.ThrottleGate;
import io.github.camelonedrive.transport.TimeSource;

/** What signing in takes, with the addresses, proxy and TLS settings that the component has. */
public final class IdentityCalls {

    private static final RetrySettings HARDLY = new RetrySettings(1, Duration.ofSeconds(1), Duration.ofSeconds(5));

    private final OneDriveComponent component;

    public IdentityCalls(CamelRuntime runtime) {
        this.component = runtime.context().getComponent("onedrive", OneDriveComponent.class);
    }

    public LoginClient login() {
        return component.loginClient();
    }

    /** Whose account the token is for; empty when OneDrive does not tell. */
    public Optional<String> account(AccessToken token, Cloud ofDestination) throws InterruptedException {
        try {
            return Optional.of(new People(client(token, ofDestination), "").me().toString()).filter(name -> !name.isBlank());
        } catch (OneDriveException e) {
            return Optional.empty();
        }
    }

    /** Returns the id of the account's own drive; empty if OneDrive does not tell. */
    public Optional<String> driveId(AccessToken token, Cloud ofDestination) throws InterruptedException {
        try {
            return Optional.of(new DriveItems(client(token, ofDestination), DriveAddress.of(DriveSelector.ME), "").drive().id())
                    .filter(id -> !id.isBlank());
        } catch (OneDriveException e) {
            return Optional.empty();
        }
    }

    private GraphClient client(AccessToken token, Cloud ofDestination) {
        return new GraphClient(component.httpClient(component.getConfiguration()), graph(ofDestination),
                () -> token, new ThrottleGate(TimeSource.SYSTEM), HARDLY, TimeSource.SYSTEM, new Random());
    }

    private URI graph(Cloud ofDestination) {
        OneDriveConfiguration options = component.getConfiguration();
        if (options.getGraphEndpoint() != null) {
            return Endpoints.requireSafe("graphEndpoint", options.getGraphEndpoint());
        }
        Cloud cloud = Optional.ofNullable(options.getCloud()).map(Cloud::parse).orElse(ofDestination);
        return URI.create(cloud.graphEndpoint());
    }
}
