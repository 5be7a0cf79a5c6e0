package io.github.camelonedrive.component;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.credentials.Secret;

import static org.assertj.core.api.Assertions.assertThat;

/** A test of a route needs no server: it binds an HTTP client that answers. */
class OwnHttpClientTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** The outermost handler of its chain answers, so nothing is ever sent. */
    private CloseableHttpClient answering(String json) {
        return HttpClientBuilder.create().addExecInterceptorFirst("answer", (request, scope, chain) -> {
            asked.add(request.getMethod() + " " + request.getPath());
            BasicClassicHttpResponse response = new BasicClassicHttpResponse(200);
            response.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
            return response;
        }).build();
    }

    private Exchange quota(DefaultCamelContext context) throws Exception {
        context.getRegistry().bind("tokens",
                (TokenProvider) () -> new AccessToken(Secret.of(UUID.randomUUID().toString()), Instant.MAX));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite?operation=getDrive");
            }
        });
        context.start();
        return context.createFluentProducerTemplate().to("direct:in").send();
    }

    @Test
    void theOneInTheRegistryAnswers() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("client", new OneDriveHttpClient(answering("""
                    { "id": "d", "driveType": "personal", "quota": { "total": 10, "used": 4, "remaining": 6 } }
                    """)));
            Exchange exchange = quota(context);

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody(String.class)).contains("\"remaining\":6");
            assertThat(asked).isNotEmpty().allMatch(request -> request.startsWith("GET /v1.0/me/drive"));
        }
    }

    @Test
    void aClientThatAnApplicationHasForOtherPurposesIsNotTaken() throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext(); CloseableHttpClient other = answering("{}")) {
            context.getRegistry().bind("other", other);
            context.start();

            OneDriveComponent component = context.getComponent("onedrive", OneDriveComponent.class);
            assertThat(component.httpClient(component.getConfiguration())).isNotSameAs(other);
        }
    }
}
