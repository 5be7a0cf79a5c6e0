package io.github.camelonedrive.backup.web;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.Trouble;
import io.github.camelonedrive.backup.trouble.TroubleKind;

/** Troubles as lines of text: each with its start, many of one kind and subject cut short. */
final class TroubleLines {

    private static final int MOST_OF_A_KIND = 3;

    private TroubleLines() {
    }

    static String of(List<Trouble> troubles) {
        Map<Key, List<Trouble>> byKind = new LinkedHashMap<>();
        troubles.forEach(trouble -> byKind.computeIfAbsent(new Key(trouble.kind(), trouble.subject()), key -> new ArrayList<>())
                .add(trouble));
        List<String> lines = new ArrayList<>();
        byKind.values().forEach(same -> {
            same.stream().limit(MOST_OF_A_KIND).map(TroubleLines::line).forEach(lines::add);
            if (same.size() > MOST_OF_A_KIND) {
                lines.add("And " + (same.size() - MOST_OF_A_KIND) + " more of the same kind.");
            }
        });
        return String.join("\n", lines);
    }

    private static String line(Trouble trouble) {
        return trouble.subject().title() + ", since " + trouble.since().truncatedTo(ChronoUnit.SECONDS) + ": " + trouble.text();
    }

    private record Key(TroubleKind kind, Subject subject) {
    }
}
