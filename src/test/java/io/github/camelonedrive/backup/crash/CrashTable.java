package io.github.camelonedrive.backup.crash;

import java.util.List;

import io.github.camelonedrive.simulator.AccountType;

import static io.github.camelonedrive.backup.crash.Dump.of;
import static io.github.camelonedrive.backup.crash.Moment.afterBytes;
import static io.github.camelonedrive.backup.crash.Moment.at;
import static io.github.camelonedrive.backup.crash.Moment.completed;
import static io.github.camelonedrive.backup.crash.Moment.moved;
import static io.github.camelonedrive.backup.crash.Moment.settled;
import static io.github.camelonedrive.backup.crash.Sizes.CHUNK;
import static io.github.camelonedrive.backup.crash.Sizes.LIMIT;
import static io.github.camelonedrive.upload.UploadStep.COMMIT_RECORDED;
import static io.github.camelonedrive.upload.UploadStep.FRAGMENT_ACKNOWLEDGED;
import static io.github.camelonedrive.upload.UploadStep.INTENT_RECORDED;
import static io.github.camelonedrive.upload.UploadStep.ITEM_COMMITTED;
import static io.github.camelonedrive.upload.UploadStep.LAST_BYTES_READ;
import static io.github.camelonedrive.upload.UploadStep.PROVEN;
import static io.github.camelonedrive.upload.UploadStep.SENDING_STARTED;
import static io.github.camelonedrive.upload.UploadStep.SESSION_OPENED;
import static io.github.camelonedrive.upload.UploadStep.SESSION_RECORDED;
import static io.github.camelonedrive.upload.UploadStep.SESSION_RESUMED;
import static io.github.camelonedrive.upload.UploadStep.STATUS_KNOWN;
import static io.github.camelonedrive.upload.UploadStep.TRACES_CLAIMED;

/** Deaths at named points: each of them, where it matters at each kind of site, and at sizes at which something changes. */
final class CrashTable {

    private static final AccountType PERSONAL = AccountType.PERSONAL;
    private static final AccountType BUSINESS = AccountType.BUSINESS;
    private static final AccountType LIBRARY = AccountType.DOCUMENT_LIBRARY;

    private static final int MEDIUM = 5 * 1024 * 1024;
    private static final int LARGE = 40 * 1024 * 1024;

    private CrashTable() {
    }

    static List<Campaign> campaigns() {
        return List.of(
                campaign(1, new Site("run", PERSONAL, "replace"),
                        of(3 * CHUNK + 1, at(TRACES_CLAIMED)),
                        of(3 * CHUNK - 1, at(INTENT_RECORDED)),
                        of(3 * CHUNK, at(SESSION_RECORDED)),
                        of(MEDIUM, at(FRAGMENT_ACKNOWLEDGED, 3), at(SESSION_RESUMED), at(FRAGMENT_ACKNOWLEDGED, 2), moved()),
                        of(MEDIUM, at(LAST_BYTES_READ, MEDIUM / CHUNK)),
                        of(LIMIT, at(LAST_BYTES_READ)),
                        of(LARGE, afterBytes(25_000_001))),
                campaign(2, new Site("run", PERSONAL, "replace"),
                        of(MEDIUM, at(FRAGMENT_ACKNOWLEDGED, 9)).then(Meddling.EDITED),
                        of(CHUNK, at(SESSION_OPENED)),
                        of(0, at(ITEM_COMMITTED)),
                        of(CHUNK, at(COMMIT_RECORDED)),
                        of(LIMIT + 1, at(PROVEN)),
                        of(3 * CHUNK, at(STATUS_KNOWN)).inTrouble(),
                        of(3 * CHUNK + 1, completed()),
                        of(0, settled())),
                campaign(3, new Site("run", PERSONAL, "rename"),
                        of(LIMIT, at(INTENT_RECORDED)),
                        of(LIMIT, at(ITEM_COMMITTED)),
                        of(0, at(ITEM_COMMITTED), at(COMMIT_RECORDED)),
                        of(3 * CHUNK, at(ITEM_COMMITTED)),
                        of(CHUNK, at(SESSION_OPENED)),
                        of(MEDIUM, at(FRAGMENT_ACKNOWLEDGED, 2)).then(Meddling.EDITED_UNSEEN)),
                campaign(4, new Site("run", PERSONAL, "fail"),
                        of(LIMIT, at(ITEM_COMMITTED)),
                        of(3 * CHUNK + 1, at(ITEM_COMMITTED)),
                        of(LIMIT, at(SENDING_STARTED)),
                        of(CHUNK, at(LAST_BYTES_READ)),
                        of(LIMIT + 1, moved())),
                campaign(5, new Site("run", BUSINESS, "replace"),
                        of(MEDIUM, at(FRAGMENT_ACKNOWLEDGED, 4), at(TRACES_CLAIMED), at(SESSION_RESUMED)),
                        of(3 * CHUNK, at(ITEM_COMMITTED)),
                        of(MEDIUM, at(FRAGMENT_ACKNOWLEDGED, 4)).then(Meddling.REPLACED),
                        of(MEDIUM, afterBytes(MEDIUM / 2)).then(Meddling.DELETED),
                        of(MEDIUM, at(SENDING_STARTED, 8), at(SESSION_RESUMED)).then(Meddling.EDITED)),
                campaign(6, new Site("run", BUSINESS, "fail"),
                        of(3 * CHUNK + 1, at(SESSION_OPENED)),
                        of(3 * CHUNK - 1, at(ITEM_COMMITTED)),
                        of(LIMIT, at(LAST_BYTES_READ))),
                campaign(7, new Site("run", LIBRARY, "rename"),
                        of(LIMIT + 1, at(SESSION_OPENED)),
                        of(3 * CHUNK, at(FRAGMENT_ACKNOWLEDGED, 3)),
                        of(LIMIT, at(PROVEN), settled())),
                campaign(8, new Site("push", BUSINESS, "replace"),
                        of(MEDIUM, at(FRAGMENT_ACKNOWLEDGED, 5), at(SESSION_RESUMED)),
                        of(3 * CHUNK, completed())),
                campaign(9, new Site("push", PERSONAL, "rename"),
                        of(LIMIT, at(ITEM_COMMITTED)),
                        of(3 * CHUNK + 1, completed())),
                campaign(10, new Site("push", LIBRARY, "fail"),
                        of(3 * CHUNK, at(ITEM_COMMITTED)),
                        of(LIMIT, at(COMMIT_RECORDED))));
    }

    private static Campaign campaign(int number, Site site, Dump... dumps) {
        return new Campaign("table-" + number, site, true, number, List.of(dumps));
    }
}
