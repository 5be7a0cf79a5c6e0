package io.github.camelonedrive.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a {@link Fault} rule does to a request. Set up before the rule is given away, only read afterwards. */
final class FaultEffect {
    boolean afterEffect;
    int status;
    final Map<String, String> headers = new LinkedHashMap<>();
    String contentType;
    String body;
    String code;
    String message = "Injected by a fault rule.";
    String innerCode;
    String suberror;
    int aadsts = 90055;
    boolean truncated;
    /** Where in the answer's body something happens, or negative for its middle. */
    long answerBytes = -1;
    Stall answerStall = Stall.NONE;
    boolean answerDamaged;
    boolean rangeIgnored;

    Cut cut = Cut.NOT;
    long cutWithin = Long.MAX_VALUE;
    Stall stall = Stall.NONE;
    Stall readingStall = Stall.NONE;
    Runnable action = () -> { };

    long keptBytes;
    boolean commitHeld;
    boolean acceptedAtEnd;
    List<String> ranges;
    boolean rangesMissing;
    SessionFate sessionFate = SessionFate.LIVES;

    String copyFailure;
    int copyPolls = 1;

    boolean grantRevoked;
    boolean accessTokensExpired;
    boolean claimsChallenged;
    boolean deltaTokensExpired;

    Links links = Links.HONEST;

    HashKind hashReport = HashKind.HONEST;
    int hashLookups;
    Damage damage = Damage.NONE;

    /** What happens to the connection. */
    enum Cut { NOT, BEFORE, AFTER }

    /** What happens to the upload session before the request is looked at. */
    enum SessionFate { LIVES, EXPIRES, URL_EXPIRES, URL_FORBIDDEN }

    /** What the service does to content that it should only store. */
    enum Damage { NONE, FLIPPED, REWRITTEN }

    /** Where the link of a page leads. */
    enum Links { HONEST, TO_ITSELF, TO_FIRST_PAGE, NEW_FOR_EVER }

    /** How the hash is reported after an upload. */
    enum HashKind { HONEST, WRONG, MISSING, LATE }

    /** Nothing out of the ordinary. */
    static FaultEffect none() {
        return new FaultEffect();
    }

    boolean answersInstead() {
        return !afterEffect && status != 0;
    }

    boolean answersAfterwards() {
        return afterEffect && status != 0;
    }

    boolean delays() {
        return stall != Stall.NONE || readingStall != Stall.NONE || answerStall != Stall.NONE;
    }

    Answer toAnswer(Call call) {
        return withHeaders(body != null ? Answer.text(status, contentType, body) : toError(call));
    }

    private Answer toError(Call call) {
        return call.step().isSignIn()
                ? FaultBodies.signInError(status, code, aadsts, message, suberror).toAnswer(call)
                : Answer.json(status, FaultBodies.graphError(call, status, code, message, innerCode));
    }

    Answer withHeaders(Answer answer) {
        headers.forEach(answer::header);
        return answer;
    }

    /** The ranges to show, given the true ones; null to leave them out. */
    List<String> ranges(List<String> actual) {
        if (rangesMissing) {
            return null;
        }
        return ranges == null ? actual : ranges;
    }

    HashReport hashReport() {
        return switch (hashReport) {
            case HONEST -> HashReport.HONEST;
            case WRONG -> HashReport.wrong();
            case MISSING -> HashReport.missing();
            case LATE -> HashReport.after(hashLookups);
        };
    }
}
