package io.github.camelonedrive.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One curl process that sends the same bodies under the same headers over connections it keeps: the fragments of a large file
 * one after the other, small files as many at a time as ours. It neither hashes nor reads more of the answers than it must.
 */
final class CurlPeer implements Peer {

    private final Path work;
    private final boolean secure;
    private final Certificate certificate;
    private final int atATime;
    private final List<Path> fragments;

    /** @param fragments of the only file; empty when each file goes by one PUT */
    CurlPeer(Path work, boolean secure, Certificate certificate, int atATime, List<Path> fragments) {
        this.work = work;
        this.secure = secure;
        this.certificate = certificate;
        this.atATime = atATime;
        this.fragments = fragments;
    }

    @Override
    public String name() {
        return "curl";
    }

    @Override
    public List<Measurement> send(TestFiles files, SinkProcess sink) throws IOException, InterruptedException {
        Path config = work.resolve("curl.config");
        try (BufferedWriter lines = Files.newBufferedWriter(config)) {
            if (fragments.isEmpty()) {
                for (Path file : files.files()) {
                    put(lines, sink.address(secure) + "/v1.0/me/drive/items/folder:/" + file.getFileName() + ":/content", file,
                            "");
                }
            } else {
                long start = 0;
                for (Path fragment : fragments) {
                    long end = start + Files.size(fragment);
                    put(lines, sink.address(secure) + "/upload/" + files.files().get(0).getFileName(), fragment,
                            "header = \"Content-Range: bytes " + start + "-" + (end - 1) + "/" + files.fileSize() + "\"\n");
                    start = end;
                }
            }
        }
        List<String> command = new ArrayList<>(List.of("curl", "--config", config.toString()));
        if (fragments.isEmpty()) {
            command.addAll(1, List.of("--parallel", "--parallel-max", Integer.toString(atATime)));
        }
        return Peer.measure(sink, () -> Child.run(work, Map.of(), command));
    }

    private void put(BufferedWriter lines, String url, Path file, String header) throws IOException {
        lines.write("next\nurl = \"" + url + "\"\nupload-file = \"" + file + "\"\n" + header + "header = \"Expect:\"\n"
                + "cacert = \"" + certificate.pem() + "\"\nfail\nsilent\nshow-error\noutput = \"/dev/null\"\n");
    }
}
