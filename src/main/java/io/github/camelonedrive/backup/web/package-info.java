/** What {@code run} shows to browsers and monitoring: a page, health, metrics. */
package io.github.camelonedrive.backup.web;
