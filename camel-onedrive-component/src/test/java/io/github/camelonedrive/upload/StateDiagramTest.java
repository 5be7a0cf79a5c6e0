package io.github.camelonedrive.upload;

import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import org.junit.jupiter.api.Test;

import static io.github.camelonedrive.upload.ResumeFixture.CHUNK;
import static io.github.camelonedrive.upload.ResumeFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

/** The diagram in docs/reliability.md shows the ways that an upload goes, no more and no less. */
class StateDiagramTest {

    private static final Path PAGE = Path.of("../docs/reliability.md");
    private static final Pattern ARROW = Pattern.compile("^\\s*(\\S+) --> (\\S+?)\\s*(:.*)?$", Pattern.MULTILINE);
    private static final byte[] SMALL = UploadFixture.bytes(10);
    private static final byte[] LARGE = UploadFixture.bytes(2 * CHUNK + 100);

    private final Set<String> seen = new TreeSet<>();

    private interface Scenario {
        void run(ResumeFixture fixture) throws Exception;
    }

    @Test
    void eachArrowIsAWayThatAnUploadGoesAndEachWayIsAnArrow() throws Exception {
        follow(fixture -> upload(fixture, SMALL));
        follow(fixture -> upload(fixture, new byte[0]));
        follow(fixture -> upload(fixture, LARGE));
        for (ConflictBehavior conflict : List.of(ConflictBehavior.fail, ConflictBehavior.rename)) {
            follow(fixture -> {
                fixture.conflict = conflict;
                upload(fixture, SMALL);
                upload(fixture, SMALL);
                upload(fixture, new byte[0]);
            });
        }
        follow(this::smallFilesInTrouble);
        follow(this::creationsInTrouble);
        follow(this::fragmentsInTrouble);
        follow(this::lostSessions);
        follow(this::resumed);
        assertThat(seen).isEqualTo(drawn());
    }

    private void smallFilesInTrouble(ResumeFixture fixture) throws Exception {
        fixture.drive.once(ScriptedDrive::isPut, Reply.error(503, "serviceNotAvailable"));
        fixture.drive.once(ScriptedDrive::isPut, request -> {
            throw new SocketException("Connection reset");
        });
        upload(fixture, SMALL);
        fixture.conflict = ConflictBehavior.rename;
        fixture.drive.once(ScriptedDrive::isPut, Reply.error(503, "serviceNotAvailable"));
        fixture.drive.once(ScriptedDrive::isPut, request -> {
            throw new SocketException("Connection reset");
        });
        upload(fixture, UploadFixture.bytes(13));
        fixture.conflict = ConflictBehavior.replace;
        fixture.drive.once(ScriptedDrive::isPut, Reply.error(507, "quotaLimitReached"));
        upload(fixture, UploadFixture.bytes(11));
        fixture.drive.once(request -> request.url().startsWith("https://graph.test/"), Reply.error(403, "accessDenied"));
        upload(fixture, UploadFixture.bytes(12));
    }

    private void creationsInTrouble(ResumeFixture fixture) throws Exception {
        fixture.drive.once(ScriptedDrive::isOpen, Reply.error(503, "serviceNotAvailable"));
        upload(fixture, LARGE);
        fixture.drive.once(ScriptedDrive::isOpen, Reply.error(507, "quotaLimitReached"));
        upload(fixture, UploadFixture.bytes(2 * CHUNK));
    }

    private void fragmentsInTrouble(ResumeFixture fixture) throws Exception {
        fixture.drive.once(ScriptedDrive::isFragment, fixture.drive.cutAfter(10));
        fixture.drive.once(ScriptedDrive::isFragment, Reply.error(503, "serviceNotAvailable"));
        fixture.drive.once(ScriptedDrive::isFragment, request -> {
            throw new SocketException("Connection reset");
        });
        fixture.drive.once(ScriptedDrive::isStatus, Reply.error(503, "serviceNotAvailable"));
        fixture.drive.once(ScriptedDrive::isLastFragment, fixture.drive.doneButAnswerLost());
        upload(fixture, LARGE);
        fixture.drive.once(ScriptedDrive::isFragment, fixture.drive.doneBut(Reply.json(202, "{}")));
        fixture.drive.once(ScriptedDrive::isLastFragment, fixture.drive.doneButAnswerLost());
        fixture.drive.once(ScriptedDrive::isStatus, fixture.drive::serve);
        fixture.drive.once(ScriptedDrive::isStatus, Reply.json(200, "{\"nextExpectedRanges\":[]}"));
        upload(fixture, UploadFixture.bytes(3 * CHUNK));
        fixture.drive.once(ScriptedDrive::isLastFragment, fixture.drive.doneBut(Reply.json(202, "{}")));
        upload(fixture, UploadFixture.bytes(2 * CHUNK));
        fixture.drive.once(ScriptedDrive::isFragment, Reply.error(507, "quotaLimitReached"));
        upload(fixture, UploadFixture.bytes(2 * CHUNK + 1));
    }

