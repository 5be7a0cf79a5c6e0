package io.github.camelonedrive.backup.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.camelonedrive.backup.console.Json;
import io.github.camelonedrive.credentials.Redactor;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.util.URISupport;

/**
 * Camel's health checks as JSON, as its own management server writes them: {@code status}, and of each check {@code name},
 * {@code status}, {@code message} and {@code data}. No stack traces, no secrets.
 *
 * @param up   whether none is down
 * @param json the text
 */
record HealthReport(boolean up, String json) {

    static HealthReport of(Collection<HealthCheck.Result> results) {
        boolean up = HealthCheckHelper.isResultsUp(results, false);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("status", up ? "UP" : "DOWN");
        List<Map<String, Object>> checks = new ArrayList<>();
        results.forEach(result -> checks.add(check(result)));
        report.put("checks", checks);
        return new HealthReport(up, Json.document(report));
    }

    private static Map<String, Object> check(HealthCheck.Result result) {
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("name", result.getCheck().getId());
        check.put("status", result.getState().name());
        result.getMessage().ifPresent(message -> check.put("message", plain(message)));
        Map<String, Object> data = new TreeMap<>();
        result.getDetails().forEach((key, value) -> {
            if (!HealthCheckHelper.isReservedKey(key) && value != null) {
                data.put(key, plain(value));
            }
        });
        if (!data.isEmpty()) {
            check.put("data", data);
        }
        return check;
    }

    // Other components' checks show their endpoints, whose addresses may hold a password.
    private static String plain(Object value) {
        return Redactor.redact(URISupport.sanitizeUri(String.valueOf(value)));
    }
}
