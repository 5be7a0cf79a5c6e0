/**
 * The drop directory: which files are complete dumps, what becomes of them, and what is remembered between polls. Works on
 * Camel's {@code file:} consumer by two of its extension points, the filter and the process strategy.
 */
package io.github.camelonedrive.backup.watch;
