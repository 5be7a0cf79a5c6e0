package io.github.camelonedrive.component;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.util.FileUtil;

import io.github.camelonedrive.feed.FeedFile;

/** The option {@code doneFileName}: which name the marker of a file has, and which files are markers themselves. */
final class DoneMarker {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{file:(onlyname|name)(\\.noext)?}");

    private final String template;
    private final Pattern names;

    private DoneMarker(String template) {
        this.template = template;
        StringBuilder regex = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        int end = 0;
        while (placeholder.find()) {
            regex.append(Pattern.quote(template.substring(end, placeholder.start()))).append(".+");
            end = placeholder.end();
        }
        regex.append(Pattern.quote(template.substring(end)));
        this.names = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }

    static Optional<DoneMarker> of(String template) {
        if (template == null || template.isBlank()) {
            return Optional.empty();
        }
        if (PLACEHOLDER.matcher(template).replaceAll("").contains("${")) {
            throw new IllegalArgumentException("doneFileName may hold ${file:name}, ${file:onlyname}, ${file:name.noext} and "
                    + "${file:onlyname.noext} only: " + template);
        }
        if (PLACEHOLDER.matcher(template).replaceAll("").isEmpty()) {
            throw new IllegalArgumentException("doneFileName must differ from the file's own name: " + template);
        }
        return Optional.of(new DoneMarker(template));
    }

    boolean isMarker(String name) {
        return names.matcher(name).matches();
    }

    String template() {
        return template;
    }

    /** Returns the name of a file's marker, which stands beside it. */
    String nameFor(String name) {
        return PLACEHOLDER.matcher(template).replaceAll(placeholder -> Matcher.quoteReplacement(
                placeholder.group(2) == null ? name : FileUtil.stripExt(name)));
    }

    /** Whether each file can still have the marker to itself: one with a fixed name stands for all files of its folder. */
    boolean isOfOneFile() {
        return PLACEHOLDER.matcher(template).find();
    }

    /** The files that have a marker, each with it. */
    Map<FeedFile, FeedFile> marked(List<FeedFile> files) {
        Map<String, FeedFile> markers = new HashMap<>();
        List<FeedFile> others = new ArrayList<>();
        for (FeedFile file : files) {
            if (isMarker(file.item().name())) {
                markers.put(key(file, file.item().name()), file);
            } else {
                others.add(file);
            }
        }
        Map<FeedFile, FeedFile> marked = new LinkedHashMap<>();
        for (FeedFile file : others) {
            FeedFile marker = markers.get(key(file, nameFor(file.item().name())));
            if (marker != null) {
                marked.put(file, marker);
            }
        }
        return marked;
    }

    private static String key(FeedFile beside, String name) {
        return beside.path().parent() + "/" + name.toLowerCase(Locale.ROOT);
    }
}
