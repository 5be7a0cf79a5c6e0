/** OneDrive and the Microsoft identity platform in one small local server. */
package io.github.camelonedrive.simulator;
