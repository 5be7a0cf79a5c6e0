package io.github.camelonedrive.component;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * The threads of a component: of Camel's {@code ExecutorServiceManager}, or of an executor that the user gave. Each task begins
 * at once. Idle threads end, so that many dynamic endpoints leave none behind.
 */
final class ComponentThreads implements Executor {

    private static final long IDLE_SECONDS = 5;

    private CamelContext context;
    private volatile ExecutorService threads;
    private boolean areOurs;

    /**
     * @param  given                    the user's executor; null for none
     * @throws IllegalArgumentException if the user's executor has a queue, in which tasks would wait for each other
     */
    void start(CamelContext context, ExecutorService given) {
        if (given instanceof ThreadPoolExecutor pool && !(pool.getQueue() instanceof SynchronousQueue)) {
            throw new IllegalArgumentException("The executorService of the OneDrive component has a queue. It must start each "
                    + "task at once: use a cached thread pool or virtual threads.");
        }
        this.context = context;
        areOurs = given == null;
        threads = areOurs ? newThreadPool(context) : given;
    }

    private ExecutorService newThreadPool(CamelContext context) {
        ThreadPoolProfile profile = new ThreadPoolProfile("OneDrive");
        profile.setPoolSize(1);
        profile.setMaxPoolSize(Integer.MAX_VALUE);
        profile.setMaxQueueSize(0);
        profile.setKeepAliveTime(IDLE_SECONDS);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return context.getExecutorServiceManager().newThreadPool(this, "OneDrive", profile);
    }

    /** @throws RejectedExecutionException if the component is not started */
    @Override
    public void execute(Runnable task) {
        ExecutorService started = threads;
        if (started == null) {
            throw new RejectedExecutionException("The OneDrive component is not started");
        }
        started.execute(task);
    }

    /** Interrupts what still runs. */
    void stop() {
        ExecutorService started = threads;
        threads = null;
        if (areOurs && started != null) {
            context.getExecutorServiceManager().shutdownNow(started);
        }
    }
}
