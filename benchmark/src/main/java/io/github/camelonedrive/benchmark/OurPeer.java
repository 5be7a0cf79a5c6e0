package io.github.camelonedrive.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The component, in a Java process of its own: {@link Sender}. */
final class OurPeer implements Peer {

    private final Path work;
    private final boolean secure;
    private final Certificate certificate;
    private final String javaOptions;
    private final String endpointOptions;

    /** @param endpointOptions more options of the endpoint, each with a leading {@code &} */
    OurPeer(Path work, boolean secure, Certificate certificate, String javaOptions, String endpointOptions) {
        this.work = work;
        this.secure = secure;
        this.certificate = certificate;
        this.javaOptions = javaOptions;
        this.endpointOptions = endpointOptions;
    }

    @Override
    public String name() {
        return "camel-onedrive";
    }

    @Override
    public List<String> names() {
        return List.of(name(), name() + ", again");
    }

    @Override
    public List<Measurement> send(TestFiles files, SinkProcess sink) throws IOException, InterruptedException {
        Path result = work.resolve("sender.json");
        Files.deleteIfExists(result);
        String trust = secure ? " -Djavax.net.ssl.trustStore=" + certificate.trustStore()
                + " -Djavax.net.ssl.trustStorePassword=" + Certificate.PASSWORD : "";
        Child child = Child.run(work, Map.of(), JavaCommand.of(javaOptions + trust, Sender.class,
                sink.address(secure) + "/v1.0", files.directory().toString(), Integer.toString(files.files().size()),
                endpointOptions, sink.address(false), result.toString()));
        Sender.Measured measured = new ObjectMapper().readValue(result.toFile(), Sender.Measured.class);
        return List.of(measurement(measured.first(), measured.peakHeap(), child), measurement(measured.second(),
                measured.peakHeap(), child));
    }

    private static Measurement measurement(Sender.Pass pass, long peakHeap, Child child) {
        return new Measurement(pass.seconds(), pass.cpuSeconds(), child.cpuSeconds(), peakHeap, child.peakMemory(),
                pass.sink().requests(), pass.sink().bytes(), pass.sink().cpuSeconds());
    }
}
