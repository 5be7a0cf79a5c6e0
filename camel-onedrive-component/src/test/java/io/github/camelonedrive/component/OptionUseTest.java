package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The table of what options are used for agrees with the catalog, and what has no effect is refused. */
class OptionUseTest {

    private static final Path CATALOG =
            Path.of("src/generated/resources/META-INF/io/github/camelonedrive/component/onedrive.json");

    @TempDir
    private Path directory;

    /** Returns the options of the catalog, in lower case, with their labels. */
    private static Map<String, String> labels() throws IOException {
        Map<String, String> labels = new TreeMap<>();
        JsonNode properties = new ObjectMapper().readTree(CATALOG.toFile()).path("properties");
        properties.fields().forEachRemaining(option -> {
            if (option.getValue().path("kind").asText().equals("parameter")) {
                labels.put(option.getKey().toLowerCase(Locale.ROOT), option.getValue().path("label").asText());
            }
        });
        return labels;
    }

    @Test
    void everyOptionOfTheCatalog_isInTheTableAsItIsLabelled() throws Exception {
        labels().forEach((option, label) -> {
            Optional<OptionUse> use = OptionUse.of(option);
            if (label.contains("producer")) {
                assertThat(use).as(option).isPresent();
                assertThat(use.get().consumer()).as(option).isFalse();
                assertThat(use.get().operations()).as(option).isNotEmpty();
            } else if (label.contains("consumer") && !option.equals("exchangepattern")) {
                assertThat(use).as(option).isPresent();
                assertThat(use.get().consumer()).as(option).isTrue();
                assertThat(use.get().operations()).as(option).isEmpty();
            } else if (use.isPresent()) {
                assertThat(use.get().consumer()).as(option).isTrue();
                assertThat(use.get().operations()).as(option).isNotEmpty();
            }
        });
    }

    @Test
    void everyOptionOfTheTable_isInTheCatalog() throws Exception {
        assertThat(labels().keySet()).containsAll(OptionUse.names());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "operation=delete&maxDepth=3 | The option maxDepth has no effect on a producer",
            "operation=upload&recursive=true | It is for list.",
            "operation=delete&fileExist=Fail | It is for upload, download.",
            "operation=delete&file-exist=Fail | The option file-exist has no effect with operation=delete",
            "operation=delete&configuration.fileExist=Fail | It is for upload, download.",
            "operation=list&permanentDelete=true | leave operation out of the URI",
            "allowOperationHeader=false&localFile=/tmp/ | has no effect with operation=upload",
            "resume=false&journalDirectory=/tmp | journalDirectory has no effect with resume=false",
            "operation=download&verify=size&verifyTimeout=5 | verifyTimeout has no effect with verify=size" })
    void optionWithoutEffectOnAProducer_isRefused(String options, String reason) {
        try (OneDriveSimulator onedrive = OneDriveSimulator.builder().start();
             SimulatedRoute route = new SimulatedRoute(onedrive)) {
            assertThatThrownBy(() -> route.context().getEndpoint("onedrive:offsite?" + options).createProducer())
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(reason);
        }
    }

    /** A header may choose another operation there, or the option's operation is the one that is named. */
    @ParameterizedTest
    @ValueSource(strings = { "maxRetries=0&permanentDelete=true&copyTimeout=5s", "operation=delete&permanentDelete=true",
            "operation=list&recursive=true", "allowOperationHeader=false&chunkSize=320kB", "verify=size&verifyTimeout=5",
            "operation=getItem&fileName=a&folderPath=/x" })
    void optionOfAnOperationThatCanCome_isTaken(String options) throws Exception {
        try (OneDriveSimulator onedrive = OneDriveSimulator.builder().start();
             SimulatedRoute route = new SimulatedRoute(onedrive)) {
            assertThat(route.context().getEndpoint("onedrive:offsite?" + options).createProducer()).isNotNull();
        }
    }

    /** Defaults of a component are for all its endpoints, whatever they do. */
    @Test
    void optionOfTheComponent_isTakenByEveryEndpoint() throws Exception {
        try (OneDriveSimulator onedrive = OneDriveSimulator.builder().start();
             SimulatedRoute route = new SimulatedRoute(onedrive)) {
            OneDriveConfiguration options = route.component().getConfiguration();
            options.setFileExist(FileExist.Override);
            options.setLocalFile(directory.toString());
            options.setOperation(OneDriveOperation.download);
            assertThat(route.context().getEndpoint("onedrive:offsite?operation=delete").createProducer()).isNotNull();
            assertThat(route.context().getEndpoint("onedrive:offsite?chunkSize=320kB").createProducer()).isNotNull();
            assertThat(route.context().getEndpoint("onedrive:offsite?move=.done").createConsumer(exchange -> { }))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "maxDepth=3 | maxDepth has no effect without recursive=true",
            "maxDepth=3&recursive=false | maxDepth has no effect without recursive=true",
            "minDepth=2 | minDepth has no effect without recursive=true",
            "includeHiddenDirs=true | without recursive=true",
            "filterDirectory=${file:name} == 'x' | without recursive=true",
            "antFilterCaseSensitive=false&include=a | without antInclude or antExclude",
            "idempotentEager=true | without idempotentKey or idempotentRepository",
            "startingDirectoryMustExist=true&autoCreate=true | with autoCreate=true",
            "verify=none&verifyTimeout=5s | verifyTimeout has no effect with verify=none" })
    void optionWithoutItsOther_isRefusedOnAConsumer(String options, String reason) {
        try (OneDriveSimulator onedrive = OneDriveSimulator.builder().start();
             SimulatedRoute route = new SimulatedRoute(onedrive)) {
            assertThatThrownBy(() -> route.context().getEndpoint("onedrive:offsite?" + options)
                    .createConsumer(exchange -> { })).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "maxDepth=3&recursive=true", "antFilterCaseSensitive=false&antExclude=*.tmp",
            "eagerMaxMessagesPerPoll=false", "startingDirectoryMustExist=false&autoCreate=true" })
    void optionWithItsOther_isTakenByAConsumer(String options) throws Exception {
        try (OneDriveSimulator onedrive = OneDriveSimulator.builder().start();
             SimulatedRoute route = new SimulatedRoute(onedrive)) {
            assertThat(route.context().getEndpoint("onedrive:offsite?" + options).createConsumer(exchange -> { })).isNotNull();
        }
    }
}
