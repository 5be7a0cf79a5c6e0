package io.github.camelonedrive.component;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options that a URI gives. One that has no effect on the producer or the consumer made of it is refused, with what has the
 * effect instead.
 */
final class GivenOptions {

    /** What {@code fileExist} means here, for the values of other components that OneDrive cannot do. */
    private static final Map<String, String> INSTEAD_OF_FILE_EXIST = Map.of(
            "append", "fileExist=Override with the whole content",
            "move", "fileExist=TryRename, or a step before with operation=move. "
                    + "What is replaced stays as a version in OneDrive");

    private final Map<String, String> spellings;
    private final String fileExist;

    private GivenOptions(Map<String, String> spellings, String fileExist) {
        this.spellings = spellings;
        this.fileExist = fileExist;
    }

    /** Returns the options of a URI. Camel takes names in any case, with dashes, and below the name of a configuration. */
    static GivenOptions of(Map<String, Object> parameters) {
        Map<String, String> spellings = new LinkedHashMap<>();
        parameters.keySet().forEach(name -> spellings.put(normal(name), name));
        Object fileExist = parameters.get(spellings.get(normal("fileExist")));
        return new GivenOptions(spellings, String.valueOf(fileExist).toLowerCase(Locale.ROOT));
    }

    private static String normal(String name) {
        String normal = OptionUse.key(name.replace("-", "")).replaceFirst("^(consumer)?configuration\\.", "");
        return normal.startsWith("scheduler.") ? "schedulerproperties" : normal;
    }

    boolean has(String option) {
        return spellings.containsKey(normal(option));
    }

    /** @throws IllegalArgumentException if an option or its value is known from another component, but not here */
    void checkKnown() {
        if (INSTEAD_OF_FILE_EXIST.containsKey(fileExist)) {
            throw new IllegalArgumentException("OneDrive cannot do fileExist=" + fileExist + ". There is instead: "
                    + INSTEAD_OF_FILE_EXIST.get(fileExist) + ".");
        }
        spellings.forEach((name, spelling) -> OptionUse.of(name).filter(OptionUse::isUnknown).ifPresent(use -> {
            throw refused(spelling, "is no option of this component", use);
        }));
    }

    /** @throws IllegalArgumentException if an option has no effect on a consumer */
    void checkConsumer() {
        spellings.forEach((name, spelling) -> OptionUse.of(name).filter(use -> !use.consumer()).ifPresent(use -> {
            throw refused(spelling, "has no effect on a consumer", use);
        }));
    }

    /**
     * Checks the options of a producer. A URI that names its operation is taken at its word: it takes the options of that
     * operation only, although a header may choose another one.
     *
     * @param  operation                what the producer does without a header
     * @param  allowOperationHeader     whether a header may choose another operation
     * @throws IllegalArgumentException if an option has no effect on a producer, or not with its operation
     */
    void checkProducer(OneDriveOperation operation, boolean allowOperationHeader) {
        boolean fixed = has("operation") || !allowOperationHeader;
        spellings.forEach((name, spelling) -> OptionUse.of(name).ifPresent(use -> {
            if (use.operations().isEmpty()) {
                throw refused(spelling, "has no effect on a producer", use);
            }
            if (fixed && !use.operations().contains(operation)) {
                throw new IllegalArgumentException("The option " + spelling + " has no effect with operation=" + operation
                        + ". It is for " + use.operations().stream().map(Enum::name).collect(Collectors.joining(", ")) + "."
                        + (allowOperationHeader ? " Where the header " + OneDriveConstants.OPERATION
                                + " chooses among operations, leave operation out of the URI." : ""));
            }
        }));
    }

    private static IllegalArgumentException refused(String spelling, String problem, OptionUse use) {
        return new IllegalArgumentException(
                "The option " + spelling + " " + problem + ". There is instead: " + use.instead() + ".");
    }
}
