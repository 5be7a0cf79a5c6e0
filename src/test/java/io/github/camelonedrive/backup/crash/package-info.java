/** Processes that are killed, and what the next one makes of what they left: {@code docs/reliability-tests.md}. */
package io.github.camelonedrive.backup.crash;
