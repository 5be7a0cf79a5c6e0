package io.github.camelonedrive.simulator;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;

/** Identifiers and tags in the formats of each kind of account (`graph-contract.md` §1.1, §2, J1, J2). */
final class Ids {
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
    private final String driveId;
    private final StateLog state;
    private final AtomicLong nextNumber;

    Ids(AccountType accountType, String driveId, StateLog state) {
        this.accountType = accountType;
        this.driveId = driveId;
        this.state = state;
        JsonNode kept = state.restored(StateLog.Kind.COUNTER).getOrDefault(COUNTER, Json.object());
        this.nextNumber = new AtomicLong(kept.path("value").asLong(FIRST_LEGACY_NUMBER));
    }

    String driveId() {
        return driveId;
    }

    String guid() {
        return UUID.randomUUID().toString();
    }

    String itemId(String guid) {
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
        state.put(StateLog.Kind.COUNTER, COUNTER, Json.object().put("value", nextNumber.get()));
        return number;
    }

    String eTag(Item item) {
        if (accountType.isPersonal()) {
            return "a" + base64(item.id + "." + item.eTagNumber);
        }
        return "\"{" + item.guid.toUpperCase(Locale.ROOT) + "}," + item.eTagNumber + "\"";
    }

    String cTag(Item item) {
        if (accountType.isPersonal()) {
            return "a" + base64("c:" + item.id + "." + item.cTagNumber);
        }
        return "\"c:{" + item.guid.toUpperCase(Locale.ROOT) + "}," + item.cTagNumber + "\"";
    }

    static String token(int length) {
        return random(ALPHANUMERIC, length);
    }

    /** What a person types: no characters that are mistaken for one another. */
    static String userCode() {
        return random("BCDFGHJKLMNPQRSTVWXZ23456789", USER_CODE_LENGTH);
    }

    static String newDriveId(AccountType accountType) {
        if (accountType.isPersonal()) {
            // A leading zero would be dropped by the API now and then (§1.1); that is left to tests that ask for it.
            return String.format("%016x", RANDOM.nextLong() | 1L << 63).substring(0, CID_HEX_DIGITS);
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
