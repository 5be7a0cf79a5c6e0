package io.github.camelonedrive.backup.watch;

/** Told what happens to dumps. Called on the uploading threads: be quick, never throw. */
@FunctionalInterface
public interface DumpListener {

    void on(DumpEvent event);
}
