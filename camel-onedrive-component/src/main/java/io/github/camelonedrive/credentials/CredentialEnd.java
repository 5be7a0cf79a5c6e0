package io.github.camelonedrive.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;

import io.github.camelonedrive.Remedy;
import io.github.camelonedrive.RemedyAction;
import io.github.camelonedrive.RemedyWords;
import io.github.camelonedrive.credentials.ClientCredential.Certificate;

/**
 * When what an app registration proves itself with ends: from then on Microsoft refuses every sign-in of the destination,
 * though its refresh token is good ({@code graph-contract.md} §7.6, AADSTS7000222). What only the operator knows, the end of a
 * client secret, counts as far as he said it.
 *
 * @param destination whose it is
 * @param kind        what ends
 * @param end         the last moment at which it is good: the end of a secret's last day in UTC, a certificate's notAfter,
 *                    which is included (RFC 5280 §4.1.2.5)
 */
public record CredentialEnd(String destination, Kind kind, Instant end) {

    /** What ends. */
    public enum Kind {

        /** A client secret. */
        SECRET("client secret"),

        /** The certificate that signs client assertions. */
        CERTIFICATE("certificate");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** What people call it. */
        public String label() {
            return label;
        }
    }

    /** The earliest end that is known of the destination; empty when nothing is known to end. */
    public static Optional<CredentialEnd> of(Destination destination) {
        Optional<CredentialEnd> secret = destination.secretExpires()
                .map(day -> new CredentialEnd(destination.name(), Kind.SECRET, lastMomentOf(day)));
        Optional<CredentialEnd> certificate = destination.credential() instanceof Certificate proof
                ? Optional.of(new CredentialEnd(destination.name(), Kind.CERTIFICATE, proof.certificate().notAfter()))
                : Optional.empty();
        if (secret.isPresent() && certificate.isPresent()) {
            return secret.get().end.isBefore(certificate.get().end) ? secret : certificate;
        }
        return secret.or(() -> certificate);
    }

    private static Instant lastMomentOf(LocalDate day) {
        return day.atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC);
    }

    /** How urgent it is at that time. */
    public ExpiryLevel level(Instant now) {
        return ExpiryLevel.at(now, end);
    }

    /** Whole days from then to its end: 0 on its last day, negative when it is over. */
    public long daysLeft(Instant now) {
        Duration left = Duration.between(now, end);
        return left.isNegative() ? Math.min(-1, left.toDays()) : left.toDays();
    }

    /** Its last day in UTC. */
    public LocalDate lastDay() {
        return LocalDate.ofInstant(end, ZoneOffset.UTC);
    }

    /** What is going to happen, or has, in one sentence. */
    public String problem(Instant now) {
        String what = "The " + kind.label() + " of destination '" + destination + "' ";
        return switch (level(now)) {
            case EXPIRED -> what + "expired on " + lastDay() + " (UTC): Microsoft refuses its sign-ins.";
            default -> what + "expires " + when(daysLeft(now)) + ", on " + lastDay()
                    + " (UTC). After that nothing goes up there any more.";
        };
    }

    private static String when(long daysLeft) {
        return daysLeft == 0 ? "within a day" : daysLeft == 1 ? "in 1 day" : "in " + daysLeft + " days";
    }

    /** What to do about it; nothing of the sign-in is lost by it. */
    public Remedy remedy() {
        return switch (kind) {
            case SECRET -> Remedy.of("Make a new client secret (Azure portal: App registrations > the app > Certificates &"
                    + " secrets > New client secret) and copy its value.", RemedyAction.NEW_SECRET, destination);
            case CERTIFICATE -> Remedy.of("Make a new certificate and upload its public part (Azure portal: App registrations >"
                    + " the app > Certificates & secrets > Certificates).", RemedyAction.NEW_CERTIFICATE, destination);
        };
    }

    /** Problem and remedy, for an operator. */
    public String text(Instant now, RemedyWords words) {
        return problem(now) + " " + remedy().text(words);
    }
}
