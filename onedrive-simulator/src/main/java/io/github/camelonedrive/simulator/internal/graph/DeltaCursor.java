package io.github.camelonedrive.simulator.internal.graph;

import java.time.Instant;

import io.github.camelonedrive.simulator.internal.drive.Trace;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;

/**
 * What a delta link knows.
 *
 * @param scope the id of the folder whose changes it lists
 * @param generation goes up by one when all links until then die
 * @param issued when the link was made
 * @param whole whether it lists everything that is there, not only what changed
 * @param since the last change that the client has heard of; what left the folder before is not reported
 * @param position the last change that was reported on the way
 */
record DeltaCursor(String scope, long generation, Instant issued, boolean whole, long since, long position) {

    String encode() {
        return scope + "|" + generation + "|" + issued.toEpochMilli() + "|" + whole + "|" + since + "|" + position;
    }

    /** @throws GraphErrorResponse 400 if it is none */
    static DeltaCursor decode(String text) {
        String[] parts = text.split("\\|");
        try {
            return new DeltaCursor(parts[0], Long.parseLong(parts[1]), Instant.ofEpochMilli(Long.parseLong(parts[2])),
                    Boolean.parseBoolean(parts[3]), Long.parseLong(parts[4]), Long.parseLong(parts[5]));
        } catch (RuntimeException e) {
            throw PageLinks.badToken();
        }
    }

    /** The same walk, further on. */
    DeltaCursor at(long newPosition, Instant now) {
        return new DeltaCursor(scope, generation, now, whole, since, newPosition);
    }

    /** Returns whether a change of the item itself is reported, in the whole drive. */
    boolean reports(Trace trace) {
        return whole || trace.changed > since;
    }
}
