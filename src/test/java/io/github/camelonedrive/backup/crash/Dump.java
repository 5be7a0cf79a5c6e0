package io.github.camelonedrive.backup.crash;

import java.util.List;

/**
 * A dump and the deaths of those who upload it.
 *
 * @param size   in bytes
 * @param kills  in their order: each process but the last is killed
 * @param after  what becomes of the source after the last kill
 */
record Dump(int size, Meddling after, List<Moment> kills) {

    static Dump of(int size, Moment... kills) {
        return new Dump(size, Meddling.NONE, List.of(kills));
    }

    Dump then(Meddling meddling) {
        return new Dump(size, meddling, kills);
    }

    @Override
    public String toString() {
        return size + " bytes, killed at " + kills + (after == Meddling.NONE ? "" : ", then " + after);
    }
}
