package io.github.camelonedrive.auth;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;

import io.github.camelonedrive.credentials.Redactor;

/**
 * What Microsoft says when it refuses ({@code graph-contract.md} §7.5), reduced to what may be shown: one line, shortened,
 * known secrets taken out. Texts that are absent are empty.
 *
 * @param error         together with the suberror the only field that decisions are made on (statement 98)
 * @param aadsts        Microsoft's number, which chooses the hint and nothing else; 0 when there is none
 * @param message       the first line of the description
 * @param correlationId for Microsoft's support
 * @param timestamp     as Microsoft wrote it
 * @param traceId       for Microsoft's support
 */
record TokenError(
        String error, String suberror, int aadsts, String message, String correlationId, String timestamp, String traceId) {

    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{4,9})");
    private static final Pattern NUMBER_IN_ADDRESS = Pattern.compile("[?&]code=(\\d{4,9})(?:&|$)");
    private static final Pattern DETAIL =
            Pattern.compile("\\b(Trace ID|Correlation ID|Timestamp): *(\\S+(?: \\d\\d:\\S+)?)", Pattern.CASE_INSENSITIVE);

    /** Line ends, other control characters, and those that turn or hide the text around them. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    /** Beyond this nothing is looked at: what comes with a redirect was written by whoever sent the browser here. */
    private static final int LONGEST_DESCRIPTION = 4096;

    private static final int MAX_MESSAGE = 300;
    private static final int MAX_FIELD = 80;

    /** Without a trace id. */
    TokenError(String error, String suberror, int aadsts, String message, String correlationId, String timestamp) {
        this(error, suberror, aadsts, message, correlationId, timestamp, "");
    }

    /** The error in this answer, whatever its content type says; empty when its body holds none. */
    static Optional<TokenError> parse(HTTPResponse response) {
        if (response.getBody() == null) {
            return Optional.empty();
        }
        try {
            Map<String, Object> json = JSONObjectUtils.parse(response.getBody());
            return text(json, "error").isEmpty() ? Optional.empty() : Optional.of(of(json));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /**
     * The error in the parameters of a redirect or a form. {@code error} may be missing there, too.
     *
     * @param parameters decoded: {@code error}, {@code error_description}, {@code error_uri} and whatever else came
     */
    static TokenError of(Map<String, ?> parameters) {
        String description = parameters.get("error_description") instanceof String value ? limited(value) : "";
        return new TokenError(text(parameters, "error").toLowerCase(Locale.ROOT),
                text(parameters, "suberror").toLowerCase(Locale.ROOT), number(description, parameters.get("error_uri")),
                message(description), textOr(parameters, "correlation_id", description, "Correlation ID"),
                textOr(parameters, "timestamp", description, "Timestamp"),
                textOr(parameters, "trace_id", description, "Trace ID"));
    }

    /** For a message: error, number and Microsoft's words, and how to find the request again. */
    String describe() {
        StringBuilder text = new StringBuilder(error.isEmpty() ? "no error was named" : error);
        if (!message.isEmpty()) {
            text.append(", ").append(message);
        }
        if (!correlationId.isEmpty() || !timestamp.isEmpty()) {
            text.append(" (correlation id ").append(correlationId.isEmpty() ? "unknown" : correlationId)
                    .append(timestamp.isEmpty() ? "" : ", " + timestamp).append(')');
        }
        return text.append(text.charAt(text.length() - 1) == '.' ? "" : ".").toString();
    }

    /** The number that the description starts with; {@code error_codes} holds the same one, at times among others. */
    private static int number(String description, Object address) {
        Matcher number = NUMBER.matcher(description);
        if (number.find()) {
            return Integer.parseInt(number.group(1));
        }
        Matcher inAddress = NUMBER_IN_ADDRESS.matcher(address instanceof String value ? limited(value) : "");
        return inAddress.find() ? Integer.parseInt(inAddress.group(1)) : 0;
    }

    private static String textOr(Map<String, ?> parameters, String name, String description, String label) {
        String own = text(parameters, name);
        return own.isEmpty() ? detail(description, label) : own;
    }

    /** From the lines after the first, where Microsoft repeats what has fields of its own in JSON. */
    private static String detail(String description, String label) {
        return DETAIL.matcher(description).results().filter(found -> found.group(1).equalsIgnoreCase(label))
                .findFirst().map(found -> presentable(found.group(2), MAX_FIELD)).orElse("");
    }

    private static String message(String description) {
        Matcher details = DETAIL.matcher(description);
        return presentable(details.find() ? description.substring(0, details.start()) : description, MAX_MESSAGE);
    }

    private static String text(Map<String, ?> parameters, String name) {
        return parameters.get(name) instanceof String value ? presentable(limited(value), MAX_FIELD) : "";
    }

    private static String limited(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_DESCRIPTION));
    }

    private static String presentable(String text, int maxLength) {
        String line = text.strip().lines().findFirst().orElse("");
        String redacted = INVISIBLE.matcher(Redactor.redact(line)).replaceAll(" ").strip();
        return redacted.length() <= maxLength ? redacted : redacted.substring(0, maxLength) + "…";
    }
}
