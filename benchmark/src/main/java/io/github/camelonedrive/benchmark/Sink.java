package io.github.camelonedrive.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A server that speaks as much of Graph as an upload needs ({@code graph-contract.md} §2, §3, §6.2, §6.3) and throws away what
 * it is sent, so cheaply that it is not what limits: it reads into one buffer per connection and hashes nothing, because the
 * hashes to report are handed to it before. It checks nothing either; whether a client behaves is the simulator's business.
 *
 * <p>Listens on loopback only: plain HTTP, which also opens TLS when asked to {@code CONNECT} as a proxy would be, and TLS.
 * {@code GET /benchmark/counts} tells what it has seen. Ends with its standard input.
 */
public final class Sink {

    private static final int BUFFER = 256 * 1024;

    /** CR, LF, CR, LF. */
    private static final int END_OF_HEAD = 0x0d0a0d0a;

    private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");
    private static final Pattern CHILD = Pattern.compile(".*:/([^/:]+):/(content|createUploadSession)");
    private static final Pattern ITEM = Pattern.compile(".*/items/item-([^/:]+)");
    private static final Pattern PATH = Pattern.compile(".*root:/([^:]+):?");

    private final SSLContext tls;
    private final Duration latency;
    private final Map<String, Known> known = new HashMap<>();
    private volatile boolean folderMade;
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /** What is to be said about a file: its size in bytes and QuickXorHash. */
    private record Known(long size, String quickXorHash) {
    }

    private record Request(String method, String path, Map<String, String> headers) {

        long contentLength() {
            return Long.parseLong(headers.getOrDefault("content-length", "0"));
        }
    }

    private record Answer(int status, String body) {
    }

    private Sink(SSLContext tls, Duration latency, Path hashes) throws IOException {
        this.tls = tls;
        this.latency = latency;
        for (String line : Files.readAllLines(hashes)) {
            String[] fields = line.split("\t");
            known.put(fields[0], new Known(Long.parseLong(fields[1]), fields[2]));
        }
    }

    /** Arguments: file of hashes (name, size, hash; with tabs), answer time in milliseconds, PKCS #12 key store, password. */
    public static void main(String[] arguments) throws Exception {
        Sink sink = new Sink(context(Path.of(arguments[2]), arguments[3].toCharArray()),
                Duration.ofMillis(Long.parseLong(arguments[1])), Path.of(arguments[0]));
        ServerSocketChannel plain = listener();
        ServerSocketChannel secure = listener();
        start(() -> sink.accept(plain, false));
        start(() -> sink.accept(secure, true));
        System.out.println(port(plain) + " " + port(secure));
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static SSLContext context(Path keyStore, char[] password) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(keyStore.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static ServerSocketChannel listener() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 256);
    }

