package io.github.camelonedrive.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * Sends Nimbus' requests through an Apache HttpClient 5, so that its proxy, TLS, timeout and User-Agent settings apply.
 * Redirects are not followed: a form with secrets goes to the configured address or nowhere.
 */
final class NimbusHttpSender implements HTTPRequestSender {

    static final int MAX_BODY = 1024 * 1024;

    /** Without a charset: this type has none, and what is in the form is ASCII after encoding. */
    private static final ContentType FORM = ContentType.create("application/x-www-form-urlencoded");

    private final HttpClient client;

    NimbusHttpSender(HttpClient client) {
        this.client = client;
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(withoutRedirects());
        return client.execute(convert(request), context, NimbusHttpSender::convert);
    }

    private RequestConfig withoutRedirects() {
        RequestConfig own = client instanceof Configurable configurable ? configurable.getConfig() : null;
        return (own == null ? RequestConfig.custom() : RequestConfig.copy(own)).setRedirectsEnabled(false).build();
    }

    private static ClassicHttpRequest convert(ReadOnlyHTTPRequest request) {
        ClassicRequestBuilder builder = ClassicRequestBuilder.create(request.getMethod().name()).setUri(request.getURI());
        request.getHeaderMap().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Content-Type")) {
                values.forEach(value -> builder.addHeader(name, value));
            }
        });
        return builder.setEntity(new StringEntity(request.getBody(), FORM)).build();
    }

    private static HTTPResponse convert(ClassicHttpResponse answer) throws IOException {
        HTTPResponse response = new HTTPResponse(answer.getCode());
        for (Header header : answer.getHeaders()) {
            response.setHeader(header.getName(), header.getValue());
        }
        response.setBody(body(answer.getEntity()));
        return response;
    }

    private static String body(HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        try (InputStream in = entity.getContent()) {
            byte[] body = in.readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                throw new IOException("The answer is longer than 1 MB");
            }
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
