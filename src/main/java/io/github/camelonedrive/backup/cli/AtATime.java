package io.github.camelonedrive.backup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

import io.github.camelonedrive.backup.settings.Settings;

/** Does the same with several things, so many at a time. */
final class AtATime {

    /** The component's own default of {@code maxConcurrentUploads}. */
    private static final int USUAL = 4;

    private final int number;

    AtATime(int number) {
        this.number = number;
    }

    /** As many as the component runs at a time; what is not a number is for the component to refuse. */
    static AtATime of(Settings settings) {
        return new AtATime(settings.componentOption("max-concurrent-uploads")
                .filter(text -> text.matches("[1-9][0-9]{0,3}")).map(Integer::parseInt).orElse(USUAL));
    }

    /**
     * What came of each, in their order.
     *
     * @param work throws nothing: what fails is an outcome too
     */
    <T, R> List<R> each(List<T> things, Function<T, R> work) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(number, things.size()));
        try {
            List<Future<R>> running = new ArrayList<>();
            things.forEach(thing -> running.add(workers.submit(() -> work.apply(thing))));
            List<R> outcomes = new ArrayList<>();
            for (Future<R> outcome : running) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A transfer ended with an error of the program", e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }
}
