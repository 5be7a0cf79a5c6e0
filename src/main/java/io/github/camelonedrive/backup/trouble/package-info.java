/** What does not work at present, as values in one place: the log, health and metrics read them from there. */
package io.github.camelonedrive.backup.trouble;
