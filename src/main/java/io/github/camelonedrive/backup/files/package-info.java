/** How the application makes files and directories. */
package io.github.camelonedrive.backup.files;
