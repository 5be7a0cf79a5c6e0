package io.github.camelonedrive.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.graph.FakeHttp.Request;
import io.github.camelonedrive.graph.FakeHttp.Server;
import io.github.camelonedrive.hash.QuickXorHash;

/**
 * One folder of a drive, /Backups, with files and upload sessions, and answers that a test puts in the way of its own. Only
 * what is needed for following the engine's steps; the simulator is the place for behaviour.
 */
final class ScriptedDrive implements Server {

    private static final String ROOT = "/v1.0/me/drive/root:/Backups";

    /** A file. @param hashAfter how many looks at it show no hash yet */
    static final class StoredFile {

        final String id;
        final String name;
        byte[] content;
        int hashAfter;
        String driveType = "business";

        StoredFile(String id, String name, byte[] content) {
            this.id = id;
            this.name = name;
            this.content = content;
        }
    }

    static final class Session {

        final String name;
        final String conflict;
        final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Session(String name, String conflict) {
            this.name = name;
            this.conflict = conflict;
        }
    }

    private record Rule(Predicate<Request> when, Server then) {
    }

    final Map<String, StoredFile> files = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final List<String> openedUrls = new ArrayList<>();
    final List<String> sessionRequests = new ArrayList<>();
    final Map<String, Session> open = new LinkedHashMap<>();
    String folderId = "FOLDER";
    int commits;
    int hashAfter;
    String driveType = "business";
    private final List<Rule> rules = new ArrayList<>();
    private int number;

    /** The next request of this kind is answered so; further rules of the same kind hold for those after it. */
    ScriptedDrive once(Predicate<Request> when, Server then) {
        rules.add(new Rule(when, then));
        return this;
    }

    ScriptedDrive once(Predicate<Request> when, Reply reply) {
        return once(when, request -> {
            request.body();
            return reply;
        });
    }

    /** Whatever was in the way is gone. */
    void forgetRules() {
        rules.clear();
    }

    /** Does what is asked but never says so. */
    Server doneButAnswerLost() {
        return request -> {
            serve(request);
            throw new SocketException("Connection reset");
        };
    }

    /** Does what is asked but answers this. */
    Server doneBut(Reply reply) {
        return request -> {
            serve(request);
            return reply;
        };
    }

    /** Keeps only the first bytes of a fragment, then the connection breaks. */
    Server cutAfter(int bytes) {
        return request -> {
            byte[] kept = request.beginningOfBody(bytes);
            session(request).content.write(kept);
            throw new SocketException("Connection reset");
        };
    }

    void put(String name, byte[] content) {
        files.put(name, new StoredFile("OLD-" + name, name, content));
    }

    static boolean isFragment(Request request) {
        return request.method().equals("PUT") && request.url().startsWith("https://upload.test/");
    }

    static boolean isLastFragment(Request request) {
        return isFragment(request) && end(request) + 1 == total(request);
    }

    static boolean isStatus(Request request) {
        return request.method().equals("GET") && request.url().startsWith("https://upload.test/");
    }

    static boolean isCancel(Request request) {
        return request.method().equals("DELETE") && request.url().startsWith("https://upload.test/");
    }

    static boolean isOpen(Request request) {
        return request.target().endsWith(":/createUploadSession");
    }

    static boolean isPut(Request request) {
        return request.method().equals("PUT") && request.url().startsWith("https://graph.test/");
    }

    static boolean isLookUp(Request request) {
        return request.method().equals("GET") && request.target().startsWith(ROOT + "/");
    }

    static boolean isItem(Request request) {
        return request.method().equals("GET") && request.target().matches("/v1.0/me/drive/items/[^:/]+");
    }

    @Override
    public Reply answer(Request request) throws IOException {
        for (Rule rule : rules) {
            if (rule.when().test(request)) {
                rules.remove(rule);
                return rule.then().answer(request);
            }
        }
        return serve(request);
    }

    Reply serve(Request request) throws IOException {
        String target = request.target();
        if (request.url().startsWith("https://upload.test/")) {
            return onSession(request);
        }
        if (request.url().startsWith("https://files.test/")) {
            return new Reply(200, Map.of(), byId(target.substring(1, target.indexOf('?'))).content);
        }
        if (target.startsWith(folder())) {
            return isOpen(request) ? openSession(request) : putContent(request);
        }
        if (target.equals(ROOT)) {
            return Reply.json(200, "{\"id\":\"" + folderId + "\",\"name\":\"Backups\",\"folder\":{}}");
        }
        if (target.equals(ROOT + ":/children")) {
            return children();
        }
        if (target.startsWith(ROOT + "/")) {
            StoredFile file = files.get(decoded(target.substring(ROOT.length() + 1)));
            return file == null ? Reply.error(404, "itemNotFound") : Reply.json(200, json(file));
        }
        String id = target.replaceFirst("/v1.0/me/drive/items/([^/]+).*", "$1");
        if (target.endsWith("/content")) {
            return Reply.empty(302).with("Location", "https://files.test/" + id + "?tempauth='x'%2By");
        }
        return Reply.json(200, json(byId(id)));
    }

