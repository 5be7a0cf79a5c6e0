/**
 * Microsoft Graph as this component needs it: how drives and items are addressed, how requests are sent and repeated, what
 * its errors mean, and the calls themselves. Knows no Camel and nothing of how an upload is planned.
 */
package io.github.camelonedrive.graph;
