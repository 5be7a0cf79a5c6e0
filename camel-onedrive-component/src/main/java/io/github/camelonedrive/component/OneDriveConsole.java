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

import io.github.camelonedrive.credentials.Redactor;

/** Camel's developer console {@code onedrive}: the destinations of the vaults in use, without secrets. */
@DevConsole(name = "onedrive", displayName = "OneDrive", description = "Destinations in OneDrive and how they sign in")
public class OneDriveConsole extends AbstractDevConsole {

    public OneDriveConsole() {
        super("onedrive", "onedrive", "OneDrive", "Destinations in OneDrive and how they sign in");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
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

    private static String line(DestinationState state) {
        StringBuilder line = new StringBuilder(state.name()).append(": signs in as ").append(state.signIn())
                .append(", proof ").append(state.credential());
        state.end().ifPresent(end -> line.append(", ends ").append(end.lastDay()).append(" (").append(end.daysLeft(state.at()))
                .append(" days)"));
        line.append(", last sign-in ").append(state.lastSignIn().map(Object::toString).orElse("not known"));
        if (!state.throttled().isZero()) {
            line.append(", throttled until ").append(state.at().plus(state.throttled()));
        }
        state.warning().ifPresent(warning -> line.append("\n    ").append(warning));
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
        return root;
    }

    private static JsonObject json(DestinationState state) {
        JsonObject json = new JsonObject();
        json.put("name", state.name());
        json.put("signIn", state.signIn().name());
        json.put("credential", state.credential());
        state.end().ifPresent(end -> {
            json.put("end", end.end().truncatedTo(ChronoUnit.SECONDS).toString());
            json.put("daysLeft", end.daysLeft(state.at()));
        });
        state.warning().ifPresent(warning -> json.put("warning", warning));
        state.lastSignIn().ifPresent(time -> json.put("lastSignIn", time.toString()));
        if (!state.throttled().isZero()) {
            json.put("throttledUntil", state.at().plus(state.throttled()).toString());
        }
        return json;
    }

    private List<DestinationState> states() throws IOException {
        Optional<OneDriveComponent> component =
                Optional.ofNullable((OneDriveComponent) getCamelContext().hasComponent("onedrive"));
        return component.isPresent() ? component.get().destinationStates() : List.of();
    }

    private static String trouble(Exception e) {
        return Redactor.redact("The vault can't be used: " + e.getMessage());
    }
}
