package io.github.camelonedrive.backup.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * An alert rule of the operations guide.
 *
 * @param name     of the alert
 * @param expr     in PromQL
 * @param holdsFor how long the expression must hold before the alert fires
 */
record AlertRule(String name, PromQl expr, Duration holdsFor) {

    private static final Path GUIDE = Path.of("..", "docs", "operations.md");
    private static final Pattern RULES = Pattern.compile("```yaml\n(- alert:.*?)```", Pattern.DOTALL);

    /** Returns those that the guide shows. */
    static List<AlertRule> ofTheGuide() throws IOException {
        Matcher rules = RULES.matcher(Files.readString(GUIDE));
        if (!rules.find()) {
            throw new AssertionError("No alert rules in " + GUIDE);
        }
        List<?> entries = (List<?>) new Load(LoadSettings.builder().build()).loadFromString(rules.group(1));
        return entries.stream().map(entry -> (Map<?, ?>) entry).map(entry -> new AlertRule((String) entry.get("alert"),
                new PromQl((String) entry.get("expr")), duration(entry.get("for")))).toList();
    }

    private static Duration duration(Object text) {
        return text == null ? Duration.ZERO : PromQl.duration((String) text);
    }

    /** Whether it fires at the last of the times, when it is evaluated at all of them. */
    boolean fires(Scrapes scrapes, List<Instant> times) {
        Optional<Instant> since = Optional.empty();
        for (Instant time : times) {
            if (expr.vector(scrapes, time).isEmpty()) {
                since = Optional.empty();
            } else if (since.isEmpty()) {
                since = Optional.of(time);
            }
        }
        return since.filter(start -> !times.get(times.size() - 1).isBefore(start.plus(holdsFor))).isPresent();
    }

    @Override
    public String toString() {
        return name;
    }
}
