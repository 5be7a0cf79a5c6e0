package io.github.camelonedrive.backup.crash;

import java.util.List;
import java.util.Set;

import io.github.camelonedrive.upload.UploadStep;

/** When, in the upload of one file, a process is killed. */
sealed interface Moment {

    /** Between two requests. */
    Set<String> QUIET = Set.of(UploadStep.TRACES_CLAIMED.name(), UploadStep.SESSION_RECORDED.name(),
            UploadStep.SESSION_RESUMED.name(), UploadStep.FRAGMENT_ACKNOWLEDGED.name());

    /** What the doomed process has to know to kill itself: properties of its {@link CrashBean}; empty when others kill it. */
    default List<String> properties() {
        return List.of();
    }

    /** Kills itself. @param count which reaching of a step, or how many bytes */
    record Own(String name, long count) implements Moment {
        @Override
        public List<String> properties() {
            return List.of("camel.beans.crash.moment=" + name, "camel.beans.crash.count=" + count);
        }

        @Override
        public String toString() {
            return name + (count == 1 ? "" : "(" + count + ")");
        }
    }

    /** When its n-th request from now on has arrived, and nothing was done about it; the service does what was asked. */
    record RequestArrived(int nth) implements Moment {
    }

    /** When the service has done what the n-th request from now on asks, and has not answered. */
    record RequestDone(int nth) implements Moment {
    }

    /** A while after its first request from now on: the one kind that no seed brings back exactly. */
    record AfterMillis(long millis) implements Moment {
    }

    static Moment at(UploadStep step) {
        return new Own(step.name(), 1);
    }

    static Moment at(UploadStep step, int nth) {
        return new Own(step.name(), nth);
    }

    static Moment afterBytes(long bytes) {
        return new Own(CrashBean.BYTES, bytes);
    }

    static Moment completed() {
        return new Own(CrashBean.COMPLETED, 1);
    }

    static Moment moved() {
        return new Own(CrashBean.MOVED, 1);
    }

    static Moment settled() {
        return new Own(CrashBean.SETTLED, 1);
    }

    /** Whether nothing is under way to the service that it could still act on afterwards. */
    default boolean isQuiet() {
        return this instanceof Own own && QUIET.contains(own.name);
    }

    /** For counting. */
    default String kind() {
        return this instanceof Own own ? own.name : getClass().getSimpleName();
    }
}
