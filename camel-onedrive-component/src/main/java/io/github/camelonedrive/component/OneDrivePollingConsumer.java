package io.github.camelonedrive.component;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Consumer;
import org.apache.camel.DynamicPollingConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.EventDrivenPollingConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.StopWatch;

import io.github.camelonedrive.OneDriveException;

/**
 * Polls when it is asked to, for {@code pollEnrich} and consumer templates: one file a time. What becomes of the file is
 * decided when the exchange that takes it over is done. Safe for many threads.
 */
class OneDrivePollingConsumer extends EventDrivenPollingConsumer implements DynamicPollingConsumer {

    private static final long WITHOUT_LIMIT = Long.MAX_VALUE;

    /** In milliseconds: how often a waiting thread looks whether it is to stop or a file was released. No requests. */
    private static final long LONGEST_SLEEP = 100;

    private final Set<PolledFile> polled = ConcurrentHashMap.newKeySet();

    OneDrivePollingConsumer(OneDriveEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public OneDriveEndpoint getEndpoint() {
        return (OneDriveEndpoint) super.getEndpoint();
    }

    @Override
    protected Consumer createConsumer() throws Exception {
        OneDriveConsumer consumer = (OneDriveConsumer) super.createConsumer();
        consumer.setStartScheduler(false);
        return consumer;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(getConsumer());
    }

    @Override
    protected OneDriveConsumer getConsumer() {
        return (OneDriveConsumer) super.getConsumer();
    }

    @Override
    public Exchange receiveNoWait() {
        return receive(null, 0);
    }

    @Override
    public Exchange receive() {
        return receive(null, WITHOUT_LIMIT);
    }

    @Override
    public Exchange receive(long timeout) {
        return receive(null, timeout);
    }

    @Override
    public Exchange receiveNoWait(Exchange asking) {
        return receive(asking, 0);
    }

    @Override
    public Exchange receive(Exchange asking) {
        return receive(asking, WITHOUT_LIMIT);
    }

    /** @return null if there was no file in time */
    @Override
    public Exchange receive(Exchange asking, long timeout) {
        if (asking != null) {
            PolledFile.giveBack(asking, polled);
        }
        StopWatch watch = new StopWatch();
        while (true) {
            OneDriveConsumer.Polled now = poll(asking, timeout);
            if (now.taken().isPresent()) {
                return take(asking, now.taken().get());
            }
            if (getConsumer().isSendEmptyMessageWhenIdle()) {
                return getEndpoint().createExchange();
            }
            long left = timeout == WITHOUT_LIMIT ? WITHOUT_LIMIT : timeout - watch.taken();
            if (left <= 0) {
                return null;
            }
            await(now.held(), Math.min(left, Math.max(getEndpoint().getDelay(), 1)), timeout);
        }
    }

    private Exchange take(Exchange asking, OneDriveConsumer.Taken taken) {
        if (asking != null) {
            PolledFile.follow(asking, taken.file(), polled);
        }
        return taken.exchange();
    }

    /** A poll that failed is repeated at once, as long as the strategy wants it. */
    private OneDriveConsumer.Polled poll(Exchange asking, long timeout) {
        for (int retries = 0;; retries++) {
            requireRunning(timeout);
            try {
                return poll(asking);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw stopped(e);
            } catch (Exception e) {
                requireRetry(retries, e instanceof OneDriveException failure ? HttpAnswers.aware(failure) : e);
            }
        }
    }

    private OneDriveConsumer.Polled poll(Exchange asking) throws Exception {
        OneDriveConsumer consumer = getConsumer();
        PollingConsumerPollStrategy strategy = consumer.getPollStrategy();
        if (!strategy.begin(consumer, getEndpoint())) {
            return OneDriveConsumer.Polled.NOTHING;
        }
        OneDriveConsumer.Polled now = consumer.pollFor(asking);
        strategy.commit(consumer, getEndpoint(), now.taken().isPresent() ? 1 : 0);
        return now;
    }

    private void requireRetry(int retries, Exception failure) {
        boolean retry;
        try {
            retry = getConsumer().getPollStrategy().rollback(getConsumer(), getEndpoint(), retries, failure);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
        if (!retry) {
            throw RuntimeCamelException.wrapRuntimeCamelException(failure);
        }
    }

    /** Waits until it is worth another poll: a file was released, or the time is over. */
    private void await(List<OneDriveConsumer.Held> held, long millis, long timeout) {
        StopWatch watch = new StopWatch();
        try {
            for (long left = millis; left > 0; left = millis - watch.taken()) {
                Thread.sleep(Math.min(left, LONGEST_SLEEP));
                requireRunning(timeout);
                if (held.stream().anyMatch(file -> !file.isHeld())) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(e);
        }
    }

    /** A stop waits for exchanges in progress; one that waits without a limit would have it wait in vain. */
    private void requireRunning(long timeout) {
        if (!isRunAllowed() || timeout == WITHOUT_LIMIT && getEndpoint().getCamelContext().isStopping()) {
            throw stopped(null);
        }
    }

    /** Not null: nothing shows that there is no file. */
    private RuntimeException stopped(Throwable cause) {
        return RuntimeCamelException.wrapRuntimeCamelException(
                new OperationStoppedException(getEndpoint().getDestination(), cause));
    }
}
