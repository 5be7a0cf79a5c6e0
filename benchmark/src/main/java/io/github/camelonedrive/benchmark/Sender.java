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
 * options, in a process of its own. What was measured goes to a file as JSON.
 */
public final class Sender {

    private Sender() {
    }

    /**
     * From the start of the route, when Java and Camel are up, until the last file is proven.
     *
     * @param seconds    elapsed
     * @param cpuSeconds user and system time of the whole process meanwhile
     * @param peakHeap   bytes; the sum of the highest use of each heap pool, so rather too much than too little
     */
    public record Measured(double seconds, double cpuSeconds, long peakHeap) {
    }

    /** Arguments: Graph endpoint, directory, how many files it holds, more options of the endpoint, file for the result. */
    public static void main(String[] arguments) throws Exception {
        CountDownLatch left = new CountDownLatch(Integer.parseInt(arguments[2]));
        AtomicReference<Exception> failure = new AtomicReference<>();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (CamelContext camel = new DefaultCamelContext()) {
            Instant expires = Instant.parse("2099-01-01T00:00:00Z");
            TokenProvider tokens = () -> new AccessToken(Secret.of("benchmark"), expires);
            camel.getRegistry().bind("tokens", TokenProvider.class, tokens);
            camel.addRoutes(route(arguments, left, failure));
            camel.start();
            long cpu = system.getProcessCpuTime();
            long started = System.nanoTime();
            camel.getRouteController().startRoute("benchmark");
            left.await();
            Measured measured = new Measured((System.nanoTime() - started) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9,
                    peakHeap());
            if (failure.get() != null) {
                throw failure.get();
            }
            new ObjectMapper().writeValue(Path.of(arguments[4]).toFile(), measured);
        }
    }

    private static RouteBuilder route(String[] arguments, CountDownLatch left, AtomicReference<Exception> failure) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onCompletion().process(exchange -> {
                    Exception problem = problem(exchange);
                    if (problem != null) {
                        failure.compareAndSet(null, problem);
                        drain(left);
                    }
                    left.countDown();
                });
                from("file:" + arguments[1] + "?noop=true&initialDelay=0&repeatCount=1").routeId("benchmark").autoStartup(false)
                        .to("onedrive:bench?folderPath=/Bench&tokenProvider=#tokens&graphEndpoint=" + arguments[0] + arguments[3]);
            }
        };
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

    private static void drain(CountDownLatch left) {
        while (left.getCount() > 0) {
            left.countDown();
        }
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage).mapToLong(usage -> usage.getUsed()).sum();
    }
}
