package io.github.camelonedrive.backup.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

/** Troubles that pass, and a plan of them that follows from a seed. */
final class SoakFaults {

    private static final Duration STALL = Duration.ofMillis(300);
    private static final int PART = 100_000;

    /** A service, or a gateway before it, that does nothing of what was asked. */
    private static final List<UnaryOperator<Fault>> NOTHING_DONE = List.of(
            fault -> fault.answer(500), fault -> fault.answer(502).html(), fault -> fault.answer(503),
            fault -> fault.answer(503).header("Retry-After", "1"), fault -> fault.answer(504).emptyBody(),
            fault -> fault.answer(408), fault -> fault.throttle("1"), fault -> fault.throttle("0.5"),
            Fault::throttleWithoutRetryAfter, Fault::cutBefore, fault -> fault.stall(STALL));

    /** Done, but the client learns nothing of it. */
    private static final List<UnaryOperator<Fault>> ANSWER_LOST = List.of(
            Fault::cutAfter, fault -> fault.afterEffect().answer(504), fault -> fault.afterEffect().truncated(),
            fault -> fault.afterEffect().answer(200).garbage(), fault -> fault.afterEffect().answer(200).html(),
            fault -> fault.afterEffect().answer(200).emptyBody(), fault -> fault.afterEffect().stall(STALL));

    private static final List<UnaryOperator<Fault>> TOKENS = List.of(Fault::expireAccessTokens, Fault::challengeClaims);

    private static final List<UnaryOperator<Fault>> FRAGMENTS = List.of(
            fault -> fault.cutWithin(PART), fault -> fault.keepBytes(PART).cutWithin(2 * PART),
            fault -> fault.keepBytes(PART).answer(500), Fault::expireSession, Fault::expireUploadUrl, Fault::forbidUploadUrl,
            Fault::withoutNextExpectedRanges, fault -> fault.stallReading(STALL));

    private static final List<UnaryOperator<Fault>> LAST_FRAGMENTS = List.of(
            Fault::holdCommit, Fault::acceptedInsteadOfItem, Fault::cutAfter, fault -> fault.hashAfterLookups(2),
            Fault::missingHash, fault -> fault.afterEffect().answer(503));

    private static final List<UnaryOperator<Fault>> SINGLE_PUTS = List.of(
            fault -> fault.cutWithin(1), fault -> fault.hashAfterLookups(2), Fault::missingHash, fault -> fault.answer(423));

    private final Random random;
    private final List<Fault> plan = new ArrayList<>();

    private SoakFaults(Random random) {
        this.random = random;
    }

    /** @param files how many files will go up, each with a fault or so */
    static List<Fault> plan(long seed, int files) {
        SoakFaults faults = new SoakFaults(new Random(seed));
        faults.rain(Step.SIMPLE_UPLOAD, files / 4, 4, NOTHING_DONE, ANSWER_LOST, TOKENS, SINGLE_PUTS);
        faults.rain(Step.FRAGMENT, files / 4, 3, NOTHING_DONE, ANSWER_LOST, FRAGMENTS, FRAGMENTS);
        faults.rainOnLastFragments(files / 10);
        // The lost answer to a creation keeps the name on business drives until that session ends: the crash test has that.
        faults.rain(Step.CREATE_SESSION, files / 12, 4, NOTHING_DONE, TOKENS);
        faults.rain(Step.SESSION_STATUS, files / 15, 3, NOTHING_DONE, ANSWER_LOST);
        faults.rain(Step.ITEM_LOOKUP, files / 10, 3, NOTHING_DONE, ANSWER_LOST, TOKENS);
        faults.rain(Step.CREATE_FOLDER, 6, 3, NOTHING_DONE, ANSWER_LOST);
        faults.rain(Step.SESSION_CANCEL, files / 50, 2, NOTHING_DONE, ANSWER_LOST);
        faults.rain(Step.TOKEN, 2 + files / 300, 6, NOTHING_DONE);
        return faults.plan;
    }

    /** @param gap requests from one fault to the next, on average */
    @SafeVarargs
    private void rain(Step step, int count, int gap, List<UnaryOperator<Fault>>... kinds) {
        for (int fault = 0, nth = 0; fault < count; fault++) {
            nth += 1 + random.nextInt(2 * gap);
            plan.add(any(kinds[random.nextInt(kinds.length)]).apply(Fault.on(step).nth(nth)));
        }
    }

    private void rainOnLastFragments(int count) {
        for (int fault = 0, nth = 0; fault < count; fault++) {
            nth += 1 + random.nextInt(4);
            plan.add(any(LAST_FRAGMENTS).apply(Fault.on(Step.FRAGMENT).lastFragment().nth(nth)));
        }
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
