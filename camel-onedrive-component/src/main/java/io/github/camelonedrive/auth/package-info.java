/** Signing in: OAuth 2.0 grants and the token providers on top of them. Knows no Camel. */
package io.github.camelonedrive.auth;
