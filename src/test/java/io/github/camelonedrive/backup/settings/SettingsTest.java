package io.github.camelonedrive.backup.settings;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.UUID;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.settings.WatchSettings.Content;
import io.github.camelonedrive.credentials.Redactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {

    private static final Path BASE = Path.of("/etc/onedrive");

    @TempDir
    private Path directory;

    @Test
    void threeLinesMakeAWatchAndTheRestHasDefaults() throws Exception {
        WatchSettings watch = Settings.of(BASE, mysql()).watches().get(0);
        assertThat(watch).isEqualTo(new WatchSettings("mysql", Path.of("/var/backups/mysql"), "offsite",
                Optional.of("/Backups/mysql"), Optional.empty(), Optional.empty(), List.of(), 1, false,
                Duration.ofSeconds(10), false, Content.SAME, Optional.empty()));
    }

    @Test
    void temporary_takesSuffixesPatternsAndRegularExpressions() throws Exception {
        Map<String, String> values = mysql();
        values.put("backup.watch.mysql.temporary", ".dat, tmp-*, v.?\\.x$ ");
        List<Pattern> patterns = Settings.of(BASE, values).watches().get(0).temporary();
        assertThat(List.of("vm.dat", "VM.DAT", "tmp-a.sql", "v1.x")).allMatch(name -> matches(patterns, name));
        assertThat(List.of("vm.data", "a-tmp-b", "dat", "v12.x", "v1.xy")).noneMatch(name -> matches(patterns, name));
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    @Test
    void minSize_takesBytesAndUnits() throws Exception {
        Map<String, String> values = mysql();
        values.put("backup.watch.mysql.min-size", "10kB");
        assertThat(Settings.of(BASE, values).watches().get(0).minSize()).isEqualTo(10_240);
        values.put("backup.watch.mysql.min-size", "0");
        assertThat(Settings.of(BASE, values).watches().get(0).minSize()).isZero();
    }

    @Test
    void changedContent_needsADayUntilPushedDumpsAreDeleted() throws Exception {
        Map<String, String> values = mysql();
        values.put("backup.watch.mysql.content", "changed");
        assertThat(Settings.of(BASE, values).watches().get(0).content()).isEqualTo(Content.CHANGED);
        values.put("backup.watch.mysql.delete-after", "23h");
        assertThatThrownBy(() -> Settings.of(BASE, values)).hasMessageContaining("at least 24h");
        values.put("backup.watch.mysql.delete-after", "24h");
        assertThat(Settings.of(BASE, values).watches().get(0).deleteAfter()).contains(Duration.ofDays(1));
    }

    @Test
    void relativePathsStartFromTheSettingsFile() throws Exception {
        Settings settings = Settings.of(BASE, Map.of("backup.routes", "my-routes", "backup.watch.a.directory", "drop",
                "backup.watch.a.destination", "x"));
        assertThat(settings.watches().get(0).directory()).isEqualTo(BASE.resolve("drop"));
        assertThat(settings.routes()).contains(BASE.resolve("my-routes"));
    }

    @ParameterizedTest
    @CsvSource({
            "backup.routes, routes", "backup.console.enabled, false",
            "backup.console.port, 0", "backup.console.host, ::1", "backup.console.public-url, https://backup.example.org/x",
            "backup.observe.enabled, false", "backup.observe.port, 0", "backup.observe.host, 0.0.0.0",
            "backup.health.after, 5m"})
    void everyFixedNameIsAccepted(String name, String value) throws Exception {
        assertThat(Settings.of(BASE, Map.of(name, value)).names()).containsExactly(name);
    }

    @Test
    void pagesAreOnTheLoopbackInterfaceUnlessTheSettingsSayOtherwise() throws Exception {
        assertThat(Settings.of(BASE, Map.of()).console())
                .isEqualTo(new ConsoleSettings(true, "127.0.0.1", 8080, Optional.empty()));
        assertThat(Settings.of(BASE, Map.of("backup.console.enabled", "FALSE", "backup.console.host", "0.0.0.0",
                "backup.console.port", "65535", "backup.console.public-url", "https://backup.example.org/")).console())
                .isEqualTo(new ConsoleSettings(false, "0.0.0.0", 65535,
                        Optional.of(URI.create("https://backup.example.org/"))));
    }

    @Test
    void healthAndMetricsAreWhereThePagesAreUnlessTheSettingsSayOtherwise() throws Exception {
        assertThat(Settings.of(BASE, Map.of()).observe())
                .isEqualTo(new ObserveSettings(true, "127.0.0.1", 8080, Duration.ofMinutes(15)));
        assertThat(Settings.of(BASE, Map.of("backup.console.enabled", "false", "backup.console.host", "::1",
                "backup.console.port", "9000")).observe())
                .isEqualTo(new ObserveSettings(true, "::1", 9000, Duration.ofMinutes(15)));
        assertThat(Settings.of(BASE, Map.of("backup.observe.enabled", "false", "backup.observe.host", "0.0.0.0",
                "backup.observe.port", "9464", "backup.health.after", "90s")).observe())
                .isEqualTo(new ObserveSettings(false, "0.0.0.0", 9464, Duration.ofSeconds(90)));
    }

    @ParameterizedTest
    @CsvSource({
            "backup.observe.enabled, on", "backup.observe.port, 65536", "backup.observe.port, -1",
            "backup.health.after, soon", "backup.health.after, -5m",
            "backup.console.enabled, yes", "backup.console.port, 65536", "backup.console.port, -1",
            "backup.console.port, http",
            "backup.console.public-url, backup.example.org", "backup.console.public-url, https://exa_mple^/"})
    void anImpossibleConsoleSettingIsRefusedByItsName(String name, String value) {
        assertThatThrownBy(() -> Settings.of(BASE, Map.of(name, value))).isInstanceOf(BackupException.class)
                .hasMessageContaining(name).hasMessageContaining(value);
    }

    @ParameterizedTest
    @CsvSource({
            "backup.route, backup.routes",
            "backup.console.prot, backup.console.port",
            "backup.watch.mysql.quiet-time, backup.watch.mysql.quiet-period",
            "backup.watch.mysql.Directory, backup.watch.mysql.directory",
            "backup.watches.mysql, backup.watch.NAME.directory"})
    void anUnknownNameIsRefusedWithTheNearestKnownOne(String wrong, String nearest) {
        Map<String, String> values = mysql();
        values.put(wrong, "x");
        assertThatThrownBy(() -> Settings.of(BASE, values)).isInstanceOf(BackupException.class)
                .hasMessageContaining(wrong).hasMessageContaining("Did you mean " + nearest + "?")
                .extracting(e -> ((BackupException) e).kind()).isEqualTo(FailureKind.CONFIGURATION);
    }

    @ParameterizedTest
    @CsvSource({"quiet-period, soon", "quiet-period, -1", "delete-after, never", "recursive, yes", "include, *.sql",
            "directory, ''", "destination, ''", "folder, /a:b", "folder, /Backups/..", "folder, ./x", "folder, /x/CON",
            "folder, /~x/y", "folder, /a/b./c"})
    void anIllegalValueIsRefusedWithTheNameOfTheSetting(String key, String value) {
        Map<String, String> values = mysql();
        values.put("backup.watch.mysql." + key, value);
        assertThatThrownBy(() -> Settings.of(BASE, values)).isInstanceOf(BackupException.class)
                .hasMessageContaining("backup.watch.mysql." + key);
    }

    @ParameterizedTest
    @CsvSource({"0s, 0", "500ms, 500", "10s, 10000", "5m, 300000", "12h, 43200000", "7d, 604800000"})
    void durationsAreWrittenAsCamelWritesThem(String text, long milliseconds) throws Exception {
        Map<String, String> values = mysql();
        values.put("backup.watch.mysql.delete-after", text);
        assertThat(Settings.of(BASE, values).watches().get(0).deleteAfter()).contains(Duration.ofMillis(milliseconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup.notify.uri", "backup.lib", "backup.console.password-file"})
    void aNameOfALaterVersionIsRefusedAsSuch(String name) {
        assertThatThrownBy(() -> Settings.of(BASE, Map.of(name, "x"))).isInstanceOf(BackupException.class)
                .hasMessageContaining(name + " comes with a later version")
                .extracting(e -> ((BackupException) e).kind()).isEqualTo(FailureKind.CONFIGURATION);
    }

    @Test
    void theShippedFileNamesOnlySettingsThatExist() throws Exception {
        Map<String, String> uncommented = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("..", "application.properties"))) {
            if (line.matches("# (backup|camel|logging)\\.[^ ]+ += .*") && !line.contains("(required)")) {
                String[] parts = line.substring(2).split(" +=", 2);
                uncommented.put(parts[0].replace("NAME", "mysql"), "");
            }
        }
        uncommented.putAll(mysql());
        assertThat(Settings.of(BASE, uncommented).watches()).hasSize(1);
        assertThat(uncommented.keySet()).containsAll(SettingNames.GENERAL)
                .containsAll(SettingNames.OF_A_WATCH.stream().map(key -> "backup.watch.mysql." + key).toList());
    }

    @Test
    void theJournalsDirectoryStartsFromTheSettingsFileToo() throws Exception {
        assertThat(Settings.of(BASE, Map.of()).journalDirectory()).isEmpty();
        assertThat(Settings.of(BASE, Map.of("camel.component.onedrive.journalDirectory", " state/journal ")).journalDirectory())
                .contains(BASE.toAbsolutePath().resolve("state/journal"));
    }

    @Test
    void aSecretInTheSettingsIsKnownToTheRedactorAndNotShown() throws Exception {
        String secret = "canary-" + UUID.randomUUID();
        Settings settings = Settings.of(BASE, Map.of("camel.component.onedrive.client-secret", secret));
        assertThat(settings.toString()).doesNotContain(secret);
        assertThat(Redactor.redact("it is " + secret)).doesNotContain(secret);
    }

    private static Map<String, String> mysql() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("backup.watch.mysql.directory", "/var/backups/mysql");
        values.put("backup.watch.mysql.destination", "offsite");
        values.put("backup.watch.mysql.folder", "/Backups/mysql");
        return values;
    }
}
