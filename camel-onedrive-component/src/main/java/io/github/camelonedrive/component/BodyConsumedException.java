package io.github.camelonedrive.component;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** The body is a stream that an upload of the same exchange has read already: what is left of it is not the content. */
public final class BodyConsumedException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    BodyConsumedException() {
        super(FailureKind.SOURCE,
                "The stream in the message body was read by an earlier upload of this exchange and can't be read again.",
                "Switch stream caching on for the route (Camel's default), or send a file, so that it can be sent again.",
                null);
    }
}
