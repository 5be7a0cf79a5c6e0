/** Camel as the application runs it: the home, the start and the stop, and the routes of watched directories. */
package io.github.camelonedrive.backup.runtime;
