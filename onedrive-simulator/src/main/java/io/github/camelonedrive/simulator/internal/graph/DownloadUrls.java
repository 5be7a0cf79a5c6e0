package io.github.camelonedrive.simulator.internal.graph;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;

/**
 * Pre-authenticated download URLs. They carry their own ticket, so none has to be remembered, and
 * characters that break when a client re-encodes them.
 */
public final class DownloadUrls {
    public static final String PREFIX = "/personal-content/";
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int SIGNATURE_BYTES = 18;

    private final Clock clock;
    private final SecretKeySpec key;
    private final IssuedSecrets secrets;

    /** Which version of which item may be read, and until when. */
    record Ticket(String itemId, int version, Instant expires) {
    }

    public DownloadUrls(Clock clock, String key, IssuedSecrets secrets) {
        this.secrets = secrets;
        this.clock = clock;
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
    }

    /** Path and query of a URL for the newest version of a file. */
    String targetFor(Item item) {
        return targetFor(item, item.versions.size() - 1);
    }

    /** Path and query of a URL for a version of a file. */
    String targetFor(Item item, int version) {
        long expires = clock.instant().plus(LIFETIME).getEpochSecond();
        String ticket = item.id + "|" + version + "|" + expires;
        String target = target(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(ticket)));
        secrets.add("download URL", target);
        return target;
    }

    /** The ticket in a request's path, whatever the rest of the URL looks like; empty when there is none. */
    Optional<Ticket> ticket(String rawPath) {
        try {
            byte[] ticket = Base64.getUrlDecoder().decode(encodedTicket(rawPath));
            String[] parts = new String(ticket, StandardCharsets.UTF_8).split("\\|");
            return Optional.of(new Ticket(parts[0], Integer.parseInt(parts[1]),
                    Instant.ofEpochSecond(Long.parseLong(parts[2]))));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns whether path and query are, byte for byte, what was handed out. */
    boolean isUnchanged(String rawTarget, String rawPath) {
        return rawTarget.equals(target(encodedTicket(rawPath)));
    }

    private static String encodedTicket(String rawPath) {
        return rawPath.substring(PREFIX.length()).split("/")[0];
    }

    private String target(String encodedTicket) {
        return PREFIX + encodedTicket + "/download.aspx?UniqueId='" + encodedTicket.hashCode() + "'&Translate=false"
                + "&tempauth=v1." + sign(encodedTicket) + "%2B%3D&ApiVersion=2.0";
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] signature = Arrays.copyOf(mac.doFinal(bytes(text)), SIGNATURE_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
