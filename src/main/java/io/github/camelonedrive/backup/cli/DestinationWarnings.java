package io.github.camelonedrive.backup.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.RemedyCommands;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.CredentialEnd;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Secret;

/** What looks wrong with a destination before anybody has signed in to it, told when it is stored. */
final class DestinationWarnings {

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private DestinationWarnings() {
    }

    /** What is probably wrong, in whole sentences; none of them holds a secret. */
    static List<String> of(Destination destination, Instant now) {
        List<String> warnings = new ArrayList<>();
        if (!isGuid(destination.clientId())) {
            warnings.add(ofClientId());
        }
        if (destination.credential().secret().filter(DestinationWarnings::isGuid).isPresent()) {
            warnings.add(ofSecretId());
        }
        if (destination.credential() instanceof ClientCredential.Certificate proof) {
            Instant begins = proof.certificate().certificate().getNotBefore().toInstant();
            if (now.isBefore(begins)) {
                warnings.add("The certificate is not valid before " + begins + ". Until then Microsoft refuses it.");
            }
        } else if (destination.secretExpires().isPresent() && destination.credential().secret().isEmpty()) {
            warnings.add("There is a date on which a client secret ends, but no client secret.");
        }
        Optional<CredentialEnd> end = CredentialEnd.of(destination);
        end.filter(known -> known.level(now).isWarning()).ifPresent(known -> warnings.add(known.text(now, RemedyCommands.WORDS)));
        return warnings;
    }

    static boolean isGuid(Secret value) {
        return GUID.matcher(value.reveal()).matches();
    }

    static String ofClientId() {
        return "This does not look like a client ID, which is 32 hexadecimal digits in five groups. It is on the app "
                + "registration's page 'Overview', as 'Application (client) ID'.";
    }

    static String ofSecretId() {
        return "The client secret looks like a secret's ID, not its value. Microsoft would refuse it. The portal shows the "
                + "value only once, in the column 'Value', when the secret is made: make a new one if you did not copy it.";
    }

    /** @throws BackupException for what can't work at all (`graph-contract.md` §7.1: personal accounts live in one cloud) */
    static void requirePossible(String tenant, Cloud cloud) throws BackupException {
        if (tenant.equalsIgnoreCase("consumers") && cloud != Cloud.GLOBAL) {
            throw BackupException.usage("Personal accounts (tenant consumers) are in the cloud global only, not in " + cloud
                    + ".", "Leave --cloud out, or give the tenant of the organization.");
        }
    }
}
