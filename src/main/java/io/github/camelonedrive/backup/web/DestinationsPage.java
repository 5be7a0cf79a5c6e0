package io.github.camelonedrive.backup.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.github.camelonedrive.backup.failure.RemedyCommands;
import io.github.camelonedrive.component.DestinationState;
import io.github.camelonedrive.credentials.ExpiryLevel;
import io.github.camelonedrive.credentials.Redactor;

/** The page at {@code /}: the vault's destinations, how they sign in, and what is to be done. Plain HTML, nothing to run. */
final class DestinationsPage {

    static final String STYLE = """
            body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #222; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; padding: .4em .8em .4em 0; border-bottom: 1px solid #ccc; vertical-align: top; }
            .warning { background: #fff4d6; padding: .6em 1em; } .expired { background: #fbdcdc; padding: .6em 1em; }
            """;

    private DestinationsPage() {
    }

    static String of(List<DestinationState> states) {
        StringBuilder body = new StringBuilder();
        for (DestinationState state : states) {
            state.warning(RemedyCommands.WORDS).ifPresent(warning -> body.append("<p class=\"")
                    .append(state.level() == ExpiryLevel.EXPIRED ? "expired" : "warning").append("\">").append(escape(warning))
                    .append("</p>\n"));
        }
        if (states.isEmpty()) {
            body.append("<p>The vault holds no destinations. Next: <code>onedrive-backup destination add</code></p>\n");
        } else {
            body.append("<table>\n<tr><th>Destination</th><th>Signs in</th><th>With</th><th>Until</th>"
                    + "<th>Last sign-in used (UTC)</th></tr>\n");
            states.forEach(state -> body.append(row(state)));
            body.append("</table>\n");
        }
        return page(body);
    }

    /** The vault can't be read. */
    static String ofTrouble(String message) {
        return page("<p class=\"expired\">" + escape(Redactor.redact(message)) + "</p>\n");
    }

    private static String row(DestinationState state) {
        String end = state.end().map(known -> known.lastDay() + ", " + days(known.daysLeft(state.at()))).orElse("not known");
        String signIn = switch (state.signIn()) {
            case DELEGATED -> "as a person";
            case APPLICATION -> "as the application";
            case NOT_AUTHORIZED -> "not authorized yet: onedrive-backup authorize " + state.name();
        };
        String throttled = state.throttled().isZero() ? ""
                : ", throttled until " + seconds(state.at().plus(state.throttled()));
        return "<tr><td>" + escape(state.name()) + "</td><td>" + escape(signIn + throttled) + "</td><td>"
                + escape(state.credential()) + "</td><td>" + escape(end) + "</td><td>"
                + state.lastSignIn().map(DestinationsPage::seconds).map(DestinationsPage::escape).orElse("not known")
                + "</td></tr>\n";
    }

    private static String days(long left) {
        return left < 0 ? "over" : left == 1 ? "1 day left" : left + " days left";
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String page(CharSequence body) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>OneDrive Backup</title>"
                + "<link rel=\"stylesheet\" href=\"style.css\"></head>\n<body>\n<h1>OneDrive Backup</h1>\n" + body
                + "<p><a href=\"observe/health\">Health</a> &middot; <a href=\"observe/metrics\">Metrics</a></p>\n"
                + "</body>\n</html>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
