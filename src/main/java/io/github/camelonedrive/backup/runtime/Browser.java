package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Opens an address in the desktop's browser, where there is a desktop. The address is one argument of a program, never part of
 * a shell's text; other users of this machine can see it.
 */
public final class Browser {

    private static final String OURS = "ONEDRIVE_";

    private final String system;
    private final Map<String, String> environment;

    /**
     * @param system      what {@code os.name} says
     * @param environment where {@code PATH} and the desktop's variables are looked up
     */
    public Browser(String system, Map<String, String> environment) {
        this.system = system.toLowerCase(Locale.ROOT);
        this.environment = environment;
    }

    /** @return whether a program was started for it; what that shows nobody knows */
    public boolean open(URI address) {
        Optional<List<String>> command = command(address);
        if (command.isEmpty() || !List.of("http", "https").contains(address.getScheme())) {
            return false;
        }
        ProcessBuilder builder = new ProcessBuilder(command.get()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // The key of the vault is none of the browser's business.
        builder.environment().keySet().removeIf(name -> name.startsWith(OURS));
        try {
            builder.start().getOutputStream().close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<List<String>> command(URI address) {
        if (system.startsWith("windows")) {
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", address.toString()));
        }
        if (system.startsWith("mac")) {
            return isSet("SSH_CONNECTION") ? Optional.empty() : program("open").map(open -> List.of(open, address.toString()));
        }
        return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY")
                ? program("xdg-open").map(open -> List.of(open, address.toString())) : Optional.empty();
    }

    private boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    private Optional<String> program(String name) {
        for (String directory : environment.getOrDefault("PATH", "").split(Pattern.quote(java.io.File.pathSeparator))) {
            try {
                Path program = Path.of(directory, name);
                if (program.isAbsolute() && Files.isExecutable(program)) {
                    return Optional.of(program.toString());
                }
            } catch (InvalidPathException e) {
                // no directory
            }
        }
        return Optional.empty();
    }
}
