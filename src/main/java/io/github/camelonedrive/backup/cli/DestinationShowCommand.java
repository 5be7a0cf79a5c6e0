package io.github.camelonedrive.backup.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code destination show}. */
@Command(name = "show", description = "Shows destinations, without secrets.")
final class DestinationShowCommand extends BackupCommand {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Destinations of the vault.")
    private List<String> names;

    @Override
    int run() throws Exception {
        Vault vault = vault();
        Instant now = Instant.now();
        List<Destination> destinations = new ArrayList<>();
        for (String name : names) {
            destinations.add(vault.destination(name));
        }
        for (int i = 0; i < destinations.size(); i++) {
            if (i > 0) {
                console().print("");
            }
            console().print(destinations.get(i).name());
            lines(destinations.get(i), now).forEach((what, value) ->
                    console().print(String.format("  %-14s %s", what, value)));
            if (SignInKind.of(destinations.get(i)) == SignInKind.NOT_AUTHORIZED
                    || destinations.get(i).awaitsPermission()) {
                NextStep.of(destinations.get(i)).forEach(line -> console().print("  " + line));
            }
        }
        console().printJson(Map.of("destinations",
                destinations.stream().map(destination -> DestinationData.of(destination, now)).toList()));
        return ExitCode.DONE;
    }

    private static Map<String, String> lines(Destination destination, Instant now) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("folder", destination.folderPath());
        lines.put("drive", destination.drive().kind().name().equals("ME") ? "me: the one of whoever signs in"
                : destination.drive().toString());
        lines.put("tenant", destination.tenant());
        lines.put("cloud", destination.cloud().label());
        lines.put("client ID", DestinationData.clientId(destination) + " (sealed; its end only)");
        lines.put("sign-in", DestinationData.label(SignInKind.of(destination)));
        lines.put("permission", DestinationData.permission(destination));
        destination.grant().ifPresent(grant -> {
            lines.put("granted", String.join(" ", grant.scopes()));
            grant.account().ifPresent(account -> lines.put("account", account));
            grant.driveId().ifPresent(id -> lines.put("drive id", id));
        });
        lines.put("proof", proof(destination.credential()));
        String end = DestinationData.end(destination, now);
        lines.put("proof ends", end.isEmpty() ? "not known" : end);
        if (destination.credential() instanceof ClientCredential.None) {
            lines.remove("proof ends");
        }
        lines.put("refresh token", destination.refreshToken().isPresent() ? "(stored)" : "none");
        lines.put("last sign-in", destination.signedIn().map(Object::toString).orElse("not known"));
        return lines;
    }

    private static String proof(ClientCredential credential) {
        if (credential instanceof ClientCredential.ClientSecret) {
            return "client secret (stored)";
        }
        if (credential instanceof ClientCredential.Certificate proof) {
            return "certificate " + proof.certificate().certificate().getSubjectX500Principal().getName() + ", thumbprint "
                    + DestinationData.thumbprint(proof.certificate());
        }
        if (credential instanceof ClientCredential.FederatedToken token) {
            return "federated token in " + token.file();
        }
        return "none: a public client";
    }
}
