package io.github.camelonedrive.simulator.peers;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTPS proxy that leads to the simulator whatever host a client asks for, if it is one of Microsoft's, and to nobody else.
 * It passes the encrypted bytes on and can't look into them.
 */
final class ConnectProxy implements Closeable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "connect-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<String> hosts;
    private final int port;
    private final Set<String> asked = new ConcurrentSkipListSet<>();

    /** @param hosts the host names that lead to the simulator */
    ConnectProxy(URI simulator, Set<String> hosts) throws IOException {
        this.port = simulator.getPort();
        this.hosts = hosts;
        threads.execute(this::accept);
    }

    /** For the environment variable {@code HTTPS_PROXY}. */
    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Which hosts clients asked for, those that were refused included. */
    Set<String> asked() {
        return asked;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that went away: the loop's condition knows.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader head = new BufferedReader(
                    new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
            String[] request = head.readLine().split(" ");
            for (String line = head.readLine(); line != null && !line.isEmpty();) {
                line = head.readLine();
            }
            String host = request[1].replaceFirst(":443$", "");
            asked.add(host);
            boolean known = request[0].equals("CONNECT") && hosts.contains(host);
            client.getOutputStream().write(("HTTP/1.1 " + (known ? "200 OK" : "502 Bad Gateway") + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            if (known) {
                connect(client);
            }
        } catch (IOException e) {
            // One of the two hung up.
        }
    }

    private void connect(Socket client) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            threads.execute(() -> copy(client, server));
            copy(server, client);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // One of the two hung up, which ends the other direction too.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
