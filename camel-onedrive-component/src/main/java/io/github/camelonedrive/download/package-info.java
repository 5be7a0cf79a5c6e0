/**
 * The download engine: reads an item's content, goes on where a connection broke, proves what came, and puts it into a file
 * that is whole or not there. Knows no Camel.
 */
package io.github.camelonedrive.download;
