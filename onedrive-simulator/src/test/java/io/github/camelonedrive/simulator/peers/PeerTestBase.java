package io.github.camelonedrive.simulator.peers;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SimulatorTestBase;

/** A simulator that an unmodified client finds, over TLS and through a proxy, under Microsoft's host names. */
abstract class PeerTestBase extends SimulatorTestBase {
    static final Set<String> HOSTS = Set.of("graph.microsoft.com", "login.microsoftonline.com",
            "fabrikam-my.sharepoint.com", "my.microsoftpersonalcontent.com");

    ConnectProxy proxy;

    void startForPeer(AccountType type, UnaryOperator<OneDriveSimulatorBuilder> configuration) throws IOException {
        String contentHost = type.isPersonal() ? "my.microsoftpersonalcontent.com" : "fabrikam-my.sharepoint.com";
        simulator = configuration.apply(OneDriveSimulator.builder().accountType(type)
                .tlsHosts(HOSTS.toArray(String[]::new)).contentUrl(URI.create("https://" + contentHost))).start();
        proxy = new ConnectProxy(simulator.loginEndpoint(), HOSTS);
    }

    @AfterEach
    void closeProxy() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
    }

    /** What the client did that a good client does not do, without the items that it did it to. */
    List<String> manners() {
        return simulator.violations().stream()
                .map(violation -> violation.substring(violation.lastIndexOf(": ") + 1).trim()).toList();
    }
}
