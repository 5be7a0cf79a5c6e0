/**
 * What every HTTP conversation with Microsoft needs, sign-in and Graph alike: time, waiting as told, and which addresses may
 * be spoken to. A leaf: it uses no other package of the component.
 */
package io.github.camelonedrive.transport;
