package io.github.camelonedrive.component.faults;

import java.util.concurrent.CountDownLatch;

import io.github.camelonedrive.simulator.Fault;

/** What goes wrong with a download: the rows of its fault table. Passing it strikes once or twice, lasting for good. */
enum DownloadTrouble {

    S400(Trouble.S400),
    TOKEN_EXPIRED(Trouble.TOKEN_EXPIRED),
    S401(Trouble.S401),
    S403(Trouble.S403),
    S404(Trouble.S404),
    S408(Trouble.S408),
    S409(Trouble.CHANGED),
    S410("410", 410, (fault, run) -> fault.answer(410)),
    S412(Trouble.S412),
    S416("416", 416, (fault, run) -> fault.answer(416).error("invalidRange")),
    S423(Trouble.S423),
    T429_7(Trouble.T429_7),
    T429_2128(Trouble.T429_2128),
    T429_DATE(Trouble.T429_DATE),
    T429_NONE(Trouble.T429_NONE),
    T429_RESET(Trouble.T429_RESET),
    T429_HOUR(Trouble.T429_HOUR),
    B503_7(Trouble.B503_7),
    B503_NONE(Trouble.B503_NONE),
    B503_HOUR(Trouble.B503_HOUR),
    S500(Trouble.S500),
    S501(Trouble.S501),
    S502(Trouble.S502),
    S504(Trouble.S504),
    S507(Trouble.S507),
    S509(Trouble.S509),
    NO_CONNECTION(Trouble.NO_CONNECTION),
    RESET_BEFORE(Trouble.RESET_BEFORE),
    STALL_WAITING(Trouble.STALL_WAITING),
    STALL_WITHIN("stall in the middle of the answer (lasting: 3 times)", 0,
            (fault, run) -> fault.stallAnswerAfter(1_000, new CountDownLatch(1))),
    TRUNCATED("reset in the middle of the answer", 0, (fault, run) -> fault.truncated()),
    GARBAGE(Trouble.GARBAGE),
    HTML(Trouble.HTML),
    HTML_502(Trouble.HTML_502),
    EMPTY(Trouble.EMPTY),
    URL_EXPIRED("401, the download URL has expired", 401, (fault, run) -> fault.expireDownloadUrl()),
    RANGE_IGNORED("200 with all of it instead of the range", 0, (fault, run) -> fault.ignoreRange()),
    RANGE_OTHER("206 with another range", 0, (fault, run) -> fault.header("Content-Range", "bytes 0-99/30000")),
    DAMAGED("other bytes than are stored", 0, (fault, run) -> fault.damageAnswer()),
    REPLACED("somebody replaces the content", 0, (fault, run) -> fault.run(run::replaceItem)),
    DELETED("somebody deletes the item", 404, (fault, run) -> fault.run(run::deleteItem));

    private static final int SOME = 3;

    /** Makes a rule of it. */
    @FunctionalInterface
    private interface Effect {
        Fault on(Fault fault, DownloadFaultRun run);
    }

    private final String title;
    private final int status;
    private final int passesAfter;
    private final Effect effect;

    DownloadTrouble(String title, int status, Effect effect) {
        this.title = title;
        this.status = status;
        this.passesAfter = 1;
        this.effect = effect;
    }

    DownloadTrouble(Trouble alike) {
        this.title = alike.title();
        this.status = alike.status();
        this.passesAfter = alike.passesAfter();
        this.effect = alike.isBeforeTheService() ? null : (fault, run) -> alike.apply(fault, Place.LINK, run.now());
    }

    String title() {
        return title;
    }

    /** The status that the client sees; 0 for the honest one, or none. */
    int status() {
        return status;
    }

    int passesAfter() {
        return passesAfter;
    }

    int lastsFor() {
        return this == STALL_WITHIN ? SOME : Integer.MAX_VALUE;
    }

    boolean isStall() {
        return this == STALL_WAITING || this == STALL_WITHIN;
    }

    /** Whether the item is another one, or none, once it struck. */
    boolean changesTheItem() {
        return this == REPLACED || this == DELETED;
    }

    /** It never reaches the service. */
    boolean isBeforeTheService() {
        return effect == null;
    }

    Fault apply(Fault fault, DownloadFaultRun run) {
        return effect.on(fault, run);
    }
}
