package io.github.camelonedrive.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test that carries a statement's number as a tag.
 *
 * @param source the test's source file, relative to the repository
 * @param name   the class, and the method where the tag is on one
 */
record Proof(String source, String name) {

    private static final List<String> SOURCES =
            List.of("camel-onedrive-component/src/test/java", "onedrive-simulator/src/test/java", "src/test/java");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([CS]\\d+)\"\\)");
    private static final String MODIFIERS = "^\\s*(?:(?:public|protected|private|static|abstract|final)\\s+)*";
    private static final Pattern TYPE = Pattern.compile(MODIFIERS + "(?:class|interface|record|enum)\\s+(\\w+)");
    private static final Pattern METHOD = Pattern.compile(MODIFIERS + "[A-Za-z][\\w<>, ?]*\\s+(\\w+)\\(");

    /**
     * All tests with such tags, by tag ({@code C77}), in the order of files and lines.
     *
     * @param repository the directory that holds the modules
     */
    static Map<String, List<Proof>> all(Path repository) throws IOException {
        Map<String, List<Proof>> proofs = new TreeMap<>();
        for (String sources : SOURCES) {
            try (Stream<Path> files = Files.walk(repository.resolve(sources))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
                    read(repository, file, proofs);
                }
            }
        }
        return proofs;
    }

    private static void read(Path repository, Path file, Map<String, List<Proof>> proofs) throws IOException {
        String type = file.getFileName().toString().replace(".java", "");
        Set<String> pending = new LinkedHashSet<>();
        for (String line : Files.readAllLines(file)) {
            Matcher tag = TAG.matcher(line);
            while (tag.find()) {
                pending.add(tag.group(1));
            }
            String declared = pending.isEmpty() ? null : declared(type, line);
            if (declared != null) {
                Proof proof = new Proof(repository.relativize(file).toString(), declared);
                pending.forEach(number -> proofs.computeIfAbsent(number, key -> new ArrayList<>()).add(proof));
                pending.clear();
            }
        }
    }

    /** What the line declares; null when it is another annotation, or a part of one. */
    private static String declared(String type, String line) {
        Matcher nested = TYPE.matcher(line);
        if (nested.find()) {
            return nested.group(1).equals(type) ? type : type + "." + nested.group(1);
        }
        Matcher method = METHOD.matcher(line);
        return method.find() ? type + "." + method.group(1) : null;
    }
}
