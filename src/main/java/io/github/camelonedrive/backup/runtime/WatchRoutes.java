package io.github.camelonedrive.backup.runtime;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.settings.Settings;
import io.github.camelonedrive.backup.watch.Watch;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.file.FileEndpoint;

/** Makes a route of each watch, from the template {@code watch} that an operator can read and change. */
public final class WatchRoutes {

    /** The template's id in {@code routes/watch.camel.yaml}. */
    public static final String TEMPLATE = "watch";

    private static final List<String> NO_PROOF = List.of("size", "none");

    private WatchRoutes() {
    }

    /**
     * @param  who what refuses, as the start of a sentence: {@code Watched directories refuse}
     * @throws BackupException when the settings ask for uploads that prove nothing
     */
    public static void requireProof(Settings settings, String who) throws BackupException {
        Optional<String> verify = settings.componentOption("verify").map(text -> text.toLowerCase(Locale.ROOT));
        if (verify.isPresent() && NO_PROOF.contains(verify.get())) {
            throw BackupException.usage(who + " camel.component.onedrive.verify=" + verify.get() + ".",
                    "Use hash or readback: a dump only counts as pushed when it is proven.");
        }
    }

    /** Adds and starts the route of a watch. */
    public static void add(CamelRuntime runtime, Watch watch) throws BackupException {
        CamelContext context = runtime.context();
        String name = watch.settings().name();
        try {
            context.getRegistry().bind("dumpFilter-" + name, watch.filter());
            context.getRegistry().bind("dumpProcessStrategy-" + name, watch.processStrategy());
            TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(context, TEMPLATE)
                    .routeId("watch-" + name)
                    .parameter("name", name)
                    .parameter("directory", uriText(uriText(watch.directory().toString())))
                    .parameter("destination", watch.settings().destination())
                    .parameter("recursive", watch.settings().recursive());
            if (watch.settings().folder().isPresent()) {
                route.parameter("folder", raw(watch.settings().folder().get()));
            }
            route.add();
            requireDirectory(context.getRoute("watch-" + name), watch);
            startSweeping(context, watch);
        } catch (BackupException e) {
            throw e;
        } catch (Exception e) {
            throw BackupException.usage("The watch " + name + " can't be started: " + Failures.message(e),
                    "Check its settings and the template '" + TEMPLATE + "' in " + RoutesFolder.WATCH_FILE + ".", e);
        }
    }

    // A path as it is written in a URI, every character that could mean something else percent-encoded. Camel decodes the
    // path of a templated route twice: when it normalizes the URI and when it takes the path from it.
    private static String uriText(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20").replace("%2F", "/");
    }

    // Camel would silently poll nothing, or something else, where a name does not survive its URI: one with a question mark.
    private static void requireDirectory(Route route, Watch watch) throws BackupException {
        if (route.getEndpoint() instanceof FileEndpoint polled && !polled.getFile().toPath().equals(watch.directory())) {
            throw BackupException.usage("Camel can't watch " + watch.directory() + ": it would take " + polled.getFile() + ".",
                    "Rename the directory; a question mark can't be in its path.");
        }
    }

    // Camel takes the text between the brackets as it is; what could end it early can't be inside.
    private static String raw(String value) throws BackupException {
        if (!value.contains(")&")) {
            return "RAW(" + value + ")";
        }
        if (!value.contains("}&")) {
            return "RAW{" + value + "}";
        }
        throw BackupException.usage("The folder " + value + " holds both ')&' and '}&', which Camel can't take.",
                "Choose another folder.");
    }

    private static void startSweeping(CamelContext context, Watch watch) {
        watch.sweepInterval().ifPresent(interval -> {
            ScheduledExecutorService timer = context.getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(watch, "delete-after-" + watch.settings().name());
            timer.scheduleWithFixedDelay(watch::sweep, 0, Math.max(1, interval.toMillis()), TimeUnit.MILLISECONDS);
        });
    }
}
