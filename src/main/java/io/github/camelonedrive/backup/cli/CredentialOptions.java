package io.github.camelonedrive.backup.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.ClientCertificate;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Secret;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options with which an app registration proves itself, for commands that store them. Secrets come from files only. */
final class CredentialOptions {

    private static final int LARGEST_CERTIFICATE = 1024 * 1024;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @ArgGroup
    private Proof proof;

    /** At most one of them. */
    private static final class Proof {

        @Option(names = "--client-secret-file", paramLabel = "F",
                description = "The client secret's value (not its ID).")
        private Path clientSecretFile;

        @Option(names = "--certificate", paramLabel = "F",
                description = "A certificate with its private key: PEM or PKCS#12 (.pfx, .p12).")
        private Path certificate;

        @Option(names = "--federated-token-file", paramLabel = "F",
                description = "A token of another identity provider that the registration trusts; read anew for each sign-in.")
        private Path federatedTokenFile;
    }

    @Option(names = "--certificate-password-file", paramLabel = "F",
            description = "The password of a protected --certificate.")
    private Path certificatePasswordFile;

    @Option(names = "--refresh-token-file", paramLabel = "F",
            description = "A refresh token of the account, instead of 'authorize'.")
    private Path refreshTokenFile;

    @Option(names = "--secret-expires", paramLabel = "DATE", description = "When the client secret expires, as 2027-01-31.")
    private LocalDate secretExpires;

    // Arguments can be seen by everybody on the machine, so a secret among them is refused, without repeating it.
    @Option(names = "--client-secret", hidden = true, arity = "0..1", fallbackValue = "")
    void refuseClientSecret(String value) {
        refuse("--client-secret", "--client-secret-file", value);
    }

    @Option(names = "--refresh-token", hidden = true, arity = "0..1", fallbackValue = "")
    void refuseRefreshToken(String value) {
        refuse("--refresh-token", "--refresh-token-file", value);
    }

    @Option(names = "--certificate-password", hidden = true, arity = "0..1", fallbackValue = "")
    void refuseCertificatePassword(String value) {
        refuse("--certificate-password", "--certificate-password-file", value);
    }

    private void refuse(String option, String instead, String value) {
        if (value == null) {
            return;
        }
        if (!value.isBlank()) {
            Secret.of(value);
        }
        throw new ParameterException(spec.commandLine(), option + " is not possible: everybody on this machine can see the "
                + "arguments of a program. Put the value into a file that only you can read, and give its name with "
                + instead + " FILE.");
    }

    /** Whether one of the ways to prove the registration was given. */
    boolean isGiven() {
        return proof != null;
    }

    Optional<LocalDate> secretExpires() {
        return Optional.ofNullable(secretExpires);
    }

    /** @param local finds a file as somebody typed it */
    Optional<Secret> refreshToken(UnaryOperator<Path> local) throws BackupException {
        return refreshTokenFile == null ? Optional.empty()
                : Optional.of(SecretFile.read(local.apply(refreshTokenFile), "refresh token"));
    }

    /**
     * What was given, {@link ClientCredential#NONE} when nothing was.
     *
     * @param local finds a file as somebody typed it
     * @throws BackupException when a file can't be what it should be
     */
    ClientCredential credential(UnaryOperator<Path> local) throws BackupException {
        if (certificatePasswordFile != null && (proof == null || proof.certificate == null)) {
            throw BackupException.usage("--certificate-password-file was given without --certificate.",
                    "Give the certificate too.");
        }
        if (proof == null) {
            return ClientCredential.NONE;
        }
        if (proof.clientSecretFile != null) {
            return new ClientCredential.ClientSecret(SecretFile.read(local.apply(proof.clientSecretFile), "client secret"));
        }
        if (proof.certificate != null) {
            return new ClientCredential.Certificate(certificate(local.apply(proof.certificate), local));
        }
        Path token = local.apply(proof.federatedTokenFile).toAbsolutePath().normalize();
        if (!Files.isReadable(token)) {
            throw BackupException.usage("The federated token file " + token + " can't be read.",
                    "Check its name and rights. It is read anew for each sign-in, so it has to stay there.");
        }
        return new ClientCredential.FederatedToken(token);
    }

    private ClientCertificate certificate(Path file, UnaryOperator<Path> local) throws BackupException {
        Optional<Secret> password = certificatePasswordFile == null ? Optional.empty()
                : Optional.of(SecretFile.read(local.apply(certificatePasswordFile), "certificate's password"));
        byte[] content = SecretFile.bytes(file, LARGEST_CERTIFICATE, "certificate");
        try {
            return ClientCertificate.parse(content, password);
        } catch (IllegalArgumentException e) {
            throw BackupException.usage("The certificate " + file + " can't be used: " + e.getMessage(), "", e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
