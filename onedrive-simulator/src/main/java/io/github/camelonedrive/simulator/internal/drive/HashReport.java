package io.github.camelonedrive.simulator.internal.drive;

/** What the service says about the hash of a file; not always what the bytes would say. Guarded by the drive's lock. */
public final class HashReport {
    public static final HashReport HONEST = new HashReport(null, 0);
    private static final String WRONG_HASH = "d3JvbmctaGFzaC1vbi1wdXJwb3Nl";

    private final String override;
    private int lookupsUntilShown;

    private HashReport(String override, int lookupsUntilShown) {
        this.override = override;
        this.lookupsUntilShown = lookupsUntilShown;
    }

    public static HashReport wrong() {
        return new HashReport(WRONG_HASH, 0);
    }

    public static HashReport missing() {
        return new HashReport(null, Integer.MAX_VALUE);
    }

    /** The hash is first shown by lookup number {@code lookups + 1}. */
    public static HashReport after(int lookups) {
        return new HashReport(null, lookups);
    }

    /** The hash to show now, or null when it is not known yet. */
    public String show(Content content) {
        if (lookupsUntilShown > 0) {
            return null;
        }
        return override == null ? content.quickXorHash() : override;
    }

    /** Takes note that a client looked, so that a late hash comes nearer. */
    public void lookedUp() {
        if (lookupsUntilShown > 0 && lookupsUntilShown < Integer.MAX_VALUE) {
            lookupsUntilShown--;
        }
    }
}
