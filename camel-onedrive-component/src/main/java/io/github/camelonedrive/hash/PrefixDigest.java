package io.github.camelonedrive.hash;

/**
 * Identifies the first bytes of a source, to notice an edit in place before an upload is continued. QuickXorHash alone could
 * not see swapped parts; the checksum beside it depends on their order.
 *
 * @param length       how many bytes
 * @param quickXorHash of them, base64
 * @param crc32c       of them
 */
public record PrefixDigest(long length, String quickXorHash, long crc32c) {
}
