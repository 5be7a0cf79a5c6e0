package io.github.camelonedrive.backup.crash;

import java.util.List;

/**
 * Dumps that go to one site, one after the other.
 *
 * @param name  what to ask for to have it alone
 * @param exact whether each moment is known to come
 * @param seed  of contents and meddling
 */
record Campaign(String name, Site site, boolean exact, long seed, List<Dump> dumps) {

    int kills() {
        return dumps.stream().mapToInt(dump -> dump.kills().size()).sum();
    }

    @Override
    public String toString() {
        return name + ": " + site + ", " + kills() + " kills";
    }
}
