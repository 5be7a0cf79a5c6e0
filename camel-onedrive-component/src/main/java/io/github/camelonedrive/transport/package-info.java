/** What {@code auth} and {@code graph} share about talking HTTP: which addresses may be talked to, and when. */
package io.github.camelonedrive.transport;
