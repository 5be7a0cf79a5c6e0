package io.github.camelonedrive.component;

import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.Landing;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.VerificationFailedException;

import static org.assertj.core.api.Assertions.assertThat;

/** OneDrive takes some names for the same that a file system tells apart; what it did shows in the response only. */
@Tag("C108")
class OtherSpellingTest extends SimulatorTest {

    private static final int SMALL = 1000;
    private static final int LARGE = 5_000_000;

    private UploadResult upload(String options, String name, int size) throws Exception {
        Exchange exchange = route.upload("onedrive:offsite?folderPath=/Backups" + options, name, SimulatedRoute.content(size));
        return exchange.getProperty(OneDriveConstants.UPLOAD_RESULT, UploadResult.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Sales.sql, sales.sql, 1000",
        "Sales.sql, SALES.SQL, 5000000",
        "caf\u00e9.sql, cafe\u0301.sql, 1000",
        "cafe\u0301.sql, CAF\u00c9.sql, 5000000",
        "M\u00e6rsk.sql, Maersk.sql, 1000",
        "maersk.sql, M\u00c6RSK.sql, 5000000"})
    void replacementOfAnotherSpelling_isReported(String there, String asked, int size) throws Exception {
        upload("", there, SMALL + 1);

        UploadResult result = upload("", asked, size);

        assertThat(onedrive.paths()).containsExactly("/Backups/" + there);
        assertThat(result.landing()).isInstanceOfSatisfying(Landing.OtherSpelling.class, other -> {
            assertThat(other.name()).isEqualTo(there);
            assertThat(other.versionBefore()).contains("1.0");
            assertThat(other.explanation()).contains("'/Backups/" + asked + "'", "'" + there + "'", result.item().id(),
                    "version 1.0", "Version history");
        });
    }

    @Test
    void versionsCannotBeListed_isReportedAllTheSame() throws Exception {
        upload("", "Sales.sql", SMALL);
        onedrive.fault(Fault.on(Step.VERSIONS).always().answer(403));

        assertThat(upload("", "sales.sql", SMALL).landing()).isInstanceOfSatisfying(Landing.OtherSpelling.class, other -> {
            assertThat(other.versionBefore()).isEmpty();
            assertThat(other.explanation()).contains("Version history");
        });
    }

    @Test
    void sameName_costsNoRequest() throws Exception {
        upload("", "Sales.sql", SMALL);
        onedrive.clearJournal();

        assertThat(upload("", "Sales.sql", SMALL).landing()).isEqualTo(new Landing.AsAsked());

        assertThat(onedrive.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"Sales.sql, 1000", "sales.sql, 1000", "sales.sql, 5000000"})
    void underRename_anotherNameIsWhatWasAskedFor(String asked, int size) throws Exception {
        upload("", "Sales.sql", SMALL);

        UploadResult result = upload("&conflictBehavior=rename", asked, size);

        assertThat(result.landing()).isEqualTo(new Landing.Renamed(asked.replace(".", " 1.")));
        assertThat(onedrive.requests(Step.VERSIONS)).isEmpty();
    }

    @Test
    void underFail_anotherSpellingIsAConflict() {
        route.send("onedrive:offsite", SimulatedRoute.content(SMALL), Map.of(Exchange.FILE_NAME, "Sales.sql"));

        assertThat(route.send("onedrive:offsite?conflictBehavior=fail", SimulatedRoute.content(LARGE),
                Map.of(Exchange.FILE_NAME, "sales.sql")).getException()).isNotNull();
    }

    @Test
    void mismatch_namesTheItemAndHowToRestoreIt() throws Exception {
        for (int size : new int[] {SMALL, LARGE}) {
            upload("", "a" + size + ".sql", size + 1);
            onedrive.fault(size == SMALL ? Fault.on(Step.SIMPLE_UPLOAD).wrongHash()
                    : Fault.on(Step.FRAGMENT).lastFragment().wrongHash());

            Exception failure = route.send("onedrive:offsite?folderPath=/Backups", SimulatedRoute.content(size),
                    Map.of(Exchange.FILE_NAME, "a" + size + ".sql")).getException();

            assertThat(failure).isInstanceOfSatisfying(VerificationFailedException.class, mismatch -> {
                assertThat(mismatch.isMismatch()).isTrue();
                assertThat(mismatch.versionBefore()).contains("1.0");
                assertThat(mismatch).hasMessageContaining(mismatch.item().id()).hasMessageContaining("version 1.0")
                        .hasMessageContaining("restoreVersion");
            });
        }
    }
}
