/**
 * Secrets at rest: the vault file, the master key and its sources, and the sealing of fields. Knows no Camel and no HTTP.
 * The file format is specified byte by byte in {@code docs/security.md}.
 */
package io.github.camelonedrive.credentials;
