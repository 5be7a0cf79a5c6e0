package io.github.camelonedrive.simulator.internal.http;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.camelonedrive.simulator.SecretSearch;

/** Every secret that was handed out to clients or sent by them, by kind. */
public final class IssuedSecrets {
    /** A simulator that runs for days forgets the oldest of each kind. */
    private static final int KEPT = 10_000;
    private static final Set<String> SECRET_PARAMETERS =
            Set.of("client_secret", "client_assertion", "refresh_token", "code", "code_verifier", "device_code");

    private final Map<String, Set<String>> byKind = new LinkedHashMap<>();

    public synchronized void add(String kind, String value) {
        Set<String> values = byKind.computeIfAbsent(kind, key -> new LinkedHashSet<>());
        values.add(value);
        if (values.size() > KEPT) {
            values.remove(values.iterator().next());
        }
    }

    /** What a client sent to the token endpoint. */
    public void addForm(Map<String, String> form) {
        form.forEach((name, value) -> {
            if (SECRET_PARAMETERS.contains(name)) {
                add(name, value);
            }
        });
    }

    public synchronized SecretSearch search() {
        SecretSearch search = new SecretSearch();
        byKind.forEach((kind, values) -> values.forEach(value -> {
            if (value.startsWith("/")) {
                search.addUrl(kind, value);
            } else {
                search.add(kind, value);
            }
        }));
        return search;
    }
}
