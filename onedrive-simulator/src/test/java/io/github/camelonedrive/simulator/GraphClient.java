package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A small, well-mannered client of Graph, with room for bad manners. */
public final class GraphClient {
    public static final String USER_AGENT = "NONISV|camel-onedrive|SimulatorTest/1.0";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final OneDriveSimulator simulator;
    private final HttpClient http;
    private String accessToken;

    public GraphClient(OneDriveSimulator simulator) {
        this(simulator, null);
    }

    /** @param trust what to trust instead of the public certificate authorities, or null */
    public GraphClient(OneDriveSimulator simulator, SSLContext trust) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        this.http = (trust == null ? builder : builder.sslContext(trust)).build();
        this.simulator = simulator;
    }

    // --- tokens ---

    public HttpResponse<String> token(String tenant, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(simulator.loginEndpoint() + "/" + tenant + "/oauth2/v2.0/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    public Map<String, String> refreshForm() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("client_id", simulator.clientId());
        form.put("client_secret", simulator.clientSecret());
        form.put("refresh_token", simulator.refreshToken());
        return form;
    }

    public GraphClient signIn() {
        accessToken = json(token("common", refreshForm())).get("access_token").asText();
        return this;
    }

    /** Works with this access token from now on. */
    public void use(String newAccessToken) {
        accessToken = newAccessToken;
    }

    public GraphClient signInAsApplication() {
        Map<String, String> form = refreshForm();
        form.remove("refresh_token");
        form.put("grant_type", "client_credentials");
        form.put("scope", "https://graph.microsoft.com/.default");
        accessToken = json(token(simulator.tenantId(), form)).get("access_token").asText();
        return this;
    }

    // --- Graph ---

    public HttpResponse<String> get(String pathAfterVersion) {
        return send(graph(pathAfterVersion).GET());
    }

    public HttpResponse<String> delete(String pathAfterVersion) {
        return send(graph(pathAfterVersion).DELETE());
    }

    public HttpResponse<String> post(String pathAfterVersion, String json) {
        return send(graph(pathAfterVersion).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> patch(String pathAfterVersion, String json) {
        return send(graph(pathAfterVersion).header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> put(String pathAfterVersion, byte[] body) {
        return send(graph(pathAfterVersion).PUT(BodyPublishers.ofByteArray(body)));
    }

    public HttpRequest.Builder graph(String pathAfterVersion) {
        return HttpRequest.newBuilder(URI.create(simulator.graphEndpoint() + pathAfterVersion))
                .header("Authorization", "Bearer " + accessToken);
    }

    // --- sessions ---

    public HttpResponse<String> createSession(String rawPath, String itemJson) {
        return post("/me/drive/root:" + rawPath + ":/createUploadSession", "{\"item\":" + itemJson + "}");
    }

    /** The upload URL of a new session with the behavior "replace". */
    public String session(String rawPath) {
        return session(rawPath, "replace");
    }

    public String session(String rawPath, String conflict) {
        return json(createSession(rawPath, behavior(conflict))).get("uploadUrl").asText();
    }

    public static String behavior(String conflict) {
        return "{\"@microsoft.graph.conflictBehavior\":\"" + conflict + "\"}";
    }

    public HttpResponse<String> fragment(String uploadUrl, byte[] file, int start, int length) {
        String range = "bytes " + start + "-" + (start + length - 1) + "/" + file.length;
        return fragment(uploadUrl, range, BodyPublishers.ofByteArray(file, start, length));
    }

    public HttpResponse<String> fragment(String uploadUrl, String contentRange, BodyPublisher body) {
        return send(HttpRequest.newBuilder(URI.create(uploadUrl)).header("Content-Range", contentRange).PUT(body));
    }

    public HttpResponse<String> status(String uploadUrl) {
        return send(HttpRequest.newBuilder(URI.create(uploadUrl)).GET());
    }

    public HttpResponse<String> cancel(String uploadUrl) {
        return send(HttpRequest.newBuilder(URI.create(uploadUrl)).DELETE());
    }

    /** The answer to the last fragment. */
    public HttpResponse<String> upload(String uploadUrl, byte[] file, int chunk) {
        HttpResponse<String> answer = null;
        for (int start = 0; start < file.length; start += chunk) {
            answer = fragment(uploadUrl, file, start, Math.min(chunk, file.length - start));
        }
        return answer;
    }

    // --- plumbing ---

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return trySend(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> trySend(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(Duration.ofSeconds(20)).setHeader("User-Agent", USER_AGENT).build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    public HttpResponse<String> sendPlain(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String code(HttpResponse<String> response) {
        return json(response).path("error").path("code").asText();
    }

    static String innerCode(HttpResponse<String> response) {
        JsonNode error = json(response).path("error");
        return error.has("innererror") ? error.path("innererror").path("code").asText()
                : error.path("innerError").path("code").asText();
    }

    /** Bytes that differ everywhere, and are the same each time. */
    public static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }

    public static byte[] filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
