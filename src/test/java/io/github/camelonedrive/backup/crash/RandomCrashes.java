package io.github.camelonedrive.backup.crash;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.upload.UploadStep;

import static io.github.camelonedrive.backup.crash.Sizes.CHUNK;
import static io.github.camelonedrive.backup.crash.Sizes.LIMIT;

/** Deaths at random instants, all of which follow from a seed. */
final class RandomCrashes {

    private static final List<AccountType> ACCOUNTS =
            List.of(AccountType.PERSONAL, AccountType.BUSINESS, AccountType.DOCUMENT_LIBRARY);
    private static final List<String> CONFLICTS = List.of("replace", "replace", "rename", "fail");
    private static final Set<UploadStep> ONCE_A_FRAGMENT = EnumSet.of(UploadStep.SENDING_STARTED, UploadStep.LAST_BYTES_READ,
            UploadStep.FRAGMENT_ACKNOWLEDGED);
    private static final int SIGN_IN_AND_PROOF = 3;
    private static final int KILLS_EACH = 8;

    private final long seed;
    private final Random random;

    private RandomCrashes(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Campaigns of a few kills each; campaign n follows from the seed and n alone. @param kills in all, at least */
    static List<Campaign> campaigns(long seed, int kills) {
        List<Campaign> campaigns = new ArrayList<>();
        for (int planned = 0; planned < kills; planned += campaigns.get(campaigns.size() - 1).kills()) {
            long own = seed + 31L * campaigns.size();
            campaigns.add(new RandomCrashes(own).campaign("random-" + campaigns.size(), Math.min(KILLS_EACH, kills - planned)));
        }
        return campaigns;
    }

    private Campaign campaign(String name, int kills) {
        String command = random.nextInt(4) == 0 ? "push" : "run";
        // Who pushes a file again that was pushed, and settled, gets a copy or a refusal where it is not replaced.
        String conflict = command.equals("push") ? "replace" : any(CONFLICTS);
        Site site = new Site(command, any(ACCOUNTS), conflict);
        List<Dump> dumps = new ArrayList<>();
        for (int planned = 0; planned < kills; planned += dumps.get(dumps.size() - 1).kills().size()) {
            dumps.add(dump(site));
        }
        return new Campaign(name, site, false, seed, dumps);
    }

    private Dump dump(Site site) {
        int size = size();
        List<Moment> kills = new ArrayList<>();
        do {
            kills.add(moment(size));
        } while (kills.size() < 4 && random.nextInt(3) == 0);
        return new Dump(size, random.nextInt(4) == 0, meddling(site, size), kills);
    }

    private int size() {
        int chunks = 1 + random.nextInt(12);
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> LIMIT;
            case 2 -> LIMIT + 1;
            case 3 -> chunks * CHUNK;
            case 4 -> chunks * CHUNK - 1;
            case 5 -> chunks * CHUNK + 1;
            case 6 -> 1 + random.nextInt(LIMIT);
            default -> 1 + random.nextInt(30 * 1024 * 1024);
        };
    }

    private Moment moment(int size) {
        int fragments = size <= LIMIT ? 1 : (size + CHUNK - 1) / CHUNK;
        int requests = SIGN_IN_AND_PROOF + fragments;
        return switch (random.nextInt(6)) {
            case 0 -> new Moment.RequestArrived(1 + random.nextInt(requests));
            case 1 -> new Moment.RequestDone(1 + random.nextInt(requests));
            case 2 -> new Moment.AfterMillis(random.nextInt(20 + 10 * fragments));
            case 3 -> atStep(fragments);
            case 4 -> any(List.of(Moment.completed(), Moment.moved(), Moment.settled()));
            default -> Moment.afterBytes(1 + random.nextInt(Math.max(1, size)));
        };
    }

    private Moment atStep(int fragments) {
        UploadStep step = any(List.of(UploadStep.values()));
        return Moment.at(step, ONCE_A_FRAGMENT.contains(step) ? 1 + random.nextInt(fragments) : 1);
    }

    private Meddling meddling(Site site, int size) {
        if (!site.replaces() || size == 0 || random.nextInt(4) != 0) {
            return Meddling.NONE;
        }
        Meddling meddling = any(List.of(Meddling.values()));
        return meddling == Meddling.DELETED && !site.isRun() ? Meddling.NONE : meddling;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
