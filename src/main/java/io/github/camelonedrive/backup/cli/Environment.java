package io.github.camelonedrive.backup.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.console.PrintableStream;

/**
 * What the program is given by its process.
 *
 * @param installation the launcher's directory, with {@code application.properties} and {@code routes}; without the launcher
 *                     the jar's
 * @param terminal     whether standard error is a terminal
 * @param fileNames    the encoding that Java uses for the names of files
 * @param out          for results; made {@linkplain PrintableStream printable}
 * @param err          for everything else; made printable
 */
record Environment(
        Map<String, String> variables,
        Path workingDirectory,
        Path installation,
        boolean terminal,
        Charset fileNames,
        InputStream in,
        PrintStream out,
        PrintStream err) {

    /** Set by the launcher. */
    static final String INSTALLATION_PROPERTY = "onedrive.backup.installation";

    /** Set by the launcher, which can ask the shell; Java can't ask about standard error alone. */
    static final String TERMINAL_PROPERTY = "onedrive.backup.terminal";

    Environment {
        out = PrintableStream.over(out);
        err = PrintableStream.over(err);
    }

    static Environment ofThisProcess() {
        Path installation = Optional.ofNullable(System.getProperty(INSTALLATION_PROPERTY)).map(Path::of)
                .orElseGet(Environment::directoryOfTheJar);
        boolean terminal = Optional.ofNullable(System.getProperty(TERMINAL_PROPERTY)).map(Boolean::parseBoolean)
                .orElseGet(() -> System.console() != null);
        return new Environment(System.getenv(), Path.of("").toAbsolutePath(), installation, terminal,
                Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")), System.in,
                stream(FileDescriptor.out), stream(FileDescriptor.err));
    }

    private static Path directoryOfTheJar() {
        try {
            return Path.of(Environment.class.getProtectionDomain().getCodeSource().getLocation().toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The program's own jar can't be located", e);
        }
    }

    // Names and hashes are UTF-8 whatever the locale says about standard output.
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
