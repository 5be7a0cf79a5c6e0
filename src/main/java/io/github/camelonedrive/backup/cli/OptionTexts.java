package io.github.camelonedrive.backup.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Turns the text of an option into what it stands for; what it can't be is said in plain words, without Java's names. */
final class OptionTexts {

    private OptionTexts() {
    }

    static void register(CommandLine commandLine) {
        commandLine.registerConverter(LocalDate.class, OptionTexts::date);
        commandLine.registerConverter(Path.class, OptionTexts::path);
        commandLine.registerConverter(int.class, OptionTexts::number);
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is not a date; write it as 2027-01-31.");
        }
    }

    // An unset variable of a script must not stand for the current directory, which anyone may have filled.
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("'' names no file or directory.");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' can't be the name of a file.");
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number.");
        }
    }
}
