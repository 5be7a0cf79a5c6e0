package io.github.camelonedrive.component;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

import io.github.camelonedrive.transport.TimeSource;

/**
 * Breaks off requests that would otherwise block for long: one whose connection takes no more bytes, which no socket time-out
 * notices, and one whose thread was told to stop, which a thread in a socket does not notice. Sits in the HTTP client, so that
 * it sees every request.
 */
final class RequestWatch implements ExecChainHandler {

    private final TimeSource time;
    private final Duration stallTimeout;
    private final Set<Watched> underWay = ConcurrentHashMap.newKeySet();

    /** @param stallTimeout how long a connection may take no byte of a request's body */
    RequestWatch(TimeSource time, Duration stallTimeout) {
        this.time = time;
        this.stallTimeout = stallTimeout;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (!(scope.originalRequest instanceof Cancellable cancellable)) {
            return chain.proceed(request, scope);
        }
        Watched watched = new Watched(cancellable);
        if (request.getEntity() != null) {
            request.setEntity(watched.watching(request.getEntity()));
        }
        watched.begin();
        try {
            return watched.watching(chain.proceed(request, scope));
        } catch (CancellationException whileItWaitedForAConnection) {
            throw watched.brokenOff(whileItWaitedForAConnection);
        } catch (IOException e) {
            throw watched.stalled ? watched.stall(e) : e;
        } finally {
            watched.end();
        }
    }

    /** Looks after all requests under way; to be called several times a second. */
    void check() {
        underWay.forEach(Watched::check);
    }

    private final class Watched {

        private final Cancellable request;
        private volatile Thread thread;
        private volatile boolean sending;
        private volatile long lastByte;
        private volatile boolean stalled;

        Watched(Cancellable request) {
            this.request = request;
        }

        /** From now on this thread may be blocked. */
        void begin() {
            thread = Thread.currentThread();
            underWay.add(this);
        }

        void end() {
            underWay.remove(this);
            thread = null;
        }

        void check() {
            Thread blocked = thread;
            if (blocked != null && blocked.isInterrupted()) {
                request.cancel();
            } else if (sending && time.nanoTime() - lastByte > stallTimeout.toNanos()) {
                stalled = true;
                request.cancel();
            }
        }

        /** As the client says of a request that is broken off later. */
        IOException brokenOff(CancellationException cause) {
            IOException brokenOff = new InterruptedIOException("The request was broken off");
            brokenOff.initCause(cause);
            return brokenOff;
        }

        IOException stall(IOException cause) {
            IOException stall = new SocketTimeoutException(
                    "The connection took no byte for " + stallTimeout.toSeconds() + " s");
            stall.initCause(cause);
            return stall;
        }

        /** The body of an answer is read later, perhaps on another thread. */
        ClassicHttpResponse watching(ClassicHttpResponse answer) {
            if (answer.getEntity() != null) {
                answer.setEntity(new HttpEntityWrapper(answer.getEntity()) {

                    @Override
                    public InputStream getContent() throws IOException {
                        InputStream content = super.getContent();
                        return content == null ? null : new Receiving(content);
                    }
                });
            }
            return answer;
        }

        /** Watched while somebody reads. */
        private final class Receiving extends FilterInputStream {

            Receiving(InputStream in) {
                super(in);
            }

            @Override
            public int read() throws IOException {
                begin();
                try {
                    return in.read();
                } finally {
                    end();
                }
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                begin();
                try {
                    return in.read(bytes, offset, count);
                } finally {
                    end();
                }
            }
        }

        HttpEntity watching(HttpEntity body) {
            return new HttpEntityWrapper(body) {

                @Override
                public void writeTo(OutputStream out) throws IOException {
                    lastByte = time.nanoTime();
                    sending = true;
                    try {
                        super.writeTo(new Marking(out));
                    } finally {
                        sending = false;
                    }
                }
            };
        }

        /** Notes when the connection took bytes. */
        private final class Marking extends FilterOutputStream {

            Marking(OutputStream out) {
                super(out);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                out.write(bytes, offset, count);
                lastByte = time.nanoTime();
            }

            @Override
            public void write(int value) throws IOException {
                out.write(value);
                lastByte = time.nanoTime();
            }
        }
    }
}
