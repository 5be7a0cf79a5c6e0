/** {@code application.properties}: where it is, which names it may hold, and what they mean. */
package io.github.camelonedrive.backup.settings;
