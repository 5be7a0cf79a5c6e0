package io.github.camelonedrive.component;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.graph.FolderIds;
import io.github.camelonedrive.transport.ThrottleGate;
import io.github.camelonedrive.transport.TimeSource;
import io.github.camelonedrive.upload.UploadSlots;

/**
 * What all endpoints that use the same account share: the token, the gate that a throttled request closes for all, the slots
 * for uploads, and what is known of its drives' folders. Its identity is the token provider's.
 */
record Account(TokenProvider tokens, ThrottleGate gate, UploadSlots slots,
               ConcurrentMap<String, WeakReference<FolderIds>> folders) {

    static Account of(TokenProvider tokens, TimeSource time) {
        return new Account(tokens, new ThrottleGate(time), new UploadSlots(), new ConcurrentHashMap<>());
    }

    /** Returns for how long Microsoft asked for no requests, OneDrive or the sign-in service; zero while it takes them. */
    Duration throttledFor() {
        Duration graph = gate.remaining();
        Duration signIn = tokens.throttledFor();
        return graph.compareTo(signIn) >= 0 ? graph : signIn;
    }

    /**
     * Returns what is known of a drive's folders. It is kept for as long as the drive is in use.
     *
     * @param drive tells one drive of the account from the others
     */
    FolderIds foldersOf(String drive) {
        folders.values().removeIf(known -> known.get() == null);
        FolderIds unknown = new FolderIds();
        FolderIds known = folders.computeIfAbsent(drive, first -> new WeakReference<>(unknown)).get();
        return known != null ? known : foldersOf(drive);
    }
}
