package io.github.camelonedrive.component;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.EmptyAsyncCallback;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
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
    private final SharedFolder folder;
    private final Optional<IdempotentRepository> idempotent;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicBoolean readInPart = new AtomicBoolean();

    private FileExpressions expressions;
    private Optional<DoneMarker> marker = Optional.empty();
    private FileFilters filters;
    private FileOrder order;
    private Optional<Expression> preMove;
    private IdempotentKeys keys;
    private FileCompletion completion;
    private Optional<LocalWork> localWork = Optional.empty();
    private volatile Instant lastRead;

    public OneDriveConsumer(OneDriveEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.options = endpoint.getConsumerConfiguration();
        this.folder = endpoint.sharedFolder();
        this.idempotent = endpoint.idempotentRepository();
        setMaxMessagesPerPoll(options.getMaxMessagesPerPoll());
    }

    @Override
    public OneDriveEndpoint getEndpoint() {
        return (OneDriveEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        expressions = new FileExpressions(getEndpoint().getCamelContext());
        OneDriveConfiguration common = getEndpoint().getConfiguration();
        marker = DoneMarker.of(common.getDoneFileName());
        filters = new FileFilters(options, expressions.expression(common.getFileName()), expressions, marker);
        order = new FileOrder(options, expressions);
        localWork = LocalWork.of(options.getLocalWorkDirectory());
        preMove = expressions.target(options.getPreMove());
        keys = new IdempotentKeys(idempotent, options, expressions);
        completion = new FileCompletion(getEndpoint(), expressions, keys, marker);
    }

    @Override
    protected void doStart() throws Exception {
        folder.consumerStarted();
        try {
            getEndpoint().warnOnceOfForgetting();
            super.doStart();
        } catch (Exception e) {
            folder.consumerStopped();
            throw e;
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        folder.consumerStopped();
    }

    /** A polling consumer polls when it is asked to; Camel would start the scheduler here. */
    @Override
    public void onInit() {
        // Nothing: EventDrivenPollingConsumer is not to have it poll by itself.
    }

    /** Gives the status of an error response to Camel's health check of the consumer. */
    @Override
    protected int poll() throws Exception {
        try {
            return pollOnce();
        } catch (OneDriveException e) {
            showStatus(e.httpStatus());
            throw HttpAnswers.aware(e);
        }
    }

    private void showStatus(OptionalInt status) {
        if (status.isPresent()) {
            addLastErrorDetail(HealthCheck.HTTP_RESPONSE_CODE, status.getAsInt());
        } else if (getLastErrorDetails() != null) {
            getLastErrorDetails().remove(HealthCheck.HTTP_RESPONSE_CODE);
        }
    }

    private int pollOnce() throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        OpenFolder now = folder.open(filters);
        folder.reading().lockInterruptibly();
        Queue<Candidate> batch;
        try {
            settle(now);
            boolean limited = options.isEagerMaxMessagesPerPoll() && maxMessagesPerPoll > 0;
            int ready = limited && now.feed().size() > 0 ? ready(now, null, marked(now)).size() : 0;
            read(now, () -> limited && ready + now.feed().found() >= maxMessagesPerPoll);
            batch = limited(candidates(now, null));
        } finally {
            folder.reading().unlock();
        }
        return processBatch(CastUtils.cast(batch));
    }

    private void settle(OpenFolder now) throws IOException, InterruptedException {
        completion.settle(now, file -> folder.isInProgress(now, file));
    }

    private void read(OpenFolder now, BooleanSupplier enough) throws IOException, InterruptedException {
        now.feed().refresh(() -> !isRunAllowed() || enough.getAsBoolean());
        lastRead = time().now();
        forceConsumerAsReady();
    }

    private TimeSource time() {
        return getEndpoint().getComponent().timeSource();
    }

    /**
     * A file that may be taken.
     *
     * @param marker   if it needs one
     * @param isLatest whether OneDrive was asked for just this file
     */
    private record Candidate(OneDriveFile file, Optional<FeedFile> marker, boolean isLatest) {
    }

    private Queue<Candidate> limited(List<Candidate> candidates) {
        if (maxMessagesPerPoll <= 0 || candidates.size() <= maxMessagesPerPoll) {
            return new ArrayDeque<>(candidates);
        }
        LOG.debug("More than {} files are ready, the others follow with the next poll", maxMessagesPerPoll);
        return new ArrayDeque<>(candidates.subList(0, maxMessagesPerPoll));
    }

    /** Returns the files that are ready, in order. */
    private List<Candidate> candidates(OpenFolder now, Exchange asking) throws IOException, InterruptedException {
        Map<FeedFile, FeedFile> marked = marked(now);
        List<OneDriveFile> ready = ready(now, asking, marked);
        order.sort(ready);
        return ready.stream().map(file -> new Candidate(file, Optional.ofNullable(marked.get(file.feedFile())), false)).toList();
    }

    private Map<FeedFile, FeedFile> marked(OpenFolder now) throws IOException, InterruptedException {
        return marker.isPresent() ? marker.get().marked(now.feed().waiting()) : Map.of();
    }

    /**
     * Returns the files that are ready.
     *
     * @param asking the exchange that asks for one; null without one
     * @param marked the files that have a marker
     */
    private List<OneDriveFile> ready(OpenFolder now, Exchange asking, Map<FeedFile, FeedFile> marked)
            throws IOException, InterruptedException {
        List<OneDriveFile> ready = new ArrayList<>();
        for (FeedFile file : marker.isPresent() ? marked.keySet() : now.feed().waiting()) {
            OneDriveFile candidate = getEndpoint().file(now.drive(), file);
            if (!folder.isInProgress(now, file) && filters.hasName(candidate, asking) && isReady(now, candidate)) {
                ready.add(candidate);
            }
        }
        return ready;
    }

    private boolean isReady(OpenFolder now, OneDriveFile file) throws IOException {
        return filters.isReady(file, time().now()) && !isKnown(now, file);
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

    /**
     * What a poll for one exchange has found.
     *
     * @param taken the file, if there is one
     * @param held  files that could be taken, but other exchanges hold them
     */
    record Polled(Optional<Taken> taken, List<Held> held) {

        static final Polled NOTHING = new Polled(Optional.empty(), List.of());
    }

    /** A file that another exchange holds. */
    final class Held {

        private final OpenFolder now;
        private final FeedFile file;

        private Held(OpenFolder now, FeedFile file) {
            this.now = now;
            this.file = file;
        }

        boolean isHeld() {
            return folder.isInProgress(now, file);
        }
    }

    /**
     * Takes one file for an exchange that asks for it: the one that {@code fileName} names, if it is set, with one request;
     * else the first of all that are ready.
     *
     * @param  asking            null without an exchange
     * @throws OneDriveException if OneDrive cannot be read or the file cannot be had
     */
    Polled pollFor(Exchange asking) throws IOException, InterruptedException {
        OpenFolder now = folder.open(filters);
        Optional<ItemPath> name = filters.name(asking, now.drive().folder());
        List<Held> held = new ArrayList<>();
        List<Candidate> candidates = name.isPresent() ? named(now, name.get()) : listed(now, asking, held);
        for (Candidate candidate : candidates) {
            Optional<Taken> taken = take(now, candidate, 0, 1);
            if (taken.isPresent()) {
                return new Polled(taken, List.of());
            }
            held.add(new Held(now, candidate.file().feedFile()));
        }
        return new Polled(Optional.empty(), held);
    }

    private List<Candidate> listed(OpenFolder now, Exchange asking, List<Held> held) throws IOException, InterruptedException {
        folder.reading().lockInterruptibly();
        try {
            settle(now);
            read(now, () -> false);
            now.feed().waiting().stream().map(file -> new Held(now, file)).filter(Held::isHeld).forEach(held::add);
            return candidates(now, asking);
        } finally {
            folder.reading().unlock();
        }
    }

    private List<Candidate> named(OpenFolder now, ItemPath path) throws IOException, InterruptedException {
        if (!now.feed().owing().isEmpty()) {
            folder.reading().lockInterruptibly();
            try {
                settle(now);
            } finally {
                folder.reading().unlock();
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        for (FeedFile claimed : now.feed().claimedFrom(path)) {
            candidate(now, claimed, false).ifPresent(candidates::add);
        }
        if (candidates.isEmpty() && filters.fits(path)) {
            Optional<FeedFile> found = now.feed().look(path);
            lastRead = time().now();
            forceConsumerAsReady();
            if (found.isPresent()) {
                candidate(now, found.get(), true).ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private Optional<Candidate> candidate(OpenFolder now, FeedFile found, boolean isLatest)
            throws IOException, InterruptedException {
        OneDriveFile file = getEndpoint().file(now.drive(), found);
        String name = found.path().name();
        if (!isReady(now, file) || marker.isPresent() && marker.get().isMarker(name)) {
            return Optional.empty();
        }
        if (marker.isEmpty()) {
            return Optional.of(new Candidate(file, Optional.empty(), isLatest));
        }
        return now.feed().peek(found.path().parent().child(marker.get().nameFor(name)))
                .map(mark -> new Candidate(file, Optional.of(mark), isLatest));
    }

    @Override
    public int processBatch(Queue<Object> files) throws Exception {
        int total = files.size();
        int emitted = 0;
        for (int index = 0; index < total && isBatchAllowed(); index++) {
            Candidate file = (Candidate) files.remove();
            pendingExchanges = total - index - 1;
            if (emit(file, index, total)) {
                emitted++;
            }
        }
        return emitted;
    }

    private boolean emit(Candidate chosen, int index, int total) throws Exception {
        Optional<OpenFolder> now = folder.opened();
        if (now.isEmpty()) {
            return false;
        }
        try {
            Optional<Taken> taken = take(now.get(), chosen, index, total);
            if (taken.isPresent()) {
                getAsyncProcessor().process(taken.get().exchange(), EmptyAsyncCallback.get());
            }
            return taken.isPresent();
        } catch (IOException e) {
            handleException("Error taking " + chosen.file().getAbsoluteFilePath(), HttpAnswers.aware(e));
            return false;
        }
    }

    /** A file that an exchange holds from now on. */
    record Taken(Exchange exchange, ConsumedFile file) {
    }

    /** @return empty when another exchange holds it, or it need not be processed any more */
    private Optional<Taken> take(OpenFolder now, Candidate chosen, int index, int total)
            throws IOException, InterruptedException {
        FeedFile file = chosen.file().feedFile();
        if (!folder.begin(now, file)) {
            return Optional.empty();
        }
        Optional<Taken> taken = Optional.empty();
        try {
            taken = claim(now, chosen).map(consumed -> new Taken(exchange(consumed, index, total), consumed));
            taken.ifPresent(it -> {
                folder.exchangeStarted();
                underWay.incrementAndGet();
                it.exchange().getExchangeExtension().addOnCompletion(it.file());
            });
            return taken;
        } catch (IOException e) {
            now.feed().failed(file);
            throw e;
        } finally {
            if (taken.isEmpty()) {
                folder.end(now, file);
            }
        }
    }

    private Optional<ConsumedFile> claim(OpenFolder now, Candidate chosen) throws IOException, InterruptedException {
        Optional<FeedFile> claimed = current(now, chosen);
        if (claimed.isPresent() && preMove.isPresent() && !now.feed().isClaimed(claimed.get())) {
            claimed = preMove(now, claimed.get());
        }
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        OneDriveFile file = getEndpoint().file(now.drive(), claimed.get());
        Optional<String> key = keys.of(file);
        if (!keys.claim(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ConsumedFile(this, now, fetch(now, file), chosen.marker(), key));
        } catch (IOException | InterruptedException | RuntimeException e) {
            keys.release(key);
            throw e;
        }
    }

    /** Another exchange may have processed the file since it was chosen, and one that failed may be gone. */
    private Optional<FeedFile> current(OpenFolder now, Candidate chosen) throws IOException, InterruptedException {
        FeedFile file = chosen.file().feedFile();
        if (!now.feed().isWaiting(file)) {
            return Optional.empty();
        }
        if (file.failures() == 0 || chosen.isLatest()) {
            return Optional.of(file);
        }
        folder.reading().lockInterruptibly();
        try {
            return now.feed().lookAgain(file);
        } finally {
            folder.reading().unlock();
        }
    }

    private Optional<FeedFile> preMove(OpenFolder now, FeedFile file) throws IOException, InterruptedException {
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
        String charset = getEndpoint().getConfiguration().getCharset();
        if (charset != null) {
            exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, charset);
        }
        OneDriveFile file = consumed.file();
        exchange.setProperty(OneDriveConstants.CONSUMED_FILE, file);
        exchange.setProperty(OneDriveConstants.CONSUMED_ITEM, file.getItem());
        Message message = exchange.getMessage();
        FileHeaders.set(message, file);
        message.setBody(options.isIncludeBody() ? file : file.getItem());
        file.getLocalCopy().ifPresent(copy -> message.setHeader(OneDriveConstants.FILE_LOCAL_WORK_PATH, copy.toString()));
        return exchange;
    }

    /** An exchange was processed; called by whichever thread ended it. */
    void completed(ConsumedFile consumed, Exchange exchange) {
        completed.incrementAndGet();
        if (consumed.file().wasReadInPart() && readInPart.compareAndSet(false, true)) {
            LOG.warn("'{}' of {} was read only in part, so nothing shows whether its content is undamaged. Set localWorkDirectory"
                    + " to have files compared with their hash before the route gets them. Logged once for this consumer.",
                    consumed.file().getFileName(), getEndpoint().getDestination());
        }
        finish(consumed, () -> completion.complete(folder.opened(), consumed, exchange));
    }

    /** An exchange failed, and nobody has handled that. */
    void failed(ConsumedFile consumed, Exchange exchange) {
        failed.incrementAndGet();
        finish(consumed, () -> completion.rollBack(folder.opened(), consumed, exchange));
    }

    /** The exchange that asked for a file failed before it was given it. */
    void givenBack(ConsumedFile consumed) {
        finish(consumed, () -> keys.release(consumed.idempotentKey()));
    }

    @FunctionalInterface
    private interface Ending {
        void run() throws InterruptedException;
    }

    /** Gives back what {@link #take} took. A thread that was interrupted before is so again, but only after that. */
    private void finish(ConsumedFile consumed, Ending ending) {
        boolean interrupted = Thread.interrupted();
        try {
            ending.run();
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            consumed.file().getLocalCopy().ifPresent(copy -> localWork.get().remove(copy));
            folder.end(consumed.folder(), consumed.file().feedFile());
            underWay.decrementAndGet();
            folder.exchangeEnded();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The folder in OneDrive that files are read from, once it is known. */
    @ManagedAttribute(description = "The folder, from the drive's root")
    public String getFolder() {
        return folder.opened().map(now -> now.drive().folder().toString()).orElse(null);
    }

    /** How many versions of files wait to be processed or are being processed. */
    @ManagedAttribute(description = "Files that wait or are being processed")
    public int getFilesWaiting() {
        return folder.opened().map(now -> now.feed().size()).orElse(0);
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
        return folder.opened().map(now -> now.feed().owing().size()).orElse(0);
    }

    /** When changes were last read without a failure, as ISO 8601; null before that. */
    @ManagedAttribute(description = "When changes were last read without a failure")
    public String getLastRead() {
        Instant at = lastRead;
        return at == null ? null : at.toString();
    }
}
