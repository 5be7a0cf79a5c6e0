package io.github.camelonedrive.backup.runtime;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.settings.Settings;
import io.github.camelonedrive.backup.watch.Watch;
import io.github.camelonedrive.component.FileExist;
import io.github.camelonedrive.component.OneDriveComponent;
import io.github.camelonedrive.component.OneDriveEndpoint;
import io.github.camelonedrive.component.OneDriveOperation;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** Makes a route of each watch, from the template {@code watch} that an operator can read and change. */
public final class WatchRoutes {

    /** The template's id in {@code routes/watch.camel.yaml}. */
    public static final String TEMPLATE = "watch";

    private static final List<String> NO_PROOF = List.of("size", "none");
    private static final Pattern OTHER_OPERATION = Pattern.compile("[?&]operation=(?!upload(&|$))");
    private static final Set<String> BRANCHES = Set.of("choice", "when", "otherwise", "filter", "doCatch", "loop", "onFallback",
            "intercept", "onException", "onCompletion");

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
            requireProof(context, name);
            watch.setUploads(uploads((ModelCamelContext) context, "watch-" + name));
            OneDriveComponent onedrive = context.getComponent("onedrive", OneDriveComponent.class);
            watch.setThrottled(() -> onedrive.throttledFor(watch.settings().destination()));
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

    // A step of any route may be reached from a watch's, and its uploads would then count as proof.
    private static void requireProof(CamelContext context, String watch) throws BackupException {
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof OneDriveEndpoint onedrive
                    && onedrive.getConfiguration().getOperation() == OneDriveOperation.upload) {
                String verify = onedrive.getConfiguration().getVerify().name();
                if (NO_PROOF.contains(verify)) {
                    throw BackupException.usage("The watch " + watch + " refuses verify=" + verify + " in the routes: "
                            + onedrive.getEndpointUri() + ".",
                            "Use hash or readback: a dump only counts as pushed when it is proven.");
                }
                requireUpload(onedrive, watch);
            }
        }
    }

    private static void requireUpload(OneDriveEndpoint onedrive, String watch) throws BackupException {
        if (onedrive.getConfiguration().getFileExist() == FileExist.Ignore) {
            throw BackupException.usage("The watch " + watch + " refuses fileExist=Ignore in the routes: "
                    + onedrive.getEndpointUri() + ".",
                    "Use Override, Fail or TryRename: of a file that is there already nothing is proven.");
        }
    }

    // How many uploads a dump reaches in any case. Those on a branch are left out: it may not be taken.
    private static int uploads(ModelCamelContext context, String routeId) {
        return uploads(context, context.getRouteDefinition(routeId), new HashSet<>());
    }

    private static int uploads(ModelCamelContext context, RouteDefinition route, Set<RouteDefinition> seen) {
        return seen.add(route) ? uploads(context, route.getOutputs(), seen) : 0;
    }

    private static int uploads(ModelCamelContext context, List<ProcessorDefinition<?>> steps, Set<RouteDefinition> seen) {
        int count = 0;
        for (ProcessorDefinition<?> step : steps) {
            if (step instanceof ToDefinition to) {
                count += uploads(context, to.getEndpointUri(), seen);
            } else if (step instanceof ToDynamicDefinition dynamic) {
                count += uploads(context, dynamic.getUri(), seen);
            } else if (!BRANCHES.contains(step.getShortName())) {
                count += uploads(context, step.getOutputs(), seen);
            }
        }
        return count;
    }

    // Other routes of this program are followed; where other dynamic steps lead is not known before.
    private static int uploads(ModelCamelContext context, String uri, Set<RouteDefinition> seen) {
        if (uri.startsWith("onedrive:")) {
            return OTHER_OPERATION.matcher(uri).find() ? 0 : 1;
        }
        int count = 0;
        if (uri.startsWith("direct:") || uri.startsWith("seda:")) {
            for (RouteDefinition route : context.getRouteDefinitions()) {
                if (name(route.getInput().getEndpointUri()).equals(name(uri))) {
                    count += uploads(context, route, seen);
                }
            }
        }
        return count;
    }

    private static String name(String uri) {
        return uri.replace("://", ":").replaceFirst("\\?.*", "");
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
        ScheduledExecutorService timer = context.getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(watch, "done-" + watch.settings().name());
        timer.scheduleWithFixedDelay(watch::sweep, 0, watch.sweepInterval().toMillis(), TimeUnit.MILLISECONDS);
    }
}
