/**
 * The upload engine: from a source of bytes to an item in OneDrive that is proven to hold the same bytes. Decides between one
 * PUT and an upload session, finds its way back after failures, hashes while it reads, and verifies. Knows no Camel.
 */
package io.github.camelonedrive.upload;
