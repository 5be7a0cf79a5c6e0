package io.github.camelonedrive.backup.failure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.graph.GraphException;

/** A failure as machine-readable data: for {@code --json} and for the reports beside failed dumps. */
public final class FailureReport {

    private FailureReport() {
    }

    /**
     * {@code kind}, {@code problem} and {@code remedy}, in this order; then what OneDrive or the sign-in answered, as far as
     * it did ({@code graph-contract.md} §5, §7.5): {@code status}, {@code code}, {@code innermostCode} and {@code requestId},
     * or {@code error}, {@code aadsts}, {@code correlationId} and {@code timestamp}. No secrets, no stack trace.
     */
    public static Map<String, Object> of(Throwable failure) {
        Map<String, Object> report = new LinkedHashMap<>();
        Optional<OneDriveException> typed = Failures.typed(failure);
        report.put("kind", Failures.kind(failure).name().toLowerCase(Locale.ROOT));
        report.put("problem", typed.map(OneDriveException::problem).orElseGet(() -> Failures.message(failure)));
        report.put("remedy", typed.map(Failures::remedy).orElse(""));
        if (typed.orElse(null) instanceof GraphException answer) {
            report.putAll(answered(answer));
        } else if (typed.orElse(null) instanceof AuthenticationException refusal) {
            report.putAll(refused(refusal));
        }
        return report;
    }

    private static Map<String, Object> answered(GraphException answer) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("status", answer.status());
        data.put("code", answer.code());
        data.put("innermostCode", answer.innermostCode());
        data.put("requestId", answer.requestId());
        data.values().removeIf(""::equals);
        return data;
    }

    private static Map<String, Object> refused(AuthenticationException refusal) {
        Map<String, Object> data = new LinkedHashMap<>();
        refusal.error().ifPresent(error -> data.put("error", error));
        refusal.aadsts().ifPresent(number -> data.put("aadsts", number));
        refusal.correlationId().ifPresent(id -> data.put("correlationId", id));
        refusal.timestamp().ifPresent(time -> data.put("timestamp", time));
        return data;
    }
}
