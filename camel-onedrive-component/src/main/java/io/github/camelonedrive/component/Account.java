package io.github.camelonedrive.component;

import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.transport.ThrottleGate;
import io.github.camelonedrive.transport.TimeSource;
import io.github.camelonedrive.upload.UploadSlots;

/**
 * What all endpoints that use the same account share: the token, the gate that a throttled request closes for all, and the
 * slots for uploads. Its identity is the token provider's.
 */
record Account(TokenProvider tokens, ThrottleGate gate, UploadSlots slots) {

    static Account of(TokenProvider tokens, TimeSource time) {
        return new Account(tokens, new ThrottleGate(time), new UploadSlots());
    }
}
