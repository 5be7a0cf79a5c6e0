package io.github.camelonedrive.component;

/**
 * Interrupts the thread of one operation: once at most, because a second interrupt would break off the ending of an upload
 * session; and not while a session is being opened, because nobody else would learn its address. Safe for concurrent use.
 */
final class Interruption {

    private Thread thread;
    private boolean requested;
    private boolean postponed;
    private boolean sent;

    /** Begins the operation, on the calling thread. */
    synchronized void begin() {
        thread = Thread.currentThread();
        send();
    }

    /** Ends the operation. The interrupt was meant for it alone, so the calling thread does not keep it. */
    synchronized void end() {
        thread = null;
        if (sent) {
            Thread.interrupted();
        }
    }

    /** Has the operation end soon. */
    synchronized void request() {
        requested = true;
        send();
    }

    /** Has the operation end now, whatever is being opened. */
    synchronized void force() {
        postponed = false;
        request();
    }

    /** @param postponed whether an interrupt waits, from now on */
    synchronized void postpone(boolean postponed) {
        this.postponed = postponed;
        send();
    }

    private void send() {
        if (requested && !postponed && !sent && thread != null) {
            sent = true;
            thread.interrupt();
        }
    }
}
