package io.github.camelonedrive.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines that run another class of ours on the same Java. */
final class JavaCommand {

    private JavaCommand() {
    }

    /** @param javaOptions separated by spaces */
    static List<String> of(String javaOptions, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(tool("java")));
        command.addAll(List.of(javaOptions.strip().split("\\s+")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Where a program of the running Java is. */
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
