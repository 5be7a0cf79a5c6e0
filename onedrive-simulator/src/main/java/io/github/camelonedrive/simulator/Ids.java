package io.github.camelonedrive.simulator;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Identifiers and tags in the formats of each kind of account (`graph-contract.md` §1.1, §2, J1, J2). */
final class Ids {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int BUSINESS_ID_LENGTH = 32;
    private static final int CID_HEX_DIGITS = 16;
    private static final int DRIVE_ID_LENGTH = 64;
    private static final long FIRST_LEGACY_NUMBER = 101;

    private final SecureRandom random = new SecureRandom();
    private final AccountType accountType;
    private final String driveId;
    private final AtomicLong legacyNumber = new AtomicLong(FIRST_LEGACY_NUMBER);

    Ids(AccountType accountType, String wantedDriveId) {
        this.accountType = accountType;
        this.driveId = wantedDriveId == null ? newDriveId() : wantedDriveId;
    }

    String driveId() {
        return driveId;
    }

    String guid() {
        return UUID.randomUUID().toString();
    }

    String itemId(String guid) {
        if (accountType == AccountType.PERSONAL_LEGACY) {
            return driveId.toUpperCase(Locale.ROOT) + "!" + legacyNumber.getAndIncrement();
        }
        if (accountType.isPersonal()) {
            return driveId.toUpperCase(Locale.ROOT) + "!s" + guid.replace("-", "");
        }
        return "01" + random(BASE32, BUSINESS_ID_LENGTH);
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

    String token(int length) {
        return random(ALPHANUMERIC, length);
    }

    private String newDriveId() {
        if (accountType.isPersonal()) {
            // A leading zero would be dropped by the API now and then (§1.1); that is left to tests that ask for it.
            return String.format("%016x", random.nextLong() | 1L << 63).substring(0, CID_HEX_DIGITS);
        }
        return "b!" + random(ALPHANUMERIC + "-_", DRIVE_ID_LENGTH);
    }

    private String random(String alphabet, int length) {
        return random.ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, i) -> text.append(alphabet.charAt(i)), StringBuilder::append)
                .toString();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
