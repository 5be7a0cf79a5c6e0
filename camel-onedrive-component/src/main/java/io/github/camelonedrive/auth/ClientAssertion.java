package io.github.camelonedrive.auth;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.JWTID;

import io.github.camelonedrive.credentials.ClientCertificate;
import io.github.camelonedrive.credentials.Secret;

/** The signed statements that prove an app registration without a client secret. Each goes into one request. */
final class ClientAssertion {

    /** Microsoft asks for 5 to 10 minutes ({@code graph-contract.md} statement 90). */
    static final Duration LIFE = Duration.ofMinutes(10);

    /** Tokens have some thousand characters; what is larger is another file. */
    private static final int LARGEST_TOKEN = 64 * 1024;

    private ClientAssertion() {
    }

    /**
     * Signed with the certificate's key: PS256, with the certificate's SHA-256 thumbprint ({@code graph-contract.md} statement
     * 90). The service rejects an assertion that it has seen, so each has an id of its own.
     *
     * @throws SignInException when the certificate has ended or its key can't sign
     */
    static Secret signed(String label, ClientID client, ClientCertificate certificate, URI tokenEndpoint, Instant now)
            throws SignInException {
        if (!now.isBefore(certificate.notAfter())) {
            throw SignInException.unusableCredential("The certificate of '" + label + "' has ended on "
                    + certificate.notAfter() + ".", "Create a new one, upload its public part under 'Certificates & secrets' of"
                            + " the app registration, and store it here. If it has not ended, set this machine's clock.", null);
        }
        try {
            Date issued = Date.from(now);
            JWTAuthenticationClaimsSet claims = new JWTAuthenticationClaimsSet(client, List.of(new Audience(tokenEndpoint)),
                    Date.from(now.plus(LIFE)), issued, issued, new JWTID());
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.PS256).type(JOSEObjectType.JWT)
                    .x509CertSHA256Thumbprint(thumbprint(certificate)).build();
            SignedJWT assertion = new SignedJWT(header, claims.toJWTClaimsSet());
            assertion.sign(new RSASSASigner(certificate.privateKey()));
            return Secret.of(assertion.serialize());
        } catch (JOSEException | CertificateEncodingException
                | IllegalArgumentException e) {
            throw SignInException.unusableCredential("The certificate of '" + label + "' can't sign: its key has to be an RSA"
                    + " key of 2048 bits or more.", "Create a certificate with an RSA key, upload its public part under"
                            + " 'Certificates & secrets' of the app registration, and store it here.", e);
        }
    }

    private static Base64URL thumbprint(ClientCertificate certificate) throws CertificateEncodingException {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(certificate.certificate().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }

    /**
     * The token that another identity provider has written there, read anew each time because it is replaced before it expires
     * ({@code graph-contract.md} statement 91).
     *
     * @throws SignInException when the file is missing, unreadable, empty, or no token
     */
    static Secret federated(String label, Path file) throws SignInException {
        String remedy = "Check 'federatedTokenFile', and that whatever issues the token writes it there for this user.";
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(LARGEST_TOKEN + 1);
        } catch (NoSuchFileException e) {
            throw SignInException.unusableCredential("The federated token of '" + label + "' is missing: there is no file "
                    + file + ".", remedy, e);
        } catch (IOException e) {
            throw SignInException.unusableCredential("The federated token of '" + label + "' can't be read from " + file + ".",
                    remedy, e);
        }
        if (content.length > LARGEST_TOKEN) {
            throw SignInException.unusableCredential("The file " + file + " is too large for the federated token of '" + label
                    + "'.", remedy, null);
        }
        String token = new String(content, StandardCharsets.UTF_8).strip();
        if (token.isEmpty() || token.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            throw SignInException.unusableCredential("The file " + file + " holds no federated token of '" + label + "': it is "
                    + (token.isEmpty() ? "empty." : "not one word of plain characters."), remedy, null);
        }
        return Secret.of(token);
    }
}
