package io.github.camelonedrive.auth;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits on this machine's own addresses for the browser to bring the answer of the sign-in page ({@code graph-contract.md}
 * statements 94 and 95, RFC 8252 §7.3). Anybody on this machine, and any page in its browser, can send something here:
 * only an answer that is awaited ends the wait, and what is answered holds nothing of the request.
 *
 * <p>Made of sockets, because the JDK's HTTP server logs the addresses of requests, which hold the code.
 */
final class LoopbackReceiver implements AutoCloseable {

    /** One request is a few kilobytes on this machine; who needs longer is no browser. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackReceiver.class);

    private static final int MOST_AT_A_TIME = 32;
    private static final int TRIES_FOR_A_PORT = 20;
    private static final List<InetAddress> LOOPBACK = List.of(address(127, 0, 0, 1),
            address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));

    private final List<ServerSocket> sockets;
    private final List<Thread> listeners;
    private final Predicate<AuthorizationAnswer> awaited;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<AuthorizationAnswer> answer = new CompletableFuture<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(MOST_AT_A_TIME, LoopbackReceiver::thread);
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(LoopbackReceiver::thread);

    private LoopbackReceiver(List<ServerSocket> sockets, Predicate<AuthorizationAnswer> awaited) {
        this.sockets = sockets;
        this.awaited = awaited;
        this.listeners = sockets.stream().map(socket -> thread(() -> listen(socket))).toList();
        listeners.forEach(Thread::start);
    }

    /**
     * Listens on 127.0.0.1 and, where there is IPv6, on ::1, because browsers choose what localhost means.
     *
     * @param  port        0 chooses a free one
     * @param  awaited     whether an answer is the one that is waited for; asked by several threads
     * @throws IOException when the port is in use
     */
    static LoopbackReceiver open(int port, Predicate<AuthorizationAnswer> awaited) throws IOException {
        return new LoopbackReceiver(bind(port, LOOPBACK), awaited);
    }

    /** For tests: on other addresses, of which the first one has to be there. */
    static LoopbackReceiver open(int port, Predicate<AuthorizationAnswer> awaited, List<InetAddress> addresses)
            throws IOException {
        return new LoopbackReceiver(bind(port, addresses), awaited);
    }

    private static List<ServerSocket> bind(int port, List<InetAddress> addresses) throws IOException {
        List<InetAddress> there = new ArrayList<>(addresses.subList(0, 1));
        addresses.stream().skip(1).filter(LoopbackReceiver::isThere).forEach(there::add);
        for (int tries = 1;; tries++) {
            try {
                return bindAll(port, there);
            } catch (BindException e) {
                // A port that is free on one address may be taken on the other.
                if (port != 0 || tries == TRIES_FOR_A_PORT) {
                    throw e;
                }
            }
        }
    }

    private static List<ServerSocket> bindAll(int port, List<InetAddress> addresses) throws IOException {
        List<ServerSocket> bound = new ArrayList<>();
        try {
            for (InetAddress address : addresses) {
                ServerSocket socket = new ServerSocket();
                bound.add(socket);
                socket.bind(new InetSocketAddress(address, bound.size() == 1 ? port : bound.get(0).getLocalPort()));
            }
            return bound;
        } catch (IOException e) {
            bound.forEach(LoopbackReceiver::close);
            throw e;
        }
    }

    private static boolean isThere(InetAddress address) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Exactly as Microsoft wants it: {@code http://localhost:PORT/} ({@code graph-contract.md} §7.1). */
    URI redirectUri() {
        return URI.create("http://localhost:" + sockets.get(0).getLocalPort() + "/");
    }

    /** An answer that came in another way. */
    SignInVerdict offer(AuthorizationAnswer given) {
        SignInVerdict verdict = judge(given);
        if (verdict == SignInVerdict.TAKEN) {
            answer.complete(given);
        }
        return verdict;
    }

    /** The first right one is taken, and no other. */
    private SignInVerdict judge(AuthorizationAnswer given) {
        if (!given.isComplete()) {
            return SignInVerdict.NO_ANSWER;
        }
        if (!awaited.test(given)) {
            return SignInVerdict.NOT_OURS;
        }
        return taken.compareAndSet(false, true) ? SignInVerdict.TAKEN : SignInVerdict.TOO_LATE;
    }

    /**
     * Waits for the first right answer.
     *
     * @throws TimeoutException     when none came for so long
     * @throws InterruptedException when the thread was interrupted
     */
    AuthorizationAnswer await(Duration longest) throws TimeoutException, InterruptedException {
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nothing completes it with a failure", e);
        }
    }

    private void listen(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                threads.execute(() -> serve(connection));
            } catch (IOException | RejectedExecutionException e) {
                LOG.trace("No connection: the wait is over, or whoever came is gone.", e);
            }
        }
    }

    private void serve(Socket connection) {
        Optional<AuthorizationAnswer> right = Optional.empty();
        try (connection) {
            Future<?> deadline = watch.schedule(() -> close(connection), LONGEST_REQUEST.toMillis(), TimeUnit.MILLISECONDS);
            Optional<LoopbackRequest> request = LoopbackRequest.read(new BufferedInputStream(connection.getInputStream()));
            if (request.isEmpty()) {
                LoopbackPage.MALFORMED.writeTo(connection.getOutputStream());
            } else {
                Optional<AuthorizationAnswer> given = answerIn(request.get());
                Optional<SignInVerdict> verdict = given.map(this::judge);
                right = given.filter(any -> verdict.get() == SignInVerdict.TAKEN);
                page(request.get(), verdict).writeTo(connection.getOutputStream());
            }
            connection.shutdownOutput();
            deadline.cancel(false);
        } catch (IOException | RejectedExecutionException e) {
            LOG.debug("The browser went away before it had its answer, or the wait is over.");
        } finally {
            // After the page: whoever waits closes everything at once.
            right.ifPresent(answer::complete);
        }
    }

    /** Empty when the request brings none. */
    private static Optional<AuthorizationAnswer> answerIn(LoopbackRequest request) {
        if (!request.isForThisMachine() || !request.method().equals("GET") || !request.path().equals("/")) {
            return Optional.empty();
        }
        try {
            return Optional.of(AuthorizationAnswer.ofQuery(request.query()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static LoopbackPage page(LoopbackRequest request, Optional<SignInVerdict> verdict) {
        if (!request.isForThisMachine()) {
            return LoopbackPage.WRONG_HOST;
        }
        if (!request.path().equals("/")) {
            return LoopbackPage.NOT_FOUND;
        }
        if (!request.method().equals("GET")) {
            return LoopbackPage.WRONG_METHOD;
        }
        return verdict.map(LoopbackPage::of).orElse(LoopbackPage.MALFORMED);
    }

    /** Frees the port; whoever waits goes on waiting in vain. */
    @Override
    public void close() {
        sockets.forEach(LoopbackReceiver::close);
        threads.shutdownNow();
        watch.shutdownNow();
        listeners.forEach(LoopbackReceiver::awaitEnd);
    }

    /** The system keeps a port open until nobody is in the middle of listening on it. */
    private static void awaitEnd(Thread listener) {
        try {
            listener.join(LONGEST_REQUEST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.trace("A socket that can't be closed is of no use any more either.", e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "onedrive-sign-in");
        thread.setDaemon(true);
        return thread;
    }

    private static InetAddress address(int... parts) {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes make an address", e);
        }
    }
}
