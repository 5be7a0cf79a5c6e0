package io.github.camelonedrive.credentials;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The texts under which a secret shows up in logs: as it is, in a form body, in a URL, in base64. */
final class SecretForms {

    private static final Pattern PERCENT_CODE = Pattern.compile("%[0-9A-F]{2}");

    private static final List<UnaryOperator<String>> ENCODINGS = List.of(
            UnaryOperator.identity(),
            SecretForms::formEncoded,
            SecretForms::uriEncoded,
            SecretForms::scriptEncoded,
            value -> formEncoded(value).replace("+", "%20"),
            value -> lowerCaseCodes(formEncoded(value)),
            value -> lowerCaseCodes(uriEncoded(value)),
            value -> Base64.getEncoder().withoutPadding().encodeToString(bytes(value)),
            value -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(value)));

    private SecretForms() {
    }

    /** Every form once, the plain one first. Base64 goes without padding: what follows it is left standing. */
    static List<String> of(String value) {
        List<String> forms = new ArrayList<>();
        for (UnaryOperator<String> encoding : ENCODINGS) {
            String form = encoding.apply(value);
            if (!forms.contains(form)) {
                forms.add(form);
            }
        }
        return forms;
    }

    private static String formEncoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** RFC 3986: unlike in a form, a space is {@code %20}, {@code ~} stands for itself and {@code *} does not. */
    private static String uriEncoded(String value) {
        return formEncoded(value).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    /** As browsers' {@code encodeURIComponent} does it. */
    private static String scriptEncoded(String value) {
        return uriEncoded(value).replace("%21", "!").replace("%27", "'").replace("%28", "(").replace("%29", ")")
                .replace("%2A", "*");
    }

    private static String lowerCaseCodes(String encoded) {
        return PERCENT_CODE.matcher(encoded).replaceAll((MatchResult code) -> code.group().toLowerCase(Locale.ROOT));
    }

    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
