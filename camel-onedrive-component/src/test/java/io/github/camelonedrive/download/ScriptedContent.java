package io.github.camelonedrive.download;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.graph.ByteRange;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.FakeHttp;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.graph.FakeHttp.Request;
import io.github.camelonedrive.graph.GraphFixture;
import io.github.camelonedrive.hash.QuickXorHash;

/** One file in a drive: Graph that tells of it, and the host that has its bytes; a test scripts what goes wrong. */
final class ScriptedContent implements FakeHttp.Server {

    static final String HOST = "https://content.test";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    final GraphFixture graph = new GraphFixture(this);
    final List<DownloadEvent> events = new CopyOnWriteArrayList<>();
    final Downloader downloader = new Downloader(graph.client, graph.items, graph.downloads, events::add);
    final Deque<FakeHttp.Server> contentAnswers = new ArrayDeque<>();
    final Deque<FakeHttp.Server> locationAnswers = new ArrayDeque<>();
    final Deque<FakeHttp.Server> itemAnswers = new ArrayDeque<>();

    byte[] bytes;
    String name = "dump.sql";
    String driveType = "business";
    String eTag = "\"e1\"";
    Optional<String> hash;
    long size;
    boolean rangesIgnored;
    DownloadOptions options = DownloadOptions.DEFAULT;
    private int addresses;

    ScriptedContent(byte[] bytes) {
        become(bytes);
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Somebody stores other content. */
    void become(byte[] other) {
        bytes = other;
        size = other.length;
        QuickXorHash quickXor = new QuickXorHash();
        quickXor.update(other, 0, other.length);
        hash = Optional.of(quickXor.base64());
    }

    /** As Graph tells of it now. */
    DriveItem item() {
        try {
            return graph.items.get("item-1");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    DownloadRequest request(ByteRange range) {
        DriveItem item = item();
        graph.http.seen().clear();
        return new DownloadRequest("offsite", "/backup/" + name, item, range, options);
    }

    DownloadStream stream() {
        return stream(ByteRange.WHOLE);
    }

    DownloadStream stream(ByteRange range) {
        return downloader.open(request(range));
    }

    @Override
    public Reply answer(Request request) throws IOException {
        if (request.url().startsWith(HOST)) {
            return contentAnswers.isEmpty() ? content(request) : contentAnswers.remove().answer(request);
        }
        if (request.target().endsWith("/content")) {
            return locationAnswers.isEmpty() ? location() : locationAnswers.remove().answer(request);
        }
        return itemAnswers.isEmpty() ? Reply.json(200, json()) : itemAnswers.remove().answer(request);
    }

    Reply location() {
        return Reply.empty(302).with("Location", HOST + "/d/" + ++addresses + "?tempauth=v1.a%2Bb'c&x=1");
    }

    String json() {
        return "{\"id\":\"item-1\",\"name\":\"" + name + "\",\"eTag\":\"" + eTag.replace("\"", "\\\"") + "\""
                + (size >= 0 ? ",\"size\":" + size : "") + ",\"file\":{\"hashes\":{"
                + hash.map(text -> "\"quickXorHash\":\"" + text + "\"").orElse("") + "}},\"fileSystemInfo\":"
                + "{\"lastModifiedDateTime\":\"2026-02-28T11:22:33Z\"},"
                + "\"parentReference\":{\"driveType\":\"" + driveType + "\"}}";
    }

    /** What an honest host answers. */
    Reply content(Request request) {
        Optional<String> range = request.header("Range").filter(asked -> !rangesIgnored);
        if (range.isEmpty()) {
            return new Reply(200, Map.of(), bytes);
        }
        Matcher parts = RANGE.matcher(range.get());
        if (!parts.matches()) {
            throw new AssertionError(range.get());
        }
        int first = parts.group(1).isEmpty() ? Math.max(0, bytes.length - Integer.parseInt(parts.group(2)))
                : Integer.parseInt(parts.group(1));
        int last = parts.group(1).isEmpty() || parts.group(2).isEmpty() ? bytes.length - 1
                : Math.min(bytes.length - 1, Integer.parseInt(parts.group(2)));
        if (first > last) {
            return Reply.error(416, "invalidRange").with("Content-Range", "bytes */" + bytes.length);
        }
        return new Reply(206, Map.of("Content-Range", "bytes " + first + "-" + last + "/" + bytes.length),
                Arrays.copyOfRange(bytes, first, last + 1));
    }

    List<Request> contentRequests() {
        return seen(request -> request.url().startsWith(HOST));
    }

    List<Request> locationRequests() {
        return seen(request -> !request.url().startsWith(HOST) && request.target().endsWith("/content"));
    }

    /** The ranges asked for; empty texts for the whole. */
    List<String> ranges() {
        return contentRequests().stream().map(request -> request.header("Range").orElse("")).toList();
    }

    private List<Request> seen(Predicate<Request> which) {
        return graph.http.seen().stream().filter(which).toList();
    }
}
