package io.github.camelonedrive.simulator.internal.http;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes connections on to the server and changes the header {@code Date} of every response on the way back: the JDK's server
 * sets that header itself and lets nobody else.
 */
final class DateSkew implements Closeable {
    private static final int BACKLOG = 50;
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket socket;
    private final int target;
    private final Duration offset;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private DateSkew(ServerSocket socket, int target, Duration offset) {
        this.socket = socket;
        this.target = target;
        this.offset = offset;
    }

    /**
     * @param port where clients connect on 127.0.0.1; 0 picks a free one
     * @param target the server's port
     * @param offset how far the server's clock is ahead of this machine's
     */
    static DateSkew open(int port, int target, Duration offset) throws IOException {
        DateSkew skew = new DateSkew(new ServerSocket(port, BACKLOG, loopback()), target, offset);
        start(skew::accept);
        return skew;
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        open.forEach(DateSkew::close);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                relayOrRefuse(socket.accept());
            } catch (IOException e) {
                // This connection came to nothing; when the socket is closed there will be no other.
            }
        }
    }

    private void relayOrRefuse(Socket client) throws IOException {
        try {
            relay(client);
        } catch (IOException e) {
            close(client);
            throw e;
        }
    }

    private void relay(Socket client) throws IOException {
        open.add(client);
        Socket server = new Socket(loopback(), target);
        open.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        start(() -> copy(client, server, false));
        start(() -> copy(server, client, true));
        if (socket.isClosed()) {
            end(client, server);
        }
    }

    private void copy(Socket from, Socket to, boolean responses) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = responses
                    ? new Dated(new BufferedOutputStream(to.getOutputStream(), BUFFER), offset) : to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // One side has closed the connection; the other one is told below.
        } finally {
            end(from, to);
        }
    }

    private void end(Socket one, Socket other) {
        close(one);
        close(other);
        open.remove(one);
        open.remove(other);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Ignored: the socket is being closed anyway.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "onedrive-simulator-date");
        thread.setDaemon(true);
        thread.start();
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    /** Writes another date in place of each one, which has the same length. */
    private static final class Dated extends FilterOutputStream {
        private static final byte[] HEADER = "\r\nDate: ".getBytes(StandardCharsets.US_ASCII);
        private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                .withZone(ZoneOffset.UTC);

        private final Duration offset;
        private int matched;
        private int skip;

        Dated(OutputStream out, Duration offset) {
            super(out);
            this.offset = offset;
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            for (int i = start; i < start + length; i++) {
                write(bytes[i]);
            }
        }

        @Override
        public void write(int b) throws IOException {
            if (skip > 0) {
                skip--;
                return;
            }
            out.write(b);
            matched = HEADER[matched] == (byte) b ? matched + 1 : b == '\r' ? 1 : 0;
            if (matched == HEADER.length) {
                byte[] date = DATE.format(Instant.now().plus(offset)).getBytes(StandardCharsets.US_ASCII);
                out.write(date);
                skip = date.length;
                matched = 0;
            }
        }
    }
}
