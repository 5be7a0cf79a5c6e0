package io.github.camelonedrive.component;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.camel.Consumer;
import org.apache.camel.DynamicPollingConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.EventDrivenPollingConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.StopWatch;

/**
 * Polls when it is asked to, for {@code pollEnrich} and consumer templates: one file a time, chosen from all of them. What
 * becomes of the file is decided when the exchange that takes it over is done.
 */
class OneDrivePollingConsumer extends EventDrivenPollingConsumer implements DynamicPollingConsumer {

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final Queue<Exchange> polled = new ConcurrentLinkedQueue<>();

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
        consumer.setMaxMessagesPerPoll(1);
        consumer.setEagerMaxMessagesPerPoll(false);
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

    /** What a poll of the consumer emits, on the thread that asked for it. */
    @Override
    public void process(Exchange exchange) {
        polled.add(exchange);
    }

    @Override
    public Exchange receiveNoWait() {
        return receive(null, 0);
    }

    @Override
    public Exchange receive() {
        return receive(null, FOR_EVER);
    }

    @Override
    public Exchange receive(long timeout) {
        return receive(null, timeout);
    }

    @Override
    public Exchange receiveNoWait(Exchange dynamic) {
        return receive(dynamic, 0);
    }

    @Override
    public Exchange receive(Exchange dynamic) {
        return receive(dynamic, FOR_EVER);
    }

    @Override
    public Exchange receive(Exchange dynamic, long timeout) {
        StopWatch watch = new StopWatch();
        int retries = 0;
        while (isRunAllowed()) {
            boolean trouble = polled.isEmpty() && !poll(dynamic, retries);
            retries = trouble ? retries + 1 : 0;
            Exchange exchange = polled.poll();
            long left = timeout == FOR_EVER ? FOR_EVER : timeout - watch.taken();
            if (exchange != null || !trouble && left <= 0) {
                return exchange;
            }
            if (!trouble && !pause(Math.min(left, getEndpoint().getDelay()))) {
                return null;
            }
        }
        return null;
    }

    /** @return whether it went well; when it did not, the strategy wants it tried again at once */
    private boolean poll(Exchange dynamic, int retries) {
        OneDriveConsumer consumer = getConsumer();
        PollingConsumerPollStrategy strategy = consumer.getPollStrategy();
        try {
            if (strategy.begin(consumer, getEndpoint())) {
                int files = consumer.poll(dynamic);
                if (files == 0 && consumer.isSendEmptyMessageWhenIdle()) {
                    polled.add(getEndpoint().createExchange());
                }
                strategy.commit(consumer, getEndpoint(), files);
            }
            return true;
        } catch (Exception e) {
            return !rollBack(strategy, consumer, retries, e);
        }
    }

    private boolean rollBack(PollingConsumerPollStrategy strategy, OneDriveConsumer consumer, int retries, Exception cause) {
        try {
            if (strategy.rollback(consumer, getEndpoint(), retries, cause)) {
                return true;
            }
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
        throw RuntimeCamelException.wrapRuntimeCamelException(cause);
    }

    private boolean pause(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
