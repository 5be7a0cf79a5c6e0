package io.github.camelonedrive.component;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelonedrive.graph.Drive;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemVersion;
import io.github.camelonedrive.graph.Quota;
import io.github.camelonedrive.graph.ResultList;
import io.github.camelonedrive.graph.SharingLink;

import static org.assertj.core.api.Assertions.assertThat;

/** Each result of an operation as JSON: by camel-jackson as it comes, and by our own type converters. */
class ResultsAsJsonTest {

    private static final Instant TIME = Instant.parse("2026-03-01T08:00:01Z");
    private static final DriveItem FILE = new DriveItem("01A", "größe.txt", false, 17, Optional.of("hash"),
            Optional.of("\"{X},1\""), Optional.of("https://x.test/?a=b&c"), Optional.of(TIME), Optional.of("P"),
            Optional.of("/drive/root:/a"), Optional.of("D"), Optional.of("business"),
            Optional.of("text/plain"), OptionalLong.empty(), Optional.of("R"));
    private static final DriveItem BARE = new DriveItem("01B", "", true, DriveItem.UNKNOWN_SIZE, Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), OptionalLong.of(3), Optional.empty());
    private static final String FILE_JSON = "{\"id\":\"01A\",\"name\":\"größe.txt\",\"folder\":false,\"size\":17,"
            + "\"quickXorHash\":\"hash\",\"eTag\":\"\\\"{X},1\\\"\",\"webUrl\":\"https://x.test/?a=b&c\","
            + "\"lastModified\":\"2026-03-01T08:00:01Z\",\"parentId\":\"P\",\"parentPath\":\"/drive/root:/a\","
            + "\"driveId\":\"D\",\"driveType\":\"business\",\"mimeType\":\"text/plain\",\"requestId\":\"R\"}";
    private static final String BARE_JSON = "{\"id\":\"01B\",\"folder\":true,\"childCount\":3}";

    @TempDir
    Path directory;

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:marshal").marshal().json(JsonLibrary.Jackson).convertBodyTo(String.class);
                from("direct:file").toD("file:" + directory + "?fileName=result.json");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    static List<Result> results() {
        return List.of(new Result(FILE, FILE_JSON), new Result(BARE, BARE_JSON),
                new Result(new ResultList<>(List.of(FILE, BARE)), "[" + FILE_JSON + "," + BARE_JSON + "]"),
                new Result(new ResultList<DriveItem>(List.of()), "[]"),
                new Result(new Drive("D", "business", "Ada",
                        new Quota(OptionalLong.of(10), OptionalLong.of(0), OptionalLong.empty(), "normal")),
                        "{\"id\":\"D\",\"driveType\":\"business\",\"owner\":\"Ada\",\"quota\":{\"total\":10,\"used\":0,"
                                + "\"state\":\"normal\"}}"),
                new Result(new ItemVersion("3.0", OptionalLong.of(5), Optional.of(TIME), Optional.of("Ada")),
                        "{\"id\":\"3.0\",\"size\":5,\"lastModified\":\"2026-03-01T08:00:01Z\",\"lastModifiedBy\":\"Ada\"}"),
                new Result(new SharingLink("P", "view", "", "https://1drv.test/x", Optional.empty(), Optional.of(TIME), false,
                        true),
                        "{\"id\":\"P\",\"type\":\"view\",\"webUrl\":\"https://1drv.test/x\","
                                + "\"expiry\":\"2026-03-01T08:00:01Z\","
                                + "\"hasPassword\":false,\"created\":true}"),
                new Result(new ConnectionCheck("offsite", List.of(ConnectionCheck.Step.skipped(
                        ConnectionCheck.StepName.VAULT, "no vault"))),
                        "{\"destination\":\"offsite\",\"steps\":[{\"name\":\"VAULT\",\"outcome\":\"SKIPPED\","
                                + "\"detail\":\"no vault\","
                                + "\"remedy\":\"\",\"facts\":{}}],\"ok\":true}"));
    }

    private record Result(Object value, String json) {
    }

    @ParameterizedTest
    @MethodSource("results")
    void camelsOwnMapperTakesItAsItIs(Result result) {
        assertThat(context.createProducerTemplate().requestBody("direct:marshal", result.value(), String.class))
                .isEqualTo(result.json());
    }

    @ParameterizedTest
    @MethodSource("results")
    void itConvertsToTextBytesStreamAndTree(Result result) throws Exception {
        assertThat(convert(result, String.class)).isEqualTo(result.json());
        assertThat(convert(result, byte[].class)).asString(StandardCharsets.UTF_8).isEqualTo(result.json());
        assertThat(convert(result, InputStream.class)).hasBinaryContent(result.json().getBytes(StandardCharsets.UTF_8));
        assertThat(convert(result, JsonNode.class)).hasToString(new ObjectMapper().readTree(result.json()).toString());
    }

    @Test
    void itConvertsToAMap() {
        assertThat(context.getTypeConverter().convertTo(Map.class, FILE)).containsEntry("name", "größe.txt")
                .containsEntry("size", 17L).doesNotContainKey("childCount");
        assertThat(context.getTypeConverter().convertTo(List.class, new ResultList<>(List.of(FILE)))).containsExactly(FILE);
    }

    @Test
    void aFileEndpointWritesIt() {
        context.createProducerTemplate().sendBody("direct:file", new ResultList<>(List.of(BARE)));
        assertThat(directory.resolve("result.json")).hasContent("[" + BARE_JSON + "]");
    }

    private <T> T convert(Result result, Class<T> type) throws Exception {
        return context.getTypeConverter().mandatoryConvertTo(type, result.value());
    }
}
