/** The demonstration: everything that {@code run} does, against a simulated OneDrive in the same process. */
package io.github.camelonedrive.backup.demo;
