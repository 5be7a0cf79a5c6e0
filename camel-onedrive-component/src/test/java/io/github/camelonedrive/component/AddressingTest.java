package io.github.camelonedrive.component;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelonedrive.graph.Drive;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Every operation on every kind of drive, however the drive is named. */
@Tag("C7")
class AddressingTest {

    static Stream<Arguments> drives() {
        return Stream.of(AccountType.values()).flatMap(type -> (type.driveType().equals("personal")
                ? Stream.of("", "driveId", "userId") : Stream.of("", "driveId", "userId", "siteId", "groupId"))
                .map(option -> Arguments.of(type, option)));
    }

    @ParameterizedTest
    @MethodSource("drives")
    void everyOperation(AccountType type, String option) {
        try (OneDriveSimulator drive = OneDriveSimulator.builder().accountType(type).start();
             SimulatedRoute route = new SimulatedRoute(drive)) {
            String uri = "onedrive:offsite?folderPath=/In" + option(drive, option) + "&operation=";
            Map<String, Object> file = Map.of(Exchange.FILE_NAME, "a b.txt");
            done(route, uri + "createFolder", Map.of(OneDriveConstants.PATH, "made"));
            done(route, uri + "upload", file);
            assertThat(done(route, uri + "getItem", file).getBody(DriveItem.class).driveType()).hasValue(type.driveType());
            assertThat(done(route, uri + "list&recursive=true", Map.of()).getBody(List.class)).hasSize(2);
            assertThat(done(route, uri + "search", Map.of(OneDriveConstants.QUERY, "a b")).getBody(List.class)).hasSize(1);
            assertThat(done(route, uri + "listVersions", file).getBody(List.class)).hasSize(1);
            done(route, uri + "restoreVersion", with(file, OneDriveConstants.VERSION_ID, "1.0"));
            done(route, uri + "createLink", file);
            done(route, uri + "copy", with(file, OneDriveConstants.TARGET_PATH, "copied/"));
            done(route, uri + "move", with(file, OneDriveConstants.TARGET_PATH, "made/moved.txt"));
            assertThat(drive.paths()).containsExactly("/In/copied/a b.txt", "/In/made/moved.txt");
            done(route, uri + "delete", Map.of(OneDriveConstants.PATH, "made"));
            assertThat(drive.paths()).containsExactly("/In/copied/a b.txt");
            assertThat(done(route, uri + "getDrive", Map.of()).getBody(Drive.class).driveType()).isEqualTo(type.driveType());
            assertThat(drive.requests(Step.OTHER)).isEmpty();
            assertThat(drive.violations()).isEmpty();
        }
    }

    private static String option(OneDriveSimulator drive, String option) {
        return switch (option) {
            case "driveId" -> "&driveId=" + drive.driveId();
            case "userId" -> "&userId=" + drive.userId();
            case "siteId" -> "&siteId=" + drive.siteId();
            case "groupId" -> "&groupId=" + drive.groupId();
            default -> "";
        };
    }

    private static Map<String, Object> with(Map<String, Object> headers, String name, Object value) {
        Map<String, Object> all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }

    private static Message done(SimulatedRoute route, String uri, Map<String, Object> headers) {
        Exchange exchange = route.send(uri, "content", headers);
        assertThat(exchange.getException()).as(uri).isNull();
        return exchange.getMessage();
    }
}
