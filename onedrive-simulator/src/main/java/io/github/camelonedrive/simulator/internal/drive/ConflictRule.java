package io.github.camelonedrive.simulator.internal.drive;

import java.util.Locale;

import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;

/** What happens when the name is taken. */
public enum ConflictRule {
    FAIL, REPLACE, RENAME;

    public static final String PROPERTY = "@microsoft.graph.conflictBehavior";

    /** Parses the wire value; null means that the caller did not send any. */
    public static ConflictRule parse(String value, ConflictRule whenAbsent) {
        if (value == null) {
            return whenAbsent;
        }
        for (ConflictRule behavior : values()) {
            if (behavior.name().toLowerCase(Locale.ROOT).equals(value)) {
                return behavior;
            }
        }
        throw GraphErrorResponse.invalidRequest("'" + value + "' is not a conflict behavior. Use fail, replace or rename.");
    }
}
