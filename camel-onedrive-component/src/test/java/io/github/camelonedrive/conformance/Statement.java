package io.github.camelonedrive.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement about how OneDrive is spoken to, from the checklist of our wire contract.
 *
 * @param chapter   the heading under which it stands
 * @param number    1 and up; tests name it by the tag {@code C77} for the component, {@code S77} for the simulator
 * @param component whether it says something about the component
 * @param simulator whether it says something about the simulator
 * @param text      what has to be true; C is the component, S the simulator
 */
record Statement(String chapter, int number, boolean component, boolean simulator, String text) {

    private static final String RESOURCE = "/conformance/statements.txt";

    /** All statements, by number. */
    static List<Statement> all() throws IOException {
        try (InputStream in = Statement.class.getResourceAsStream(RESOURCE)) {
            List<Statement> statements = new ArrayList<>();
            String chapter = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("# ")) {
                    chapter = line.substring(2);
                } else {
                    String[] parts = line.split("\\|", 3);
                    statements.add(new Statement(chapter, Integer.parseInt(parts[0]), parts[1].contains("C"),
                            parts[1].contains("S"), parts[2]));
                }
            }
            return statements;
        }
    }
}
