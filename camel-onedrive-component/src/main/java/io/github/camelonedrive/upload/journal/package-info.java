/**
 * The upload journal on disk: one file per upload under way, sealed where it is secret, locked by its owner. The format is
 * specified byte by byte in {@code docs/security.md}.
 */
package io.github.camelonedrive.upload.journal;