    private void lostSessions(ResumeFixture fixture) throws Exception {
        fixture.drive.once(ScriptedDrive::isFragment, fixture.drive::serve);
        fixture.drive.once(ScriptedDrive::isFragment, Reply.error(404, "itemNotFound"));
        upload(fixture, LARGE);
        fixture.drive.once(ScriptedDrive::isFragment, Reply.error(503, "serviceNotAvailable"));
        fixture.drive.once(ScriptedDrive::isStatus, Reply.error(404, "itemNotFound"));
        upload(fixture, UploadFixture.bytes(2 * CHUNK));
        fixture.drive.once(ScriptedDrive::isFragment, fixture.drive.cutAfter(10));
        fixture.drive.once(ScriptedDrive::isStatus, Reply.error(404, "itemNotFound"));
        upload(fixture, UploadFixture.bytes(3 * CHUNK));
        stuckCommitThenGone(fixture);
    }

    private void stuckCommitThenGone(ResumeFixture fixture) throws Exception {
        fixture.drive.once(ScriptedDrive::isFragment, fixture.drive.cutAfter(10));
        fixture.drive.once(ScriptedDrive::isStatus, Reply.json(200, "{}"));
        fixture.drive.once(ScriptedDrive::isStatus, Reply.json(200, "{}"));
        fixture.drive.once(ScriptedDrive::isStatus, Reply.error(404, "itemNotFound"));
        upload(fixture, UploadFixture.bytes(CHUNK + 1));
    }

    private void resumed(ResumeFixture fixture) throws Exception {
        fixture.dieAt(step(UploadStep.FRAGMENT_ACKNOWLEDGED, 1), ResumeFixture.file(LARGE));
        upload(fixture, LARGE);
        fixture.dieAt(step(UploadStep.FRAGMENT_ACKNOWLEDGED, 1), ResumeFixture.file(UploadFixture.bytes(2 * CHUNK)));
        fixture.drive.once(ScriptedDrive::isFragment, Reply.error(503, "serviceNotAvailable"));
        upload(fixture, UploadFixture.bytes(2 * CHUNK));
        fixture.drive.once(ScriptedDrive::isLastFragment, request -> {
            fixture.drive.open.get(request.url()).content.writeBytes(request.body());
            throw new ResumeFixture.Killed();
        });
        fixture.dieAt(event -> false, ResumeFixture.file(UploadFixture.bytes(CHUNK + 7)));
        upload(fixture, UploadFixture.bytes(CHUNK + 7));
        fixture.dieAt(step(UploadStep.PROVEN, 1), ResumeFixture.file(LARGE));
        upload(fixture, LARGE);
    }

    private void follow(Scenario scenario) throws Exception {
        scenario.run(new ResumeFixture());
    }

    private void upload(ResumeFixture fixture, byte[] content) throws Exception {
        fixture.events.clear();
        try {
            fixture.upload(ResumeFixture.file(content));
        } catch (OneDriveException failure) {
            // How it ends is in the events.
        }
        List<String> way = new ArrayList<>(List.of("[*]"));
        for (UploadEvent event : fixture.events) {
            if (event instanceof UploadEvent.Reached reached) {
                way.add(reached.step().name());
            } else if (event instanceof UploadEvent.Completed) {
                way.add("[*]");
            }
        }
        for (int i = 1; i < way.size(); i++) {
            seen.add(way.get(i - 1) + " --> " + way.get(i));
        }
    }

    private static Set<String> drawn() throws Exception {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```mermaid");
        Matcher arrow = ARROW.matcher(page.substring(start, page.indexOf("```", start + 3)));
        Set<String> drawn = new TreeSet<>();
        while (arrow.find()) {
            drawn.add(arrow.group(1) + " --> " + arrow.group(2));
        }
        return drawn;
    }
}
