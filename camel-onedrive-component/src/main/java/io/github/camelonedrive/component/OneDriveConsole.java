package io.github.camelonedrive.component;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;


/** Camel's developer console {@code onedrive}: the destinations of the vaults in use, and uploads, without secrets. */
@DevConsole(name = "onedrive", displayName = "OneDrive",
            description = "Destinations in OneDrive, how they sign in, and uploads")
public class OneDriveConsole extends AbstractDevConsole {

    public OneDriveConsole() {
        super("onedrive", "onedrive", "OneDrive", "Destinations in OneDrive, how they sign in, and uploads");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        return destinations() + component().map(OneDriveConsole::uploads).orElse("");
    }

    private String destinations() {
        try {
            StringBuilder text = new StringBuilder();
            for (DestinationState state : states()) {
                text.append(line(state));
            }
            return text.isEmpty() ? "No destinations\n" : text.toString();
        } catch (IOException | RuntimeException e) {
            return trouble(e) + "\n";
        }
    }

    private static String uploads(OneDriveComponent component) {
        UploadActivity uploads = component.uploads();
        StringBuilder text = new StringBuilder("Uploads: ").append(uploads.uploaded()).append(" done, ")
                .append(uploads.failed()).append(" failed, ").append(uploads.bytesSent()).append(" bytes sent, ")
                .append(uploads.retries()).append(" retries").append(component.isUploadsPaused() ? ", paused\n" : "\n");
        uploads.inProgress().forEach(upload -> text.append("    ").append(upload.handle()).append(": ").append(upload.target())
                .append(" to ").append(upload.destination()).append(", ").append(upload.offset()).append(" of ")
                .append(upload.size()).append(" bytes since ").append(upload.since())
                .append(upload.waitingUntil().map(until -> ", waiting until " + until).orElse("")).append('\n'));
        uploads.lastFailure().ifPresent(end -> text.append("    last failure ").append(end.at()).append(' ')
                .append(end.target()).append(": ").append(end.problem()).append('\n'));
        return text.toString();
    }

    private String line(DestinationState state) {
        StringBuilder line = new StringBuilder(state.name()).append(": signs in as ").append(state.signIn())
                .append(", proof ").append(state.credential());
        state.end().ifPresent(end -> line.append(", ends ").append(end.lastDay()).append(" (").append(end.daysLeft(state.at()))
                .append(" days)"));
        line.append(", last sign-in ").append(state.lastSignIn().map(Object::toString).orElse("not known"));
        if (!state.throttled().isZero()) {
            line.append(", throttled until ").append(state.at().plus(state.throttled()));
        }
        state.warning(ProgramWords.of(getCamelContext())).ifPresent(warning -> line.append("\n    ").append(warning));
        return line.append('\n').toString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonObject root = new JsonObject();
        try {
            JsonArray destinations = new JsonArray();
            states().forEach(state -> destinations.add(json(state)));
            root.put("destinations", destinations);
        } catch (IOException | RuntimeException e) {
            root.put("error", trouble(e));
        }
        component().ifPresent(component -> root.put("uploads", json(component)));
        return root;
    }

    private static JsonObject json(OneDriveComponent component) {
        UploadActivity uploads = component.uploads();
        JsonObject json = new JsonObject();
        json.put("uploaded", uploads.uploaded());
        json.put("failed", uploads.failed());
        json.put("resumed", uploads.resumed());
        json.put("retries", uploads.retries());
        json.put("bytesSent", uploads.bytesSent());
        json.put("paused", component.isUploadsPaused());
        JsonArray underWay = new JsonArray();
        uploads.inProgress().forEach(upload -> underWay.add(json(upload)));
        json.put("underWay", underWay);
        uploads.lastSuccess().ifPresent(end -> json.put("lastSuccess", end.at().toString()));
        uploads.lastFailure().ifPresent(end -> {
            json.put("lastFailure", end.at().toString());
            json.put("lastFailureReason", end.target() + ": " + end.problem());
        });
        return json;
    }

    private static JsonObject json(UploadInProgress upload) {
        JsonObject json = new JsonObject();
        json.put("handle", upload.handle());
        json.put("destination", upload.destination());
        json.put("target", upload.target());
        json.put("size", upload.size());
        json.put("offset", upload.offset());
        json.put("mode", upload.mode());
        json.put("since", upload.since().toString());
        upload.waitingUntil().ifPresent(until -> json.put("waitingUntil", until.toString()));
        return json;
    }

    private JsonObject json(DestinationState state) {
        JsonObject json = new JsonObject();
        json.put("name", state.name());
        json.put("signIn", state.signIn().name());
        json.put("credential", state.credential());
        state.end().ifPresent(end -> {
            json.put("end", end.end().truncatedTo(ChronoUnit.SECONDS).toString());
            json.put("daysLeft", end.daysLeft(state.at()));
        });
        state.warning(ProgramWords.of(getCamelContext())).ifPresent(warning -> json.put("warning", warning));
        state.lastSignIn().ifPresent(time -> json.put("lastSignIn", time.toString()));
        if (!state.throttled().isZero()) {
            json.put("throttledUntil", state.at().plus(state.throttled()).toString());
        }
        return json;
    }

    private List<DestinationState> states() throws IOException {
        Optional<OneDriveComponent> component = component();
        return component.isPresent() ? component.get().destinationStates() : List.of();
    }

    private Optional<OneDriveComponent> component() {
        return Optional.ofNullable((OneDriveComponent) getCamelContext().hasComponent("onedrive"));
    }

    private String trouble(Exception e) {
        return "The vault can't be used: " + ProgramWords.message(getCamelContext(), e);
    }
}
