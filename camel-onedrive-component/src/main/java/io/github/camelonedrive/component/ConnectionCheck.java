package io.github.camelonedrive.component;

import io.github.camelonedrive.graph.Drive;

/**
 * What a connection check found. That there is a result means that signing in worked.
 *
 * @param folder       the endpoint's folder
 * @param folderExists whether it is there; the first upload makes a missing one
 */
public record ConnectionCheck(Drive drive, String folder, boolean folderExists) {
}
