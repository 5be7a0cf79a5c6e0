package io.github.camelonedrive.component;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.github.camelonedrive.OneDriveException;

/**
 * How the steps of a connection check went, in their order. Made of plain values, so that Jackson turns it into JSON as it is.
 *
 * @param destination the destination, or the endpoint's label
 * @param steps       one for each {@link StepName}; those after a break-off are missing
 */
public record ConnectionCheck(String destination, List<Step> steps) {

    /** What is checked, in this order. */
    public enum StepName {

        /** The credentials open and know the destination. */
        VAULT("vault"),

        /** Microsoft gives an access token. */
        SIGN_IN("sign-in"),

        /** Whose account it is. */
        ACCOUNT("account"),

        /** The drive is there; its kind and how full it is. */
        DRIVE("drive"),

        /** The target folder is there, or can be made by the first upload. */
        FOLDER("folder"),

        /** A small file is written. */
        WRITE("write"),

        /** The file's bytes and hash are those that were written. */
        READ_BACK("read back"),

        /** The file, and a folder that was made for it, are deleted again. */
        CLEAN_UP("clean up");

        private final String label;

        StepName(String label) {
            this.label = label;
        }

        /** For people and in JSON. */
        public String label() {
            return label;
        }
    }

    /** How a step went. */
    public enum Outcome {
        OK, FAILED, SKIPPED;

        /** For people and in JSON. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One step.
     *
     * @param detail  what was found, or what went wrong, in plain words and without secrets
     * @param remedy  what to do about it; empty when there is nothing to do
     * @param facts   the same for programs, where there is something: {@code signIn} ({@code delegated},
     *                {@code application}), {@code account}, {@code driveType}, {@code owner}, {@code total} and
     *                {@code remaining} (bytes), {@code folder}, {@code folderExists}
     * @param failure why it failed
     */
    public record Step(StepName name, Outcome outcome, String detail, String remedy, Map<String, Object> facts,
                       @JsonIgnore Optional<OneDriveException> failure) {

        public Step {
            facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }

        /** A step that failed. */
        public static Step failed(StepName name, OneDriveException failure) {
            return new Step(name, Outcome.FAILED, failure.problem(), failure.remedy(), Map.of(), Optional.of(failure));
        }

        /** A step that was not made. @param why in plain words */
        public static Step skipped(StepName name, String why) {
            return new Step(name, Outcome.SKIPPED, why, "", Map.of(), Optional.empty());
        }

        static Step ok(StepName name, String detail, Map<String, Object> facts) {
            return new Step(name, Outcome.OK, detail, "", facts, Optional.empty());
        }
    }

    public ConnectionCheck {
        steps = List.copyOf(steps);
    }

    /** Whether no step failed. */
    @JsonProperty
    public boolean ok() {
        return failure().isEmpty();
    }

    /** Why the first step that failed did so. */
    @JsonIgnore
    public Optional<OneDriveException> failure() {
        return steps.stream().flatMap(step -> step.failure().stream()).findFirst();
    }

    /** What all steps found, for programs. */
    @JsonIgnore
    public Map<String, Object> facts() {
        Map<String, Object> all = new LinkedHashMap<>();
        steps.forEach(step -> all.putAll(step.facts()));
        return all;
    }
}
