/**
 * The files that come into a folder, each version once: reads the drive's changes, keeps what belongs to the folder, and
 * remembers what is still to be done, durably if wanted. Knows no Camel.
 */
package io.github.camelonedrive.feed;
