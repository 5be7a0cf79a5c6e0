/** Who could have written what steers the program: settings, routes, libraries. */
package io.github.camelonedrive.backup.trust;
