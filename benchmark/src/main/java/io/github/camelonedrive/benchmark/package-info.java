/** What an upload costs: the component beside curl and rclone, each sending the same files to the same plain local sink. */
package io.github.camelonedrive.benchmark;
