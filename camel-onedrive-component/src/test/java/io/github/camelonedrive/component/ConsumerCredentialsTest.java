package io.github.camelonedrive.component;

import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where a consumer has its credentials from, which comes before every step of a route. */
class ConsumerCredentialsTest {

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    private Path directory;

    private DefaultCamelContext context() {
        OneDriveSimulator onedrive = extension.simulator();
        onedrive.putFile("/Inbox/a.txt", "1".getBytes());
        DefaultCamelContext context = new DefaultCamelContext();
        OneDriveConfiguration options = context.getComponent("onedrive", OneDriveComponent.class).getConfiguration();
        options.setGraphEndpoint(onedrive.graphEndpoint().toString());
        options.setLoginEndpoint(onedrive.loginEndpoint().toString());
        return context;
    }

    /** A vault with the destination {@code offsite}, whose folder is {@code /Inbox}. */
    private EncryptedCredentialProcessor processor() throws Exception {
        OneDriveSimulator onedrive = extension.simulator();
        Vault vault = Vault.create(directory.resolve("vault.json"), MasterKey.generate(directory.resolve("key")));
        vault.add(Destination.of("offsite", Secret.of(onedrive.clientId()))
                .withCredential(new ClientCredential.ClientSecret(Secret.of(onedrive.clientSecret())))
                .withRefreshToken(Secret.of(onedrive.refreshToken())).withFolderPath("/Inbox"));
        return new EncryptedCredentialProcessor(vault);
    }

    private static String received(DefaultCamelContext context, String uri) throws Exception {
        try (ConsumerTemplate template = context.createConsumerTemplate()) {
            Exchange exchange = template.receive(uri, 5_000);
            try {
                return exchange.getMessage().getBody(String.class);
            } finally {
                template.doneUoW(exchange);
            }
        }
    }

    @Test
    void theBeanOfTheRoutesServesConsumersToo() throws Exception {
        try (DefaultCamelContext context = context()) {
            context.getRegistry().bind("onedriveCredentials", processor());
            context.start();
            assertThat(received(context, "onedrive:offsite")).isEqualTo("1");
        }
    }

    @Test
    void anotherBeanIsNamedByTheOptionForConsumersAndProducers() throws Exception {
        try (DefaultCamelContext context = context()) {
            context.getRegistry().bind("mine", processor());
            context.start();
            assertThat(received(context, "onedrive:offsite?credentials=#mine")).isEqualTo("1");
            context.createProducerTemplate().requestBodyAndHeaders("onedrive:offsite?credentials=#mine", "2",
                    Map.of(Exchange.FILE_NAME, "b.txt"));
            assertThat(extension.simulator().file("/Inbox/b.txt")).isPresent();
        }
    }

    @Test
    void anUnknownDestinationFailsEachPoll() throws Exception {
        try (DefaultCamelContext context = context()) {
            context.getRegistry().bind("onedriveCredentials", processor());
            context.start();
            assertThatThrownBy(() -> received(context, "onedrive:elsewhere")).hasMessageContaining("elsewhere");
        }
    }

    @Test
    void withoutCredentialsTheWaysAreNamed() throws Exception {
        try (DefaultCamelContext context = context()) {
            context.start();
            assertThatThrownBy(() -> received(context, "onedrive:offsite"))
                    .hasMessageContaining("There are no credentials for the destination 'offsite'")
                    .hasMessageContaining("register an EncryptedCredentialProcessor as the bean onedriveCredentials")
                    .hasMessageContaining("refreshToken");
        }
    }
}
