package io.github.camelonedrive.simulator.internal.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.internal.drive.HashReport;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.Call;

/** What a {@link Fault} rule does to a request. Set up before the rule is given away, only read afterwards. */
public final class FaultEffect {
    public boolean afterEffect;
    public int status;
    public final Map<String, String> headers = new LinkedHashMap<>();
    public String contentType;
    public String body;
    public String code;
    public String message = "Injected by a fault rule.";
    public String innerCode;
    public String suberror;
    public int aadsts = 90055;
    public boolean truncated;
    /** Where in the answer's body something happens, or negative for its middle. */
    public long answerBytes = -1;
    public Stall answerStall = Stall.NONE;
    public boolean answerDamaged;
    public boolean rangeIgnored;

    public Cut cut = Cut.NOT;
    public long cutWithin = Long.MAX_VALUE;
    public Stall stall = Stall.NONE;
    public Stall readingStall = Stall.NONE;
    public Runnable action = () -> { };

    public long keptBytes;
    public boolean commitHeld;
    public boolean acceptedAtEnd;
    public List<String> ranges;
    public boolean rangesMissing;
    public SessionFate sessionFate = SessionFate.LIVES;

    public String copyFailure;
    public int copyPolls = 1;

    public boolean grantRevoked;
    public boolean accessTokensExpired;
    public boolean claimsChallenged;
    public boolean deltaTokensExpired;

    public Links links = Links.HONEST;

    public HashKind hashReport = HashKind.HONEST;
    public int hashLookups;
    public Damage damage = Damage.NONE;

    /** What happens to the connection. */
    public enum Cut { NOT, BEFORE, AFTER }

    /** What happens to the upload session before the request is looked at. */
    public enum SessionFate { LIVES, EXPIRES, URL_EXPIRES, URL_FORBIDDEN }

    /** What the service does to content that it should only store. */
    public enum Damage { NONE, FLIPPED, REWRITTEN }

    /** Where the link of a page leads. */
    public enum Links { HONEST, TO_ITSELF, TO_FIRST_PAGE, NEW_FOR_EVER }

    /** How the hash is reported after an upload. */
    public enum HashKind { HONEST, WRONG, MISSING, LATE }

    /** Nothing out of the ordinary. */
    static FaultEffect none() {
        return new FaultEffect();
    }

    public boolean answersInstead() {
        return !afterEffect && status != 0;
    }

    public boolean answersAfterwards() {
        return afterEffect && status != 0;
    }

    public boolean delays() {
        return stall != Stall.NONE || readingStall != Stall.NONE || answerStall != Stall.NONE;
    }

    public Response toAnswer(Call call) {
        return withHeaders(body != null ? Response.text(status, contentType, body) : toError(call));
    }

    private Response toError(Call call) {
        return call.step().isSignIn()
                ? FaultBodies.signInError(status, code, aadsts, message, suberror).toAnswer(call)
                : Response.json(status, FaultBodies.graphError(call, status, code, message, innerCode));
    }

    public Response withHeaders(Response answer) {
        headers.forEach(answer::header);
        return answer;
    }

    /** The ranges to show, given the true ones; null to leave them out. */
    public List<String> ranges(List<String> actual) {
        if (rangesMissing) {
            return null;
        }
        return ranges == null ? actual : ranges;
    }

    public HashReport hashReport() {
        return switch (hashReport) {
            case HONEST -> HashReport.HONEST;
            case WRONG -> HashReport.wrong();
            case MISSING -> HashReport.missing();
            case LATE -> HashReport.after(hashLookups);
        };
    }
}
