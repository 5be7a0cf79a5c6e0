package io.github.camelonedrive.download;

import java.nio.file.Path;

/**
 * A download that has become a file.
 *
 * @param first        the position in the item of the file's first byte
 * @param size         of the file in bytes
 * @param quickXorHash of the file, base64
 * @param resumed      whether an earlier attempt had brought some of it
 */
public record DownloadedFile(Path file, long first, long size, String quickXorHash, DownloadVerdict verdict, boolean resumed) {
}
