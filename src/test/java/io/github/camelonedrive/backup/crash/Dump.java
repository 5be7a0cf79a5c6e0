package io.github.camelonedrive.backup.crash;

import java.util.List;

/**
 * A dump and the deaths of those who upload it.
 *
 * @param size    in bytes
 * @param trouble whether OneDrive fails to take the first fragment that it gets
 * @param after   what becomes of the source after the last kill
 * @param kills   in their order: each process but the last is killed
 */
record Dump(int size, boolean trouble, Meddling after, List<Moment> kills) {

    static Dump of(int size, Moment... kills) {
        return new Dump(size, false, Meddling.NONE, List.of(kills));
    }

    Dump then(Meddling meddling) {
        return new Dump(size, trouble, meddling, kills);
    }

    Dump inTrouble() {
        return new Dump(size, true, after, kills);
    }

    @Override
    public String toString() {
        return size + " bytes, " + (trouble ? "first fragment refused, " : "") + "killed at " + kills
                + (after == Meddling.NONE ? "" : ", then " + after);
    }
}
