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
 * The error answer of the token endpoint ({@code graph-contract.md} §7.5), reduced to what may be shown. Texts that are
 * absent are empty.
 *
 * @param error         the only field that decisions are made on
 * @param aadsts        Microsoft's number; 0 when there is none
 * @param message       the first line of the description, shortened and redacted
 * @param correlationId for Microsoft's support
 * @param timestamp     as Microsoft wrote it
 */
record TokenError(String error, String suberror, int aadsts, String message, String correlationId, String timestamp) {

    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{4,9})");
    private static final int MAX_MESSAGE = 300;
    private static final int MAX_FIELD = 80;

    /** The error in this answer, whatever its content type says; empty when its body holds none. */
    static Optional<TokenError> parse(HTTPResponse response) {
        if (response.getBody() == null) {
            return Optional.empty();
        }
        try {
            Map<String, Object> json = JSONObjectUtils.parse(response.getBody());
            String error = text(json, "error");
            if (error.isEmpty()) {
                return Optional.empty();
            }
            String description = json.get("error_description") instanceof String value ? value : "";
            return Optional.of(new TokenError(error.toLowerCase(Locale.ROOT), text(json, "suberror").toLowerCase(Locale.ROOT),
                    number(description), presentable(description, MAX_MESSAGE), text(json, "correlation_id"),
                    text(json, "timestamp")));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** For a message: error, number and Microsoft's words, and how to find the request again. */
    String describe() {
        StringBuilder text = new StringBuilder(error);
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
    private static int number(String description) {
        Matcher number = NUMBER.matcher(description);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }

    private static String text(Map<String, Object> json, String name) {
        return json.get(name) instanceof String value ? presentable(value, MAX_FIELD) : "";
    }

    private static String presentable(String text, int maxLength) {
        String line = text.strip().lines().findFirst().orElse("");
        String redacted = Redactor.redact(line).replaceAll("\\p{Cntrl}", " ").strip();
        return redacted.length() <= maxLength ? redacted : redacted.substring(0, maxLength) + "…";
    }
}
