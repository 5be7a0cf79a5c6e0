package io.github.camelonedrive.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** The sink, running in a process of its own until closed. */
final class SinkProcess implements AutoCloseable {

    private final Process process;
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

    SinkCounts counts() throws IOException {
        return SinkCounts.ask(address(false));
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}
