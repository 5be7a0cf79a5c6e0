/** Files of this program's own: opened without following links, checked on the open file, locked and replaced in one way. */
package io.github.camelonedrive.files;
