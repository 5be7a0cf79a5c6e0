/** Failures of the application itself, and reading any failure for people and for machines. */
package io.github.camelonedrive.backup.failure;