    private static int port(ServerSocketChannel listener) throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocketChannel listener, boolean secure) {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                start(() -> serve(channel, secure));
            }
        } catch (IOException e) {
            throw new IllegalStateException("The sink can't take connections any more", e);
        }
    }

    private void serve(SocketChannel channel, boolean secure) {
        try (channel) {
            channel.socket().setTcpNoDelay(true);
            Connection connection = secure ? secure(channel) : new Connection(channel::read,
                    bytes -> channel.write(ByteBuffer.wrap(bytes)), ByteBuffer.allocateDirect(BUFFER), false);
            while (connection.serveOne()) {
                if (connection.becomesSecure) {
                    connection = secure(channel);
                }
            }
        } catch (IOException closed) {
            count("brokenConnections", 1);
        }
    }

    private Connection secure(SocketChannel channel) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(channel.socket(), "localhost", 0, false);
        socket.setUseClientMode(false);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        return new Connection(buffer -> {
            int count = in.read(buffer.array(), buffer.position(), buffer.remaining());
            buffer.position(buffer.position() + Math.max(count, 0));
            return count;
        }, out::write, ByteBuffer.allocate(BUFFER), true);
    }

    private void count(String what, long number) {
        counts.computeIfAbsent(what, name -> new AtomicLong()).addAndGet(number);
    }

    private interface Reading {
        int read(ByteBuffer buffer) throws IOException;
    }

    private interface Writing {
        void write(byte[] bytes) throws IOException;
    }

    private final class Connection {

        private final Reading in;
        private final Writing out;
        private final ByteBuffer buffer;
        private final boolean secure;
        private boolean becomesSecure;

        Connection(Reading in, Writing out, ByteBuffer buffer, boolean secure) {
            this.in = in;
            this.out = out;
            this.buffer = buffer;
            this.secure = secure;
        }

        /** Whether the connection goes on. */
        boolean serveOne() throws IOException {
            Request request = head();
            if (request == null) {
                return false;
            }
            if (request.method().equals("CONNECT")) {
                becomesSecure = true;
                out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return true;
            }
            if (request.headers().getOrDefault("expect", "").equals("100-continue")) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            discard(request.contentLength());
            answer(Sink.this.answer(request, secure));
            return true;
        }

        /** Null at the end of the connection. No client here sends a request before the last one was answered. */
        private Request head() throws IOException {
            buffer.clear();
            int end = -1;
            int looked = 0;
            while (end < 0) {
                if (in.read(buffer) < 0) {
                    return null;
                }
                end = endOfHead(looked);
                looked = Math.max(0, buffer.position() - 3);
            }
            byte[] head = new byte[end];
            buffer.flip().get(head);
            return parse(new String(head, StandardCharsets.ISO_8859_1));
        }

        private int endOfHead(int from) {
            for (int i = from; i + 3 < buffer.position(); i++) {
                if (buffer.getInt(i) == END_OF_HEAD) {
                    return i + 4;
                }
            }
            return -1;
        }

        private Request parse(String head) {
            String[] lines = head.split("\r\n");
            String[] first = lines[0].split(" ");
            Map<String, String> headers = new HashMap<>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.put(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip());
            }
            String target = first[1].split("\\?")[0];
            return new Request(first[0], URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8), headers);
        }

        private void discard(long length) throws IOException {
            count("bytes", length);
            long left = length - buffer.remaining();
            while (left > 0) {
                buffer.clear().limit((int) Math.min(BUFFER, left));
                int count = in.read(buffer);
                if (count < 0) {
                    throw new IOException("The body ended early");
                }
                left -= count;
            }
        }

        private void answer(Answer answer) throws IOException {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            byte[] head = ("HTTP/1.1 " + answer.status() + " Answer\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] whole = new byte[head.length + body.length];
            System.arraycopy(head, 0, whole, 0, head.length);
            System.arraycopy(body, 0, whole, head.length, body.length);
            out.write(whole);
        }
    }

    private Answer answer(Request request, boolean secure) {
        if (request.path().startsWith("/benchmark/")) {
            return control();
        }
        count("requests", 1);
        if (!latency.isZero()) {
            long until = System.nanoTime() + latency.toNanos();
            for (long left = latency.toNanos(); left > 0; left = until - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
        if (request.path().startsWith("/upload/")) {
            count("fragments", 1);
            return fragment(request);
        }
        Matcher child = CHILD.matcher(request.path());
        if (child.matches()) {
            return upload(request, child.group(1), child.group(2), secure);
        }
        return metadata(request);
    }

    private Answer control() {
        Map<String, String> values = new TreeMap<>();
        counts.forEach((name, value) -> values.put('"' + name + '"', value.toString()));
        long cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
        values.put("\"cpuMillis\"", Long.toString(cpu));
        return new Answer(200, values.toString().replace('=', ':'));
    }

    private Answer fragment(Request request) {
        Matcher range = RANGE.matcher(request.headers().getOrDefault("content-range", ""));
        if (!range.matches()) {
            return new Answer(400, error("invalidRange"));
        }
        long next = Long.parseLong(range.group(2)) + 1;
        if (next == Long.parseLong(range.group(3))) {
            return new Answer(201, file(request.path().substring("/upload/".length())));
        }
        return new Answer(202, "{\"expirationDateTime\":\"2099-01-01T00:00:00Z\",\"nextExpectedRanges\":[\"" + next + "-\"]}");
    }

    private Answer upload(Request request, String name, String how, boolean secure) {
        if (how.equals("content")) {
            count("singlePuts", 1);
            return new Answer(201, file(name));
        }
        count("sessions", 1);
        return new Answer(200, "{\"uploadUrl\":\"" + (secure ? "https" : "http") + "://" + request.headers().get("host")
                + "/upload/" + name + "\",\"expirationDateTime\":\"2099-01-01T00:00:00Z\",\"nextExpectedRanges\":[\"0-\"]}");
    }

    /** Folders are there once one was made; files are found by their id only. */
    private Answer metadata(Request request) {
        count("others", 1);
        Matcher item = ITEM.matcher(request.path());
        if (item.matches()) {
            return new Answer(200, file(item.group(1)));
        }
        if (request.path().endsWith("/children")) {
            return request.method().equals("POST") ? makeFolder() : new Answer(200, "{\"value\":[]}");
        }
        if (request.path().endsWith("/root")) {
            return new Answer(200, folder("root", ",\"root\":{}"));
        }
        Matcher path = PATH.matcher(request.path());
        boolean exists = path.matches() && folderMade && path.group(1).indexOf('.') < 0;
        return exists ? new Answer(200, folder("folder", "")) : new Answer(404, error("itemNotFound"));
    }

    private Answer makeFolder() {
        folderMade = true;
        return new Answer(201, folder("folder", ""));
    }

    private static String folder(String id, String more) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + id + "\",\"folder\":{\"childCount\":0}" + more
                + ",\"lastModifiedDateTime\":\"2026-01-01T00:00:00Z\",\"parentReference\":{\"driveId\":\"bench\"}}";
    }

    private String file(String name) {
        Known file = known.getOrDefault(name, new Known(0, ""));
        return "{\"id\":\"item-" + name + "\",\"name\":\"" + name + "\",\"size\":" + file.size() + ",\"eTag\":\"\\\"" + name
                + ",1\\\"\",\"lastModifiedDateTime\":\"2026-01-01T00:00:00Z\",\"file\":{"
                + "\"hashes\":{\"quickXorHash\":\"" + file.quickXorHash() + "\"}},\"parentReference\":{\"driveId\":\"bench\","
                + "\"driveType\":\"business\",\"id\":\"folder\",\"path\":\"/drive/root:/Bench\"}}";
    }

    private static String error(String code) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + code + "\"}}";
    }
}
