package io.github.camelonedrive.backup.console;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns of text. Widths count as a terminal shows them, so CJK and emoji names don't push columns apart. */
public final class Table {

    private static final String GAP = "  ";

    private final List<String> heads;
    private final List<Boolean> rightAligned;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param heads column heads; one that starts with {@code >} is right-aligned, for numbers */
    public Table(String... heads) {
        this.heads = List.of(heads).stream().map(head -> head.startsWith(">") ? head.substring(1) : head).toList();
        this.rightAligned = List.of(heads).stream().map(head -> head.startsWith(">")).toList();
    }

    /** @throws IllegalArgumentException when there are not as many cells as heads */
    public Table row(String... cells) {
        if (cells.length != heads.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + heads.size() + " columns");
        }
        rows.add(List.of(cells).stream().map(TerminalText::printable).toList());
        return this;
    }

    /** Heads in capitals and rows, each line ended by a line feed. */
    @Override
    public String toString() {
        int[] widths = new int[heads.size()];
        measure(widths, heads);
        rows.forEach(row -> measure(widths, row));
        StringBuilder text = new StringBuilder();
        append(text, widths, heads);
        rows.forEach(row -> append(text, widths, row));
        return text.toString();
    }

    private static void measure(int[] widths, List<String> cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], TerminalText.width(cells.get(column)));
        }
    }

    private void append(StringBuilder text, int[] widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - TerminalText.width(cells.get(column)));
            line.append(column == 0 ? "" : GAP);
            line.append(rightAligned.get(column) ? padding + cells.get(column) : cells.get(column) + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
