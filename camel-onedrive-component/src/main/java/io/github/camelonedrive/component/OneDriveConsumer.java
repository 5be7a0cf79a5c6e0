package io.github.camelonedrive.component;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.EmptyAsyncCallback;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.CastUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.feed.FeedFile;
import io.github.camelonedrive.feed.FolderFeed;
import io.github.camelonedrive.graph.ItemChange;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Emits the files that come into a folder, each version once. Where files come from and what is remembered of them is the
 * {@link FolderFeed}'s part, what becomes of them after their exchanges that of {@link FileCompletion}; this one polls, chooses
 * and emits.
 */
@ManagedResource(description = "Managed OneDriveConsumer")
public class OneDriveConsumer extends ScheduledBatchPollingConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(OneDriveConsumer.class);

    private final OneDriveConsumerConfiguration options;
    private final DriveAccess access;
    private final IdempotentRepository inProgress;
    private final Optional<IdempotentRepository> idempotent;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private FileExpressions expressions;
    private Optional<DoneMarker> marker = Optional.empty();
    private FileFilters filters;
    private FileOrder order;
    private Optional<Expression> preMove;
    private IdempotentKeys keys;
    private FileCompletion completion;
    private Optional<LocalWork> localWork = Optional.empty();
    private boolean eager;
    private volatile OpenFolder opened;
    private volatile Instant lastRead;

    public OneDriveConsumer(OneDriveEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.options = endpoint.getConsumerConfiguration();
        this.access = new DriveAccess(endpoint);
        this.inProgress = options.getInProgressRepository() != null
                ? options.getInProgressRepository()
                : MemoryIdempotentRepository.memoryIdempotentRepository(new ConcurrentHashMap<>());
        boolean keyed = options.getIdempotentRepository() != null || options.getIdempotentKey() != null;
        this.idempotent = !keyed || !options.isIdempotent() ? Optional.empty()
                : Optional.of(options.getIdempotentRepository() != null
                        ? options.getIdempotentRepository() : MemoryIdempotentRepository.memoryIdempotentRepository());
        this.eager = options.isEagerMaxMessagesPerPoll();
        setMaxMessagesPerPoll(options.getMaxMessagesPerPoll());
    }

    @Override
    public OneDriveEndpoint getEndpoint() {
        return (OneDriveEndpoint) super.getEndpoint();
    }

    /** Instead of the option, for who wants all files read before one is chosen. */
    void setEagerMaxMessagesPerPoll(boolean eager) {
        this.eager = eager;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        expressions = new FileExpressions(getEndpoint().getCamelContext());
        marker = DoneMarker.of(options.getDoneFileName());
        filters = new FileFilters(options, expressions, marker);
        order = new FileOrder(options, expressions);
        localWork = LocalWork.of(options.getLocalWorkDirectory());
        preMove = expressions.target(options.getPreMove());
        keys = new IdempotentKeys(idempotent, options, expressions);
        completion = new FileCompletion(getEndpoint(), expressions, keys, marker);
    }

    @Override
    protected void doStart() throws Exception {
        ServiceHelper.startService(inProgress);
        idempotent.ifPresent(ServiceHelper::startService);
        getEndpoint().warnOnceOfForgetting();
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        closeFeed();
        ServiceHelper.stopService(inProgress);
        idempotent.ifPresent(ServiceHelper::stopService);
    }

    private synchronized void closeFeed() {
        OpenFolder known = opened;
        opened = null;
        if (known != null) {
            closeQuietly(known.feed());
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.debug("The consumer's state was not closed in order; it is whole all the same", e);
        }
    }

    @Override
    protected int poll() throws Exception {
        return poll(null);
    }

    /** What OneDrive has answered with an error shows its status, in the health check above all. */
    @Override
    protected int poll(Exchange dynamic) throws Exception {
        try {
            return pollOnce(dynamic);
        } catch (OneDriveException e) {
            throw HttpAnswers.aware(e);
        }
    }

    private int pollOnce(Exchange dynamic) throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        OpenFolder now = open();
        completion.settle(now, file -> inProgress.contains(file.key()));
        read(now, dynamic);
        forceConsumerAsReady();
        Queue<ConsumedFile> batch = choose(now, dynamic);
        return processBatch(CastUtils.cast(batch));
    }

    /** Another account, because the credentials were renewed under our feet, is another drive. */
    private synchronized OpenFolder open() throws IOException {
        OneDriveDrive drive = access.driveOfConsumer();
        OpenFolder known = opened;
        if (known != null && known.drive() == drive) {
            return known;
        }
        closeFeed();
        opened = new OpenFolder(drive, getEndpoint().openFeed(drive, filters), new FileTasks(drive, time()));
        return opened;
    }

    private TimeSource time() {
        return getEndpoint().getComponent().timeSource();
    }

    private void read(OpenFolder now, Exchange dynamic) throws IOException, InterruptedException {
        int limit = maxMessagesPerPoll;
        boolean limited = eager && limit > 0;
        int ready = limited && now.feed().size() > 0 ? ready(now, dynamic).size() : 0;
        now.feed().refresh(() -> !isRunAllowed() || limited && ready + now.feed().found() >= limit);
        lastRead = time().now();
    }

    private Queue<ConsumedFile> choose(OpenFolder now, Exchange dynamic) throws IOException, InterruptedException {
        List<OneDriveFile> ready = ready(now, dynamic);
        Map<FeedFile, FeedFile> marked = marker.isPresent() ? marker.get().marked(now.feed().waiting()) : Map.of();
        order.sort(ready);
        Queue<ConsumedFile> chosen = new ArrayDeque<>();
        for (OneDriveFile file : ready) {
            if (maxMessagesPerPoll > 0 && chosen.size() >= maxMessagesPerPoll) {
                LOG.debug("More than {} files are ready, the others follow with the next poll", maxMessagesPerPoll);
                break;
            }
            chosen.add(new ConsumedFile(this, file, Optional.ofNullable(marked.get(file.feedFile())), keys.of(file)));
        }
        return chosen;
    }

    private List<OneDriveFile> ready(OpenFolder now, Exchange dynamic) throws IOException, InterruptedException {
        List<FeedFile> waiting = now.feed().waiting();
        if (marker.isPresent()) {
            waiting = List.copyOf(marker.get().marked(waiting).keySet());
        }
        List<OneDriveFile> ready = new ArrayList<>();
        for (FeedFile file : waiting) {
            OneDriveFile candidate = getEndpoint().file(now.drive(), file);
            if (!inProgress.contains(file.key()) && filters.isReady(candidate, dynamic, time().now())
                    && !isKnown(now, candidate)) {
                ready.add(candidate);
            }
        }
        return ready;
    }

    /** Where keys are added after the file was processed, a known one is a file that is done with; else it may fail yet. */
    private boolean isKnown(OpenFolder now, OneDriveFile file) throws IOException {
        if (!keys.isKnown(file)) {
            return false;
        }
        if (!options.isIdempotentEager()) {
            now.feed().done(file.feedFile());
        }
        return true;
    }

    @Override
    public int processBatch(Queue<Object> files) throws Exception {
        int total = files.size();
        int emitted = 0;
        for (int index = 0; index < total && isBatchAllowed(); index++) {
            ConsumedFile file = (ConsumedFile) files.remove();
            pendingExchanges = total - index - 1;
            if (emit(file, index, total)) {
                emitted++;
            }
        }
        return emitted;
    }

    private boolean emit(ConsumedFile chosen, int index, int total) throws Exception {
        OpenFolder now = opened;
        String id = chosen.file().feedFile().key();
        if (now == null || !inProgress.add(id)) {
            return false;
        }
        boolean handedOver = false;
        try {
            Optional<ConsumedFile> taken = take(now, chosen);
            if (taken.isPresent()) {
                Exchange exchange = exchange(taken.get(), index, total);
                underWay.incrementAndGet();
                exchange.getExchangeExtension().addOnCompletion(taken.get());
                handedOver = true;
                getAsyncProcessor().process(exchange, EmptyAsyncCallback.get());
            }
            return handedOver;
        } catch (IOException e) {
            now.feed().failed(chosen.file().feedFile());
            handleException("Error taking " + chosen.file().getAbsoluteFilePath(), HttpAnswers.aware(e));
            return false;
        } finally {
            if (!handedOver) {
                inProgress.remove(id);
            }
        }
    }

    /** @return empty when somebody else has it, or it need not be processed any more */
    private Optional<ConsumedFile> take(OpenFolder now, ConsumedFile chosen) throws IOException, InterruptedException {
        FeedFile file = chosen.file().feedFile();
        if (file.failures() > 0) {
            Optional<FeedFile> again = now.feed().lookAgain(file);
            if (again.isEmpty()) {
                return Optional.empty();
            }
            file = again.get();
        }
        if (preMove.isPresent() && !now.feed().isClaimed(file)) {
            Optional<FeedFile> claimed = claim(now, file);
            if (claimed.isEmpty()) {
                return Optional.empty();
            }
            file = claimed.get();
        }
        OneDriveFile current = getEndpoint().file(now.drive(), file);
        Optional<String> key = keys.of(current);
        if (!keys.claim(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ConsumedFile(this, fetch(now, current), chosen.marker(), key));
        } catch (IOException | InterruptedException | RuntimeException e) {
            keys.release(key);
            throw e;
        }
    }

    private Optional<FeedFile> claim(OpenFolder now, FeedFile file) throws IOException, InterruptedException {
        OneDriveFile unclaimed = getEndpoint().file(now.drive(), file);
        ItemPath target = FileExpressions.targetPath(preMove.get(), expressions.about(unclaimed), unclaimed.folder());
        now.feed().claiming(file);
        Optional<ItemChange> claimed = now.tasks().claim(file, target);
        if (claimed.isEmpty()) {
            now.feed().notClaimed(file);
            return Optional.empty();
        }
        return Optional.of(now.feed().claimed(file, claimed.get()));
    }

    /** Returns the file with a local copy, if it is to have one. */
    private OneDriveFile fetch(OpenFolder now, OneDriveFile file) throws IOException, InterruptedException {
        if (localWork.isEmpty() || !options.isIncludeBody()) {
            return file;
        }
        return file.withLocalCopy(
                localWork.get().fetch(file, now.drive().downloader(), getEndpoint().downloadRequest(file)));
    }

    private Exchange exchange(ConsumedFile consumed, int index, int total) {
        Exchange exchange = createExchange(false);
        exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
        exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, total);
        exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == total - 1);
        if (options.getCharset() != null) {
            exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, options.getCharset());
        }
        OneDriveFile file = consumed.file();
        exchange.setProperty(OneDriveConstants.CONSUMED_FILE, file);
        exchange.setProperty(OneDriveConstants.CONSUMED_ITEM, file.getItem());
        Message message = exchange.getMessage();
        FileHeaders.set(message, file);
        message.setBody(options.isIncludeBody() ? file : file.getItem());
        file.getLocalCopy().ifPresent(copy -> message.setHeader(OneDriveConstants.FILE_LOCAL_WORK_PATH, copy.toFile()));
        return exchange;
    }

    /** An exchange was processed; called by whichever thread ended it. */
    void completed(ConsumedFile consumed, Exchange exchange) {
        completed.incrementAndGet();
        finish(consumed, () -> completion.complete(Optional.ofNullable(opened), consumed, exchange));
    }

    /** An exchange failed, and nobody has handled that. */
    void failed(ConsumedFile consumed, Exchange exchange) {
        failed.incrementAndGet();
        finish(consumed, () -> completion.rollBack(Optional.ofNullable(opened), consumed, exchange));
    }

    @FunctionalInterface
    private interface Ending {
        void run() throws InterruptedException;
    }

    /** Gives back what {@link #emit} took. A thread that was interrupted before is so again, but only after that. */
    private void finish(ConsumedFile consumed, Ending ending) {
        boolean interrupted = Thread.interrupted();
        try {
            ending.run();
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            consumed.file().getLocalCopy().ifPresent(copy -> localWork.get().remove(copy));
            inProgress.remove(consumed.file().feedFile().key());
            underWay.decrementAndGet();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The folder in OneDrive that files are read from, once it is known. */
    @ManagedAttribute(description = "The folder, from the drive's root")
    public String getFolder() {
        OpenFolder now = opened;
        return now == null ? null : now.drive().folder().toString();
    }

    /** How many versions of files wait to be processed or are being processed. */
    @ManagedAttribute(description = "Files that wait or are being processed")
    public int getFilesWaiting() {
        OpenFolder now = opened;
        return now == null ? 0 : now.feed().size();
    }

    /** How many exchanges are under way. */
    @ManagedAttribute(description = "Files being processed")
    public int getFilesInProgress() {
        return underWay.get();
    }

    /** How many exchanges were processed since the start. */
    @ManagedAttribute(description = "Files processed since the consumer was made")
    public long getFilesCompleted() {
        return completed.get();
    }

    /** How many exchanges failed since the start. */
    @ManagedAttribute(description = "Files whose processing failed, each time counted, since the consumer was made")
    public long getFilesFailed() {
        return failed.get();
    }

    /** How many processed files are still to be moved or deleted in OneDrive. */
    @ManagedAttribute(description = "Files processed, but not yet moved or deleted in OneDrive")
    public int getFilesOwing() {
        OpenFolder now = opened;
        return now == null ? 0 : now.feed().owing().size();
    }

    /** When changes were last read without a failure, as ISO 8601; null before that. */
    @ManagedAttribute(description = "When changes were last read without a failure")
    public String getLastRead() {
        Instant at = lastRead;
        return at == null ? null : at.toString();
    }
}
