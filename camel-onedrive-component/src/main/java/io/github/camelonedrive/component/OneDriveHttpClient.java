package io.github.camelonedrive.component;

import java.util.Objects;

import org.apache.hc.client5.http.classic.HttpClient;

/**
 * An HTTP client that takes the place of the component's own, for tests that answer requests themselves. A type of its own, so
 * that no client which an application has for other purposes is taken for it.
 *
 * @param client must follow no redirects and repeat no request by itself: each could send a token or a fragment where it does
 *               not belong. It is not closed by the component, and the options for TLS, proxies and timeouts do not apply to
 * it.
 */
public record OneDriveHttpClient(HttpClient client) {

    public OneDriveHttpClient {
        Objects.requireNonNull(client, "client");
    }
}
