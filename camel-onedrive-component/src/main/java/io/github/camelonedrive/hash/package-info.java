/**
 * What identifies content: OneDrive's QuickXorHash and the digests made of it, for what goes up and what comes down. A leaf: it
 * uses no other package of the component.
 */
package io.github.camelonedrive.hash;
