package io.github.camelonedrive.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The sink, running in a process of its own until closed. */
final class SinkProcess implements AutoCloseable {

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int plainPort;
    private final int securePort;

    SinkProcess(Path hashes, Duration latency, Certificate certificate) throws IOException {
        process = new ProcessBuilder(JavaCommand.of("-XX:+UseSerialGC -Xmx128m", Sink.class, hashes.toString(),
                Long.toString(latency.toMillis()), certificate.keyStore().toString(), Certificate.PASSWORD))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        if (line == null) {
            throw new IOException("The sink did not start.");
        }
        plainPort = Integer.parseInt(line.split(" ")[0]);
        securePort = Integer.parseInt(line.split(" ")[1]);
    }

    /** Its address, without a trailing slash. Plain HTTP serves {@code CONNECT} too. */
    String address(boolean secure) {
        return secure ? "https://localhost:" + securePort : "http://127.0.0.1:" + plainPort;
    }

    void reset() throws IOException, InterruptedException {
        ask("reset");
    }

    /** How many requests and bytes it has seen since the reset, and its own CPU time. */
    JsonNode counts() throws IOException, InterruptedException {
        return new ObjectMapper().readTree(ask("counts"));
    }

    private String ask(String what) throws IOException, InterruptedException {
        URI address = URI.create(address(false) + "/benchmark/" + what);
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}
