package io.github.camelonedrive.graph;

/**
 * A drive.
 *
 * @param driveType {@code personal}, {@code business} or {@code documentLibrary}
 * @param owner     whose it is, for people; empty when not told
 */
public record Drive(String id, String driveType, String owner, Quota quota) {
}
