package io.github.camelonedrive.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * rclone's own OneDrive backend with its defaults, hashes included. It talks to graph.microsoft.com only, so the sink plays
 * the proxy that rclone is told to use, and that host behind it, with a certificate that only this rclone trusts. Nothing
 * leaves the machine, and neither root nor a changed hosts file is needed.
 */
final class RclonePeer implements Peer {

    private final Path work;
    private final Certificate certificate;
    private final long chunkSize;

    RclonePeer(Path work, Certificate certificate, long chunkSize) {
        this.work = work;
        this.certificate = certificate;
        this.chunkSize = chunkSize;
    }

    @Override
    public String name() {
        return "rclone";
    }

    @Override
    public List<Measurement> send(TestFiles files, SinkProcess sink) throws IOException, InterruptedException {
        Path config = work.resolve("rclone.conf");
        Files.writeString(config, """
                [bench]
                type = onedrive
                drive_id = bench
                drive_type = business
                token = {"access_token":"benchmark","token_type":"Bearer","refresh_token":"","expiry":"2099-01-01T00:00:00Z"}
                """);
        Map<String, String> environment = Map.of("HTTPS_PROXY", sink.address(false), "NO_PROXY", "");
        List<String> command = List.of("rclone", "copy", files.directory().toString(), "bench:Bench", "--config",
                config.toString(), "--ca-cert", certificate.pem().toString(), "--onedrive-chunk-size", chunkSize + "B",
                "--retries", "1", "--low-level-retries", "1", "--stats", "0");
        return Peer.measure(sink, () -> Child.run(work, environment, command));
    }
}
