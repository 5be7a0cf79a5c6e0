package io.github.camelonedrive.simulator.internal.identity;

import java.security.PublicKey;

/**
 * Another issuer's tokens that stand for the app (`graph-contract.md` §7.3). All three texts are compared case-sensitively.
 *
 * @param issuer the claim {@code iss}
 * @param subject the claim {@code sub}
 * @param audience the claim {@code aud}, {@code api://AzureADTokenExchange} as a rule
 * @param key what the issuer's signatures are checked with: RSA or EC P-256
 */
public record FederatedCredential(String issuer, String subject, String audience, PublicKey key) {
}
