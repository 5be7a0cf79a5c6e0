package io.github.camelonedrive.component.faults;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HttpResponseAware;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.component.OneDriveConstants;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/** One upload that meets one fault, and everything that has to hold afterwards. */
final class FaultRun {

    private static final byte[] OLD = content(1_000);
    private static final byte[] SMALL = content(5_000);
    private static final byte[] LARGE = content(Bench.SIZE);
    /** Sending stalls only when more is sent than the connection's buffers take. */
    private static final int STALLING_CHUNK = 48 * Bench.CHUNK;
    private static final byte[] HUGE = content(3 * STALLING_CHUNK);

    /** Ten retries, each with a look at where the session stands, and what a lost session costs. */
    private static final int MOST_REQUESTS = 80;
    /** Only creations that were never answered may be that many; sessions that got a fragment are at most four. */
    private static final int MOST_SESSIONS = 11;
    private static final int MOST_USED_SESSIONS = 4;
    /** Ten retries of at most a minute, or of what the service asks for in this table. */
    private static final Duration LONGEST = Duration.ofMinutes(12);
    /** A session that nobody knows lives 15 minutes on work accounts. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(21);
    /** One and ten retries; a folder that is missing is looked for once more for each. */
    private static final int MOST_TRIES = 11;

    private final Bench bench;
    private final OneDriveSimulator onedrive;
    private final AccountType account;
    private final FaultTable.Row row;
    private final FaultTable.Demand demand;
    private final boolean passing;
    private final String folder;
    private final String file;
    private final byte[] sent;
    private final boolean replaces;

    FaultRun(Bench bench, AccountType account, FaultTable.Row row, boolean passing) {
        this.bench = bench;
        this.onedrive = bench.simulator();
        this.account = account;
        this.row = row;
        this.passing = passing;
        this.demand = passing ? row.passing() : row.lasting();
        this.folder = bench.fresh();
        this.file = row.trouble() == Trouble.OFFICE ? "report.docx" : "dump.sql";
        this.sent = sends();
        this.replaces = row.place() != Place.CREATE;
    }

