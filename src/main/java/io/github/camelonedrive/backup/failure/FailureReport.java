package io.github.camelonedrive.backup.failure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;

/** A failure as machine-readable data: for {@code --json} and for the reports beside failed dumps. */
public final class FailureReport {

    private FailureReport() {
    }

    /** {@code kind}, {@code problem} and {@code remedy}, in this order; no secrets, no stack trace. */
    public static Map<String, Object> of(Throwable failure) {
        Map<String, Object> report = new LinkedHashMap<>();
        Optional<OneDriveException> typed = Failures.typed(failure);
        report.put("kind", Failures.kind(failure).name().toLowerCase(Locale.ROOT));
        report.put("problem", typed.map(OneDriveException::problem).orElseGet(() -> Failures.message(failure)));
        report.put("remedy", typed.map(OneDriveException::remedy).orElse(""));
        return report;
    }
}
