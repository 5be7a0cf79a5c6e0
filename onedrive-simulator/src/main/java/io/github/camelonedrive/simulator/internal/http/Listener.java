package io.github.camelonedrive.simulator.internal.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;

/** The socket on 127.0.0.1, with TLS or without, and the threads that serve it. */
public final class Listener {
    static {
        // Without it each response waits 40 ms for the client's delayed ACK. Read once, when the first server is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int CLOSE_SECONDS = 5;

    private final HttpServer server;
    private final SelfSignedCertificate certificate;
    private final DateSkew skew;
    private final SimulatorSettings settings;
    private final ExecutorService threads = Executors.newCachedThreadPool(Listener::daemon);

    private Listener(HttpServer server, SelfSignedCertificate certificate, DateSkew skew, SimulatorSettings settings) {
        this.server = server;
        this.certificate = certificate;
        this.skew = skew;
        this.settings = settings;
    }

    /** Takes the port; nothing is served until {@link #serve}. */
    public static Listener open(SimulatorSettings settings) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), settings.port);
        if (!settings.tls) {
            return settings.dateOffset.isZero() ? new Listener(HttpServer.create(address, 0), null, null, settings)
                    : openSkewed(settings);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        try {
            boolean given = settings.sslContext != null;
            SelfSignedCertificate certificate = given ? null : SelfSignedCertificate.create(settings.tlsHosts);
            SSLContext context = given ? settings.sslContext : certificate.sslContext();
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return new Listener(server, certificate, null, settings);
        } catch (IOException e) {
            server.stop(0);
            throw e;
        }
    }

    private static Listener openSkewed(SimulatorSettings settings) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        try {
            DateSkew skew = DateSkew.open(settings.port, server.getAddress().getPort(), settings.dateOffset);
            return new Listener(server, null, skew, settings);
        } catch (IOException e) {
            server.stop(0);
            throw e;
        }
    }

    public void serve(HttpHandler requests) {
        server.setExecutor(threads);
        server.createContext("/", requests);
        server.start();
    }

    /** Scheme, host and port, {@code http://127.0.0.1:8089} for example. */
    public String address() {
        return scheme() + "://127.0.0.1:" + (skew == null ? server.getAddress().getPort() : skew.port());
    }

    public PublicUrl publicUrl() {
        return new PublicUrl(scheme(), address(), settings.publicUrl, settings.contentUrl);
    }

    /** @throws IllegalStateException if none was made */
    public SelfSignedCertificate certificate() {
        if (certificate == null) {
            throw new IllegalStateException("The simulator made no certificate. Ask for one with builder().tls().");
        }
        return certificate;
    }

    /** Ends stalls and connections, and waits a little for the threads. */
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            if (skew != null) {
                skew.close();
            }
            threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            if (certificate != null) {
                certificate.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator's socket could not be closed, or its certificate not deleted.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String scheme() {
        return server instanceof HttpsServer ? "https" : "http";
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "onedrive-simulator");
        thread.setDaemon(true);
        return thread;
    }
}
