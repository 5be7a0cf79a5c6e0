package io.github.camelonedrive.backup.crash;

/** Sizes at which something changes. */
final class Sizes {

    /** The smallest fragment there is, so that small files have many. */
    static final int CHUNK = 320 * 1024;

    /** Up to this a file goes by one PUT; less than a chunk. */
    static final int LIMIT = 300 * 1024;

    private Sizes() {
    }
}
