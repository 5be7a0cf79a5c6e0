package io.github.camelonedrive.backup.cli;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.credentials.ClientCertificate;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.CredentialEnd;
import io.github.camelonedrive.credentials.Destination;

/** A destination as it may be shown: of secrets only whether they are there, of the client ID, which is sealed, its end. */
final class DestinationData {

    private static final int SHOWN_OF_CLIENT_ID = 4;

    private DestinationData() {
    }

    /** For programs. @param now to say how many days are left */
    static Map<String, Object> of(Destination destination, Instant now) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", destination.name());
        data.put("folder", destination.folderPath());
        data.put("drive", destination.drive().toString());
        data.put("tenant", destination.tenant());
        data.put("cloud", destination.cloud().label());
        data.put("clientId", clientId(destination));
        data.put("signIn", label(SignInKind.of(destination)));
        data.put("permission", destination.permission().label());
        data.put("awaitsPermission", destination.awaitsPermission());
        destination.grant().ifPresent(grant -> {
            data.put("granted", List.copyOf(grant.scopes()));
            grant.account().ifPresent(account -> data.put("account", account));
            grant.driveId().ifPresent(id -> data.put("driveId", id));
        });
        data.put("credential", credential(destination.credential()));
        data.put("clientSecret", destination.credential().secret().isPresent());
        data.put("refreshToken", destination.refreshToken().isPresent());
        if (destination.credential() instanceof ClientCredential.Certificate proof) {
            data.put("certificate", certificate(proof.certificate()));
        } else if (destination.credential() instanceof ClientCredential.FederatedToken token) {
            data.put("federatedTokenFile", token.file().toString());
        }
        destination.secretExpires().ifPresent(date -> data.put("secretExpires", date.toString()));
        CredentialEnd.of(destination).ifPresent(end -> {
            data.put("ends", end.end().toString());
            data.put("daysLeft", end.daysLeft(now));
        });
        destination.signedIn().ifPresent(time -> data.put("signedIn", time.toString()));
        return data;
    }

    /** For people: the permission, and whether somebody has to sign in so that it counts. */
    static String permission(Destination destination) {
        if (SignInKind.of(destination) == SignInKind.APPLICATION) {
            return "of the application";
        }
        return destination.permission() + (destination.awaitsPermission() ? " (not authorized yet)" : "");
    }

    static String label(SignInKind kind) {
        return switch (kind) {
            case DELEGATED -> "delegated";
            case APPLICATION -> "application";
            case NOT_AUTHORIZED -> "not authorized yet";
        };
    }

    static String credential(ClientCredential credential) {
        if (credential instanceof ClientCredential.ClientSecret) {
            return "secret";
        }
        if (credential instanceof ClientCredential.Certificate) {
            return "certificate";
        }
        return credential instanceof ClientCredential.FederatedToken ? "federated token" : "public client";
    }

    /** Its last characters, by which somebody who has it before him knows it again. */
    static String clientId(Destination destination) {
        String id = destination.clientId().reveal();
        return id.length() <= 2 * SHOWN_OF_CLIENT_ID ? "…" : "…" + id.substring(id.length() - SHOWN_OF_CLIENT_ID);
    }

    private static Map<String, Object> certificate(ClientCertificate certificate) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("subject", certificate.certificate().getSubjectX500Principal().getName());
        data.put("thumbprint", thumbprint(certificate));
        data.put("notAfter", certificate.notAfter().toString());
        return data;
    }

    /** As the Azure portal shows it: SHA-1 of the certificate in hexadecimal capitals. */
    static String thumbprint(ClientCertificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.certificate().getEncoded());
            return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that was read can't be encoded", e);
        }
    }

    /** For people: {@code 2027-01-31 (66 days)}; empty when nothing is known to end. */
    static String end(Destination destination, Instant now) {
        return CredentialEnd.of(destination).map(end -> end.lastDay() + " (" + days(end.daysLeft(now)) + ")").orElse("");
    }

    private static String days(long left) {
        if (left < 0) {
            return "expired";
        }
        return left == 0 ? "less than a day left" : left == 1 ? "1 day left" : left + " days left";
    }
}
