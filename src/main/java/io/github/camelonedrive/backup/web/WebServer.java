package io.github.camelonedrive.backup.web;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.settings.ConsoleSettings;
import io.github.camelonedrive.backup.settings.ObserveSettings;
import io.github.camelonedrive.backup.web.Site.Answer;
import io.github.camelonedrive.component.OneDriveComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows pages, health and metrics over HTTP, on one address or two. The JDK's own server: Camel's brings Vert.x and Netty,
 * which cost {@code run} a second of CPU time at its start and 40 MB.
 */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    // Camel's exposure level that also shows checks that are up, where our warnings are.
    private static final String ALL = "full";

    // In seconds, for a whole request: a client that sends none must not keep others from health.
    private static final String LONGEST_REQUEST = "30";

    private final List<Site> sites = new ArrayList<>();
    private final ConsoleSettings console;
    private final ObserveSettings observe;

    private WebServer(ConsoleSettings console, ObserveSettings observe) {
        this.console = console;
        this.observe = observe;
    }

    /**
     * Starts what the settings ask for. Where an address is not available, backups go on without it, and the log has a
     * remedy.
     *
     * @param context with the component
     * @param metrics the text of the metrics
     */
    public static WebServer start(ConsoleSettings console, ObserveSettings observe, CamelContext context,
                                  Supplier<String> metrics) {
        if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
            System.setProperty("sun.net.httpserver.maxReqTime", LONGEST_REQUEST);
        }
        WebServer web = new WebServer(console, observe);
        OneDriveComponent component = context.getComponent("onedrive", OneDriveComponent.class);
        Map<String, Site.Page> pages = pages(component);
        Map<String, Site.Page> observed = observed(component, context, metrics);
        if (console.enabled() && observe.enabled() && web.isOneAddress()) {
            pages.putAll(observed);
            web.open(web.commonHost(), console.port(), "backup.console", pages);
        } else {
            if (console.enabled()) {
                web.open(console.host(), console.port(), "backup.console", pages);
            }
            if (observe.enabled()) {
                web.open(observe.host(), observe.port(), "backup.observe", observed);
            }
        }
        return web;
    }

    private static Map<String, Site.Page> pages(OneDriveComponent component) {
        Map<String, Site.Page> pages = new LinkedHashMap<>();
        pages.put("/", () -> destinations(component));
        pages.put("/style.css", () -> new Answer(200, "text/css; charset=utf-8", DestinationsPage.STYLE));
        return pages;
    }

    private static Map<String, Site.Page> observed(OneDriveComponent component, CamelContext context,
                                                   Supplier<String> metrics) {
        Map<String, Site.Page> pages = new LinkedHashMap<>();
        pages.put("/observe/health", () -> health(HealthCheckHelper.invoke(context, ALL)));
        pages.put("/observe/health/live", () -> health(HealthCheckHelper.invokeLiveness(context, ALL)));
        pages.put("/observe/health/ready", () -> health(HealthCheckHelper.invokeReadiness(context, ALL)));
        pages.put("/observe/metrics", () -> metrics(component, metrics));
        return pages;
    }

    // One port can't be had twice where one of the addresses is that of all interfaces.
    private boolean isOneAddress() {
        return console.port() == observe.port()
                && (console.host().equals(observe.host()) || isAll(console.host()) || isAll(observe.host()));
    }

    private String commonHost() {
        return isAll(observe.host()) ? observe.host() : console.host();
    }

    private static boolean isAll(String host) {
        return host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
    }

    private void open(String host, int port, String setting, Map<String, Site.Page> pages) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
            Site site = Site.open(address, pages, console.publicUrl());
            sites.add(site);
            announce(site.address(), pages);
            if (!address.getAddress().isLoopbackAddress()) {
                warn(host, setting, pages);
            }
        } catch (IOException e) {
            LOG.warn("{} not shown: {}:{} can't be listened on ({}). {} Backups go on without.", what(pages), host, port,
                    e.getMessage(), remedy(e, setting));
        }
    }

    private static String what(Map<String, Site.Page> pages) {
        return !pages.containsKey("/") ? "Health and metrics are"
                : pages.containsKey("/observe/health") ? "Pages, health and metrics are" : "Pages are";
    }

    private static String remedy(IOException e, String setting) {
        return e instanceof BindException
                ? "If another program has the port, set " + setting + ".port to another one, or to 0 for a free one; " + setting
                        + ".enabled=false switches them off."
                : "Check " + setting + ".host.";
    }

    private static void announce(String address, Map<String, Site.Page> pages) {
        if (pages.containsKey("/")) {
            LOG.info("Pages: {}/", address);
        }
        if (pages.containsKey("/observe/health")) {
            LOG.info("Health: {}/observe/health, metrics: {}/observe/metrics.", address, address);
        }
    }

    private static void warn(String host, String setting, Map<String, Site.Page> pages) {
        if (pages.containsKey("/")) {
            LOG.warn("{}.host is {}, but pages are served on loopback addresses only: they have no password and no TLS. Reach"
                    + " them with ssh -L, or by a proxy on this machine with a sign-in of its own.", setting, host);
        }
        if (pages.containsKey("/observe/health")) {
            LOG.warn("{}.host is {}: everyone who reaches this machine can read health and metrics, with the names of watches,"
                    + " destinations and files, without a password and without TLS.", setting, host);
        }
    }

    private static Answer destinations(OneDriveComponent component) {
        try {
            return new Answer(200, "text/html; charset=utf-8", DestinationsPage.of(component.destinationStates()));
        } catch (IOException e) {
            return new Answer(200, "text/html; charset=utf-8", DestinationsPage.ofTrouble(Failures.message(e)));
        }
    }

    private static Answer health(Collection<HealthCheck.Result> results) {
        HealthReport report = HealthReport.of(results);
        return new Answer(report.up() ? 200 : 503, "application/json", report.json());
    }

    private static Answer metrics(OneDriveComponent component, Supplier<String> metrics) {
        component.updateMeters();
        return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get());
    }

    @Override
    public void close() {
        sites.forEach(Site::close);
    }
}