    private byte[] sends() {
        if (row.trouble() == Trouble.STALL_SENDING) {
            return HUGE;
        }
        return row.place().upload() == Place.Upload.SESSION ? LARGE : SMALL;
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    void run() {
        if (replaces) {
            onedrive.putFile(path(), OLD);
        }
        int sessionsBefore = onedrive.createdSessions();
        // The first of two rules for a request applies, so the fault under test goes first.
        AtomicInteger met = injectFault();
        leadThere();
        Instant started = bench.time().now();

        Exchange exchange = bench.upload(folder, file, options(), sent);

        checkOutcome(exchange);
        checkWhatIsThere();
        checkEffort(met.get(), onedrive.createdSessions() - sessionsBefore, Duration.between(started, bench.time().now()));
        assertThat(onedrive.violations()).as("protocol violations").isEmpty();
        checkSecrets(exchange.getException());
    }

    private String path() {
        return folder + "/" + file;
    }

    private AtomicInteger injectFault() {
        int times = passing ? row.trouble().passesAfter() : row.trouble().lastsFor();
        if (row.trouble().isBeforeTheService()) {
            return bench.refuse(row.place(), folder, times);
        }
        AtomicInteger met = new AtomicInteger();
        Fault fault = row.place().fault(folder).times(times).when(request -> met.incrementAndGet() > 0);
        onedrive.fault(row.trouble().apply(fault, row.place(), bench.time().now()));
        return met;
    }

    /** Some steps are taken only when something else went wrong before. */
    private void leadThere() {
        Set<String> sessions = new HashSet<>();
        switch (row.place()) {
            case STATUS -> onedrive.fault(Place.MIDDLE.fault(folder).always()
                    .when(request -> sessions.add(request.path() + request.query())).answer(500));
            case CANCEL -> onedrive.fault(Place.MIDDLE.fault(folder).always().answer(507));
            case HASH -> onedrive.fault(Place.PUT.fault(folder).hashAfterLookups(1));
            case LINK, BYTES -> onedrive.fault(Place.PUT.fault(folder).missingHash());
            default -> {
            }
        }
    }

    private String options() {
        String mode = "";
        if (row.place().upload() == Place.Upload.SESSION) {
            mode = "&simpleUploadLimit=0&chunkSize=" + (sent == HUGE ? STALLING_CHUNK : Bench.CHUNK);
        } else if (sent == HUGE) {
            mode = "&simpleUploadLimit=100MB";
        }
        return row.trouble().isStall() ? mode + "&maxRetries=2&responseTimeout=" + Bench.STALLED : mode;
    }

    private void checkOutcome(Exchange exchange) {
        Exception failure = exchange.getException();
        if (demand.outcome().isUploaded()) {
            assertThat(failure).as(demand.outcome().meaning()).isNull();
            UploadResult result = exchange.getProperty(OneDriveConstants.UPLOAD_RESULT, UploadResult.class);
            assertThat(verdicts()).contains(result.verdict());
            assertThat(result.size()).isEqualTo(sent.length);
            return;
        }
        assertThat(failure).as(demand.outcome().meaning())
                .isInstanceOf(demand.outcome().type());
        assertThat(kindOf(failure)).isEqualTo(demand.outcome().type());
        OneDriveException known = (OneDriveException) failure;
        assertThat(known.kind()).isEqualTo(kind());
        assertThat(known.remedy()).isNotEmpty();
        assertThat(known.problem()).contains(row.place() == Place.TOKEN && demand.outcome() == Outcome.NOLOGIN
                ? "sign-in service" : "offsite");
        checkAnswer(known);
    }

    /** What Camel is handed is a subtype that tells it the status of the answer. */
    static Class<?> kindOf(Exception failure) {
        return failure instanceof HttpResponseAware ? failure.getClass().getSuperclass() : failure.getClass();
    }

    /** Whose fault it is does not change because it was met while the item was compared. */
    private FailureKind kind() {
        boolean noToken = row.place().isVerification() && row.trouble().status() == 401;
        return noToken ? FailureKind.SIGN_IN : demand.outcome().kind();
    }

    private Set<Verdict> verdicts() {
        if (row.trouble() == Trouble.OFFICE) {
            return Set.of(Verdict.REWRITTEN_BY_LIBRARY);
        }
        return switch (row.place()) {
            case HASH -> passing ? Set.of(Verdict.HASH, Verdict.READBACK) : Set.of(Verdict.READBACK);
            case LINK, BYTES -> Set.of(Verdict.READBACK);
            default -> row.trouble() == Trouble.HASH_NONE ? Set.of(Verdict.READBACK) : Set.of(Verdict.HASH);
        };
    }

    private void checkAnswer(OneDriveException failure) {
        if (!demand.outcome().tellsAnswer()) {
            return;
        }
        GraphException answered = answer(failure).orElseThrow(() -> new AssertionError("No answer is told", failure));
        int status = row.place() == Place.CANCEL ? 507 : demand.outcome() == Outcome.BUSY ? 409 : row.trouble().status();
        if (status != 0 && demand.outcome() != Outcome.NOTFOUND) {
            assertThat(answered.status()).isEqualTo(status);
        }
        assertThat(answered.requestId()).isNotEmpty();
        assertThat(answered.code().isEmpty()).isEqualTo(row.trouble() == Trouble.HTML_502 && row.place() != Place.CANCEL);
        assertThat(failure.problem()).contains(answered.requestId()).contains(String.valueOf(answered.status()));
    }

    private static Optional<GraphException> answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GraphException answered) {
                return Optional.of(answered);
            }
        }
        return Optional.empty();
    }

    private void checkWhatIsThere() {
        List<String> files = onedrive.paths().stream().filter(path -> path.startsWith(folder + "/")).toList();
        if (demand.outcome().isCommitted()) {
            assertThat(files).containsExactly(path());
            boolean other = row.trouble() == Trouble.DAMAGED || row.trouble() == Trouble.OFFICE;
            assertThat(bench.holds(path(), sent)).as("the whole new content").isEqualTo(!other);
        } else if (replaces) {
            assertThat(files).containsExactly(path());
            assertThat(bench.holds(path(), OLD)).as("the whole old content").isTrue();
        } else {
            assertThat(files).isEmpty();
        }
        assertThat(onedrive.requests(Step.DELETE)).isEmpty();
        boolean left = onedrive.openSessions().stream().anyMatch(session -> session.path().startsWith(folder + "/"));
        assertThat(left).as("a session stays open").isEqualTo(demand.sessionLeft());
    }

    private void checkEffort(int met, int sessions, Duration took) {
        assertThat(met).as("the fault was met").isPositive();
        if (row.failsAtOnce() && row.place() != Place.CANCEL) {
            assertThat(met).as("tries of what is useless to try again").isEqualTo(1);
        }
        boolean triedAgain = !passing && !demand.outcome().isUploaded() && demand.outcome() != Outcome.LOST;
        if (triedAgain) {
            assertThat(met).as("tries").isLessThanOrEqualTo(MOST_TRIES);
        }
        assertThat(onedrive.requests()).as("all requests").hasSizeLessThanOrEqualTo(MOST_REQUESTS);
        assertThat(took).as("time").isLessThan(demand.outcome() == Outcome.WAITED ? LONGEST_WAIT : LONGEST);
        boolean inSession = row.place().upload() == Place.Upload.SESSION;
        int most = !inSession ? 0 : row.place() == Place.OPEN ? MOST_SESSIONS : MOST_USED_SESSIONS;
        assertThat(sessions).as("sessions").isLessThanOrEqualTo(most);
        if (demand.outcome() == Outcome.NEW) {
            assertThat(sessions).isEqualTo(2);
        } else if (demand.outcome() == Outcome.LOST && (row.trouble().status() == 401 || row.trouble().status() == 403)) {
            assertThat(sessions).isEqualTo(2);
        } else if (demand.outcome() == Outcome.OK && inSession && row.place() != Place.OPEN) {
            assertThat(sessions).isEqualTo(1);
        }
    }

    private void checkSecrets(Exception failure) {
        if (failure == null) {
            return;
        }
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        assertThat(text.toString()).doesNotContain(secrets());
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(List.of(onedrive.clientSecret(), onedrive.refreshToken()));
        for (RecordedRequest request : onedrive.requests()) {
            request.header("Authorization").map(value -> value.replace("Bearer ", "")).ifPresent(secrets::add);
            if (!request.path().startsWith("/v1.0/") && request.step() != Step.TOKEN) {
                secrets.add(request.path());
                Optional.ofNullable(request.query()).ifPresent(secrets::add);
            }
        }
        return secrets;
    }
}
