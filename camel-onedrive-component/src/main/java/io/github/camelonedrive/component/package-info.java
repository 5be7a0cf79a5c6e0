/** The {@code onedrive:} component: how Camel sees it. Wires the other packages and holds no logic of Graph's or of uploads. */
package io.github.camelonedrive.component;
