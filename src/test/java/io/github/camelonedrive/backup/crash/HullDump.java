package io.github.camelonedrive.backup.crash;

import java.nio.file.Path;

/** A dump of the campaign, and what has to become of it. */
final class HullDump {

    /** What has to become of a dump. */
    enum Fate {

        /** In OneDrive and put away. */
        PROVEN,

        /** Stays where it is: empty. */
        LEFT,

        /** A link took its place while it was waiting: its own bytes may be in OneDrive, the link's must not. */
        REPLACED,

        /** One of a pair that OneDrive takes for one name: exactly one of them arrives. */
        TWIN
    }

    final HullWatch watch;
    final String name;
    final String kind;
    final Fate fate;

    /** How often the folder had been renamed when it, or its latest content, appeared. */
    volatile int renames;

    /** Of its content; null until that is complete. */
    volatile String hash;

    volatile long size;

    HullDump(HullWatch watch, String name, String kind, Fate fate) {
        this.watch = watch;
        this.name = name;
        this.kind = kind;
        this.fate = fate;
    }

    Path file() {
        return watch.drop.resolve(name);
    }

    void complete(byte[] content) {
        size = content.length;
        hash = Hash.of(content);
    }

    @Override
    public String toString() {
        return watch.name + "/" + name + " (" + kind + ")";
    }
}
