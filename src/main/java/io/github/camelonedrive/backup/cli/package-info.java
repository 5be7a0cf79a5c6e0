/** The command line: what can be typed, what it prints, and the exit codes. */
package io.github.camelonedrive.backup.cli;
