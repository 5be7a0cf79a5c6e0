package io.github.camelonedrive.simulator.internal.http;

/** URLs that carry their own ticket must not see a token (statements 11 and 12). */
public final class PreAuthenticated {
    private final boolean tolerant;

    /** @param tolerant whether a token is only a violation, not an error as well */
    public PreAuthenticated(boolean tolerant) {
        this.tolerant = tolerant;
    }

    /**
     * Refuses a request with a token.
     *
     * @param kind the kind of URL, with its article
     * @throws GraphErrorResponse 401 if there is a token
     */
    public void check(Call call, String kind) {
        if (call.header("Authorization") == null) {
            return;
        }
        call.violation("Authorization header sent to " + kind);
        if (!tolerant) {
            throw new GraphErrorResponse(401, "unauthenticated", "Unauthenticated");
        }
    }
}
