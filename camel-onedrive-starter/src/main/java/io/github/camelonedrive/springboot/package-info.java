/**
 * What makes the {@code onedrive} component at home in Spring Boot: its options as {@code camel.component.onedrive.*}
 * properties, with metadata for editors, and its secrets masked by the actuator.
 */
package io.github.camelonedrive.springboot;
