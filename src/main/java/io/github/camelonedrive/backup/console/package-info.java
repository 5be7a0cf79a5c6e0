/** What people and programs see: tables, progress, JSON. */
package io.github.camelonedrive.backup.console;
