/**
 * What outlives a process about dumps: the append-only record of those that were proven, and those that are held back. Both
 * are read without holding them in memory.
 */
package io.github.camelonedrive.backup.catalogue;
