package io.github.camelonedrive.component;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.storage.blob.BlobServiceClientBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/** A consumed file goes to Camel's other storage components. Their clients are stubs, which keep what they are to send. */
class ConsumedBodyStoragesTest {

    private static final byte[] CONTENT = SimulatedRoute.content(7_000_000);
    private static final String AZURE = "azure-storage-blob:account/container?serviceClient=#azure&blobName=a.bin&operation=";
    private static final String AMAZON = "aws2-s3://bucket?amazonS3Client=#amazon&keyName=a.bin";

    @TempDir
    private Path directory;

    private final OneDriveSimulator onedrive = OneDriveSimulator.builder().start();
    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();

    @AfterEach
    void stop() {
        onedrive.close();
    }

    @ParameterizedTest
    @CsvSource({
            AZURE + "uploadBlockBlob, false",
            AZURE + "uploadBlockBlob, true",
            AZURE + "uploadBlockBlobChunked, false",
            AZURE + "uploadBlockBlobChunked, true",
            AMAZON + ", false",
            AMAZON + ", true",
            AMAZON + "&multiPartUpload=true&partSize=5242880, false",
            AMAZON + "&multiPartUpload=true&partSize=5242880, true" })
    void anotherStorageGetsTheContent(String uri, boolean local) {
        onedrive.putFile("/Inbox/a.bin", CONTENT);
        try (SimulatedRoute route = new SimulatedRoute(onedrive, context -> {
            context.getRegistry().bind("azure", new BlobServiceClientBuilder().endpoint("http://127.0.0.1/account")
                    .httpClient(new Azure()).buildClient());
            context.getRegistry().bind("amazon", new Amazon());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(Inbox.uri("move=.done" + (local ? "&localWorkDirectory=" + directory : ""))).to(uri);
                }
            });
        })) {
            Awaitility.await().until(() -> onedrive.paths().contains("/Inbox/.done/a.bin"));
            assertThat(stored).containsOnlyKeys("a.bin");
            assertThat(stored.get("a.bin")).isEqualTo(CONTENT);
        }
    }

    private synchronized void append(byte[] part) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(stored.getOrDefault("a.bin", new byte[0]));
        all.writeBytes(part);
        stored.put("a.bin", all.toByteArray());
    }

    /** What Azure's client sends through: answers that all went well. */
    private final class Azure implements HttpClient {

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return Flux.from(request.getBody() == null ? Flux.empty() : request.getBody()).reduce(new ByteArrayOutputStream(),
                    (all, part) -> {
                        byte[] bytes = new byte[part.remaining()];
                        part.get(bytes);
                        all.writeBytes(bytes);
                        return all;
                    }).map(body -> {
                        boolean blockList = request.getUrl().getQuery() != null
                                && request.getUrl().getQuery().contains("comp=blocklist");
                        if (!blockList) {
                            append(body.toByteArray());
                        }
                        return new Created(request);
                    });
        }
    }

    private static final class Created extends HttpResponse {

        private final HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.ETAG, "\"1\"")
                .set(HttpHeaderName.LAST_MODIFIED, "Sun, 01 Mar 2026 00:00:00 GMT");

        Created(HttpRequest request) {
            super(request);
        }

        @Override
        public int getStatusCode() {
            return 201;
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return headers.getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.empty();
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return Mono.empty();
        }

        @Override
        public Mono<String> getBodyAsString() {
            return Mono.empty();
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return Mono.empty();
        }
    }

    /** Amazon's client. */
    private final class Amazon implements S3Client {

        @Override
        public HeadBucketResponse headBucket(HeadBucketRequest request) {
            return HeadBucketResponse.builder().build();
        }

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            append(body);
            return PutObjectResponse.builder().eTag("1").build();
        }

        @Override
        public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
            return CreateMultipartUploadResponse.builder().uploadId("1").build();
        }

        @Override
        public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
            append(body);
            return UploadPartResponse.builder().eTag("1").build();
        }

        @Override
        public CompleteMultipartUploadResponse completeMultipartUpload(CompleteMultipartUploadRequest request) {
            return CompleteMultipartUploadResponse.builder().eTag("1").build();
        }

        private void append(RequestBody body) {
            try {
                InputStream content = body.contentStreamProvider().newStream();
                ConsumedBodyStoragesTest.this.append(content.readNBytes(Math.toIntExact(body.optionalContentLength().get())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
