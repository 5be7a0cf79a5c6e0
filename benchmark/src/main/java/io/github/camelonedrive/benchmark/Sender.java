package io.github.camelonedrive.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.component.OneDriveConstants;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.Verdict;

/**
 * Sends the files of a directory as a user's program would: a route from {@code file:} to {@code onedrive:} with default
 * options, in a process of its own. It does so twice: Java has to load and compile the code during the first pass, which counts
 * for a program that ends after one upload; the second pass shows what a program that keeps running needs. What was measured
 * goes to a file as JSON.
 */
public final class Sender {

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final CamelContext camel;
    private final String from;
    private final String to;
    private final int files;
    private final String sink;
    private volatile CountDownLatch left;

    private Sender(CamelContext camel, String from, String to, int files, String sink) {
        this.camel = camel;
        this.from = from;
        this.to = to;
        this.files = files;
        this.sink = sink;
    }

    /**
     * From the start of the route, when Java and Camel are up, until the last file is proven.
     *
     * @param seconds    elapsed
     * @param cpuSeconds user and system time of the whole process meanwhile
     * @param sink       what reached the sink meanwhile
     */
    record Pass(double seconds, double cpuSeconds, SinkCounts sink) {
    }

    /**
     * Both passes.
     *
     * @param peakHeap bytes; the sum of the highest use of each heap pool, so rather too much than too little
     */
    record Measured(Pass first, Pass second, long peakHeap) {
    }

    /**
     * Arguments: Graph endpoint, directory, how many files it holds, more options of the endpoint, the sink's
     * plain address, file for the result.
     */
    public static void main(String[] arguments) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            Instant expires = Instant.parse("2099-01-01T00:00:00Z");
            TokenProvider tokens = () -> new AccessToken(Secret.of("benchmark"), expires);
            camel.getRegistry().bind("tokens", TokenProvider.class, tokens);
            Sender sender = new Sender(camel, "file:" + arguments[1] + "?noop=true&initialDelay=0&repeatCount=1&idempotentKey=",
                    "onedrive:bench?folderPath=/Bench&tokenProvider=#tokens&graphEndpoint=" + arguments[0] + arguments[3],
                    Integer.parseInt(arguments[2]), arguments[4]);
            sender.addRoute("first");
            sender.addRoute("second");
            camel.start();
            Measured measured = new Measured(sender.pass("first"), sender.pass("second"), peakHeap());
            new ObjectMapper().writeValue(Path.of(arguments[5]).toFile(), measured);
        }
    }

    private void addRoute(String id) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onCompletion().process(Sender.this::completed);
                from(from + id + "-${file:name}").routeId(id).autoStartup(false).to(to);
            }
        });
    }

    private Pass pass(String id) throws Exception {
        left = new CountDownLatch(files);
        SinkCounts before = SinkCounts.ask(sink);
        long cpu = system.getProcessCpuTime();
        long started = System.nanoTime();
        camel.getRouteController().startRoute(id);
        left.await();
        double seconds = (System.nanoTime() - started) / 1e9;
        double cpuSeconds = (system.getProcessCpuTime() - cpu) / 1e9;
        if (failure.get() != null) {
            throw failure.get();
        }
        return new Pass(seconds, cpuSeconds, SinkCounts.ask(sink).since(before));
    }

    private void completed(Exchange exchange) {
        Exception problem = problem(exchange);
        if (problem != null) {
            failure.compareAndSet(null, problem);
            while (left.getCount() > 0) {
                left.countDown();
            }
        }
        left.countDown();
    }

    /** Every file has to be proven, not only sent. */
    private static Exception problem(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        UploadResult result = exchange.getProperty(OneDriveConstants.UPLOAD_RESULT, UploadResult.class);
        if (failure != null) {
            return failure;
        }
        return result != null && result.verdict() == Verdict.HASH ? null : new IOException("A file was not proven by its hash");
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage).mapToLong(usage -> usage.getUsed()).sum();
    }
}
