package io.github.camelonedrive.component;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.transport.TimeSource;

/**
 * The HTTP clients of a component: one for all endpoints that speak the same way. They follow no redirects, keep no cookies
 * and repeat nothing by themselves, because each of these could send a token or a fragment where it does not belong.
 */
final class HttpClients implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpClients.class);

    /** More than any sensible number of uploads at once, so that the pool is never what they wait for. */
    private static final int MOST_CONNECTIONS = 256;

    private static final List<String> LOUD_LOGGERS = List.of("org.apache.hc.client5.http.headers",
            "org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.impl.classic");

    /** In milliseconds: what is told to stop stops well within a second. */
    private static final long WATCH_INTERVAL = 200;

    private final Map<Settings, CloseableHttpClient> clients = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable housekeeping;
    private ExecutorServiceManager manager;
    private ScheduledExecutorService timer;

    private record Settings(
            SSLContextParameters tls,
            HttpClientConfigurer configurer,
            String proxyScheme,
            String proxyHost,
            Integer proxyPort,
            String proxyUser,
            String proxyPassword,
            long connectTimeout,
            long responseTimeout,
            long connectionRequestTimeout,
            long soTimeout,
            String userAgent) {

        static Settings of(OneDriveConfiguration options) {
            return new Settings(options.getSslContextParameters(), options.getHttpClientConfigurer(),
                    options.getProxyAuthScheme(), options.getProxyHost(), options.getProxyPort(),
                    options.getProxyAuthUsername(), options.getProxyAuthPassword(), options.getConnectTimeout(),
                    options.getResponseTimeout(), options.getConnectionRequestTimeout(),
                    options.getSoTimeout() > 0 ? options.getSoTimeout() : options.getResponseTimeout(), options.getUserAgent());
        }

        @Override
        public String toString() {
            return "HTTP settings";
        }
    }

    /** @param housekeeping done each second as long as there are clients */
    HttpClients(Runnable housekeeping) {
        this.housekeeping = housekeeping;
    }

    CloseableHttpClient client(CamelContext context, TimeSource time, OneDriveConfiguration options) {
        Settings settings = Settings.of(options);
        CloseableHttpClient known = clients.get(settings);
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            CloseableHttpClient first = clients.get(settings);
            if (first == null) {
                first = build(context, time, settings);
                clients.put(settings, first);
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    private CloseableHttpClient build(CamelContext context, TimeSource time, Settings settings) {
        warnOfWireLogging();
        RequestWatch watch = new RequestWatch(time, Duration.ofMillis(settings.responseTimeout));
        timer(context).scheduleWithFixedDelay(watch::check, WATCH_INTERVAL, WATCH_INTERVAL, TimeUnit.MILLISECONDS);
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(connections(context, settings).build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.ofMilliseconds(settings.connectionRequestTimeout))
                        .setResponseTimeout(Timeout.ofMilliseconds(settings.responseTimeout))
                        .setRedirectsEnabled(false)
                        .build())
                .setUserAgent(settings.userAgent)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .addExecInterceptorFirst("watch", watch)
                .evictExpiredConnections()
                .evictIdleConnections(TimeValue.ofSeconds(30));
        if (settings.proxyHost == null) {
            builder.useSystemProperties();
        } else {
            useProxy(builder, settings);
        }
        if (settings.configurer != null) {
            settings.configurer.configureHttpClient(builder);
        }
        return builder.build();
    }

    private ScheduledExecutorService timer(CamelContext context) {
        if (timer == null) {
            manager = context.getExecutorServiceManager();
            timer = manager.newSingleThreadScheduledExecutor(this, "OneDriveRequestWatch");
            timer.scheduleWithFixedDelay(housekeeping, 1, 1, TimeUnit.SECONDS);
        }
        return timer;
    }

    private static PoolingHttpClientConnectionManagerBuilder connections(CamelContext context, Settings settings) {
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout, TimeUnit.MILLISECONDS))
                        .setSocketTimeout(Timeout.of(settings.soTimeout, TimeUnit.MILLISECONDS))
                        .build());
        if (settings.tls != null) {
            try {
                connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(settings.tls.createSSLContext(context)));
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalArgumentException(
                        "The TLS settings (sslContextParameters) can't be used: " + e.getMessage(), e);
            }
        }
        return connections;
    }

    private static void useProxy(HttpClientBuilder builder, Settings settings) {
        if (settings.proxyPort == null) {
            throw new IllegalArgumentException("proxyHost is set but proxyPort is not.");
        }
        HttpHost proxy = new HttpHost(settings.proxyScheme, settings.proxyHost, settings.proxyPort);
        builder.setProxy(proxy);
        if (settings.proxyUser != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            char[] password = settings.proxyPassword == null ? new char[0] : settings.proxyPassword.toCharArray();
            credentials.setCredentials(new AuthScope(proxy), new UsernamePasswordCredentials(settings.proxyUser, password));
            builder.setDefaultCredentialsProvider(credentials);
        }
    }

    /** Below INFO these loggers print Authorization headers and upload addresses; in others' programs we can but say so. */
    private static void warnOfWireLogging() {
        List<String> loud = LOUD_LOGGERS.stream().filter(name -> LoggerFactory.getLogger(name).isDebugEnabled()).toList();
        if (!loud.isEmpty()) {
            LOG.warn("The loggers {} are below INFO: they write access tokens and upload addresses into the log. Set "
                     + "org.apache.hc to INFO.", loud);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            clients.values().forEach(HttpClients::close);
            clients.clear();
            if (timer != null) {
                manager.shutdownNow(timer);
                timer = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private static void close(CloseableHttpClient client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("An HTTP client could not be closed: {}", e.getMessage());
        }
    }
}
