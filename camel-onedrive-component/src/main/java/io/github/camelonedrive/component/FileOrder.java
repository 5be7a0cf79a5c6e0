package io.github.camelonedrive.component;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.camel.Expression;

/** The order of the files of a poll: {@code sorter}, else {@code shuffle}, else {@code sortBy}, else as they were seen. */
final class FileOrder {

    private final OneDriveConsumerConfiguration options;
    private final FileExpressions expressions;
    private final List<Group> groups = new ArrayList<>();

    private record Group(Expression expression, boolean reverse, boolean ignoreCase) {
    }

    FileOrder(OneDriveConsumerConfiguration options, FileExpressions expressions) {
        this.options = options;
        this.expressions = expressions;
        if (options.getSortBy() != null) {
            for (String group : options.getSortBy().split(";")) {
                groups.add(group(group.trim()));
            }
        }
    }

    private Group group(String text) {
        String rest = text;
        boolean reverse = false;
        boolean ignoreCase = false;
        while (rest.startsWith("reverse:") || rest.startsWith("ignoreCase:")) {
            reverse |= rest.startsWith("reverse:");
            ignoreCase |= rest.startsWith("ignoreCase:");
            rest = rest.substring(rest.indexOf(':') + 1).trim();
        }
        String expression = rest.contains("${") || rest.contains("$simple{") ? rest : "${" + rest + "}";
        return new Group(expressions.expression(expression).orElseThrow(
                () -> new IllegalArgumentException("sortBy has an empty expression: " + options.getSortBy())), reverse,
                ignoreCase);
    }

    void sort(List<OneDriveFile> files) {
        if (options.getSorter() != null) {
            files.sort(options.getSorter());
        } else if (options.isShuffle()) {
            Collections.shuffle(files);
        } else if (!groups.isEmpty()) {
            sortByGroups(files);
        }
    }

    /** Each expression is evaluated once per file. */
    private void sortByGroups(List<OneDriveFile> files) {
        Map<OneDriveFile, List<Object>> values = new IdentityHashMap<>();
        for (OneDriveFile file : files) {
            values.put(file, groups.stream().map(group -> value(group, file)).toList());
        }
        Comparator<OneDriveFile> order = (one, other) -> 0;
        for (int i = 0; i < groups.size(); i++) {
            int group = i;
            Comparator<OneDriveFile> by = (one, other) -> compare(values.get(one).get(group), values.get(other).get(group));
            order = order.thenComparing(groups.get(i).reverse() ? by.reversed() : by);
        }
        files.sort(order);
    }

    private Object value(Group group, OneDriveFile file) {
        Object value = group.expression().evaluate(expressions.about(file), Object.class);
        if (value == null) {
            return "";
        }
        return group.ignoreCase() ? value.toString().toLowerCase(Locale.ROOT) : value;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object one, Object other) {
        return one instanceof Comparable<?> comparable && one.getClass() == other.getClass()
                ? ((Comparable<Object>) comparable).compareTo(other) : one.toString().compareTo(other.toString());
    }
}
