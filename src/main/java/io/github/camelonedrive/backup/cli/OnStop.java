package io.github.camelonedrive.backup.cli;

/** Closes something when the process is told to stop, for as long as this is open. */
final class OnStop implements AutoCloseable {

    private final Thread hook;

    private OnStop(Thread hook) {
        this.hook = hook;
    }

    /**
     * @param cleanup runs on a thread of its own while the process ends, or at once when it is ending already; safe to run
     *                beside or after the normal end
     */
    static OnStop run(Runnable cleanup) {
        Thread hook = new Thread(cleanup, "stop");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            hook.start();
        }
        return new OnStop(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook does its work
        }
    }
}
