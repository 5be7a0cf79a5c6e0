package io.github.camelonedrive.simulator.internal.drive;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** Identifiers and tags in the formats of each kind of account. */
public final class Ids {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int BUSINESS_ID_LENGTH = 32;
    private static final int CID_HEX_DIGITS = 16;
    private static final int DRIVE_ID_LENGTH = 64;
    private static final int USER_CODE_LENGTH = 9;
    private static final long FIRST_LEGACY_NUMBER = 101;

    private static final String COUNTER = "nextItemNumber";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final AccountType accountType;
    private final boolean mixesCase;
    private final boolean dropsZeros;
    private final String driveId;
    private final StateLog state;
    private final AtomicLong nextNumber;
    /** Always the same one, so that a test meets the same spellings again. */
    private final Random spelling = new Random(1);

    public Ids(SimulatorSettings settings, String driveId, StateLog state) {
        this.accountType = settings.accountType;
        this.mixesCase = accountType.isPersonal() && settings.mixedCaseIds;
        this.dropsZeros = accountType.isPersonal() && settings.leadingZerosDropped;
        this.driveId = driveId;
        this.state = state;
        JsonNode kept = state.restored(StateLog.Kind.COUNTER).getOrDefault(COUNTER, WireJson.object());
        this.nextNumber = new AtomicLong(kept.path("value").asLong(FIRST_LEGACY_NUMBER));
    }

    public String driveId() {
        return driveId;
    }

    /** An item's id as a response spells it this time. */
    public String shown(String itemId) {
        if (!mixesCase) {
            return itemId;
        }
        return switch (spelling.nextInt(3)) {
            case 0 -> itemId.toUpperCase(Locale.ROOT);
            case 1 -> itemId.toLowerCase(Locale.ROOT);
            default -> inTurns(itemId);
        };
    }

    /** The drive's id as a response spells it this time. */
    public String shownDriveId() {
        String id = shown(driveId);
        return dropsZeros && spelling.nextBoolean() ? id.replaceFirst("^0", "") : id;
    }

    private static String inTurns(String id) {
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < id.length(); i++) {
            mixed.append(i % 2 == 0 ? Character.toUpperCase(id.charAt(i)) : Character.toLowerCase(id.charAt(i)));
        }
        return mixed.toString();
    }

    public String itemId(String guid) {
        if (accountType == AccountType.PERSONAL_LEGACY) {
            return driveId.toUpperCase(Locale.ROOT) + "!" + newNumber();
        }
        if (accountType.isPersonal()) {
            return driveId.toUpperCase(Locale.ROOT) + "!s" + guid.replace("-", "");
        }
        return "01" + random(BASE32, BUSINESS_ID_LENGTH);
    }

    private long newNumber() {
        long number = nextNumber.getAndIncrement();
        state.put(StateLog.Kind.COUNTER, COUNTER, WireJson.object().put("value", nextNumber.get()));
        return number;
    }

    public String eTag(Item item) {
        if (accountType.isPersonal()) {
            return "a" + base64(item.id + "." + item.eTagNumber);
        }
        return "\"{" + item.guid.toUpperCase(Locale.ROOT) + "}," + item.eTagNumber + "\"";
    }

    public String cTag(Item item) {
        if (accountType.isPersonal()) {
            return "a" + base64("c:" + item.id + "." + item.cTagNumber);
        }
        return "\"c:{" + item.guid.toUpperCase(Locale.ROOT) + "}," + item.cTagNumber + "\"";
    }

    public static String token(int length) {
        return random(ALPHANUMERIC, length);
    }

    /** A code to type: no characters that are mistaken for one another. */
    public static String userCode() {
        return random("BCDFGHJKLMNPQRSTVWXZ23456789", USER_CODE_LENGTH);
    }

    static String newDriveId(SimulatorSettings settings) {
        if (settings.accountType.isPersonal()) {
            // The service leaves out a leading zero now and then; that is left to tests that ask for it.
            String id = String.format("%016x", RANDOM.nextLong() | 1L << 63).substring(0, CID_HEX_DIGITS);
            return settings.leadingZerosDropped ? "0" + id.substring(1) : id;
        }
        return "b!" + random(ALPHANUMERIC + "-_", DRIVE_ID_LENGTH);
    }

    private static String random(String alphabet, int length) {
        return RANDOM.ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
