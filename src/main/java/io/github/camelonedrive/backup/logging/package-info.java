/** Logback, set up in code: readable lines on standard error, and no secret in any of them. */
package io.github.camelonedrive.backup.logging;