    private Reply children() {
        StringBuilder value = new StringBuilder();
        files.values().forEach(file -> value.append(value.isEmpty() ? "" : ",").append(json(file)));
        return Reply.json(200, "{\"value\":[" + value + "]}");
    }

    private Reply openSession(Request request) throws IOException {
        sessionRequests.add(request.text());
        String name = decoded(request.target().substring(folder().length()).replace(":/createUploadSession", ""));
        String conflict = request.text().replaceFirst(".*conflictBehavior\":\"(\\w+)\".*", "$1");
        String url = "https://upload.test/session/" + ++number + "?guid='5e55'&tempauth=test%2Bcanary-" + number;
        open.put(url, new Session(name, conflict));
        openedUrls.add(url);
        return Reply.json(200, "{\"uploadUrl\":\"" + url + "\",\"expirationDateTime\":\"2026-03-01T08:15:00Z\","
                + "\"nextExpectedRanges\":[\"0-\"]}");
    }

    private Reply putContent(Request request) throws IOException {
        String name = decoded(request.target().substring(folder().length()).replaceFirst(":/content.*", ""));
        byte[] content = request.body();
        if (content.length != request.contentLength()) {
            throw new SocketException("Connection reset");
        }
        return commit(name, request.target().replaceFirst(".*conflictBehavior=", ""), content);
    }

    private Reply onSession(Request request) throws IOException {
        Session session = open.get(request.url());
        if (session == null) {
            return Reply.error(404, "itemNotFound");
        }
        if (request.method().equals("DELETE")) {
            open.remove(request.url());
            return Reply.empty(204);
        }
        if (request.method().equals("GET")) {
            return Reply.json(200, "{\"nextExpectedRanges\":[\"" + session.content.size() + "-\"]}");
        }
        byte[] fragment = request.body();
        if (start(request) != session.content.size()) {
            return Reply.error(416, "invalidRange");
        }
        if (fragment.length != request.contentLength() || start(request) + fragment.length != end(request) + 1) {
            return Reply.error(400, "invalidRequest");
        }
        session.content.write(fragment);
        if (session.content.size() < total(request)) {
            return Reply.json(202, "{\"nextExpectedRanges\":[\"" + session.content.size() + "-\"]}");
        }
        open.remove(request.url());
        return commit(session.name, session.conflict, session.content.toByteArray());
    }

    private Reply commit(String name, String conflict, byte[] content) {
        if (conflict.equals("fail") && files.containsKey(name)) {
            return Reply.error(409, "nameAlreadyExists");
        }
        String taken = name;
        for (int i = 1; conflict.equals("rename") && files.containsKey(taken); i++) {
            int dot = name.lastIndexOf('.');
            taken = name.substring(0, dot) + " " + i + name.substring(dot);
        }
        commits++;
        StoredFile file = new StoredFile("ITEM-" + ++number, taken, content);
        file.hashAfter = hashAfter;
        file.driveType = driveType;
        files.put(taken, file);
        return Reply.json(201, json(file));
    }

    private Session session(Request request) {
        return open.get(request.url());
    }

    private StoredFile byId(String id) {
        return files.values().stream().filter(file -> file.id.equals(id)).findFirst().orElseThrow();
    }

    private static String json(StoredFile file) {
        String hashes = "";
        if (file.hashAfter-- <= 0) {
            QuickXorHash hash = new QuickXorHash();
            hash.update(file.content, 0, file.content.length);
            hashes = "\"hashes\":{\"quickXorHash\":\"" + hash.base64() + "\"}";
        }
        return String.format(Locale.ROOT, "{\"id\":\"%s\",\"name\":\"%s\",\"size\":%d,\"file\":{%s},"
                + "\"parentReference\":{\"driveType\":\"%s\"}}", file.id, file.name, file.content.length, hashes,
                file.driveType);
    }

    private String folder() {
        return "/v1.0/me/drive/items/" + folderId + ":/";
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static long start(Request request) {
        return range(request)[0];
    }

    static long end(Request request) {
        return range(request)[1];
    }

    static long total(Request request) {
        return range(request)[2];
    }

    private static long[] range(Request request) {
        String text = request.header("Content-Range").orElseThrow();
        return Arrays.stream(text.replace("bytes ", "").split("[-/]")).mapToLong(Long::parseLong).toArray();
    }

    /** Names of the files, sorted. */
    List<String> names() {
        return files.values().stream().map(file -> file.name).sorted(Comparator.naturalOrder()).toList();
    }
}
