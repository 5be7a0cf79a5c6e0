package io.github.camelonedrive.simulator.internal.http;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;

/** URLs that carry their own ticket must not see a token (`graph-contract.md` §3.2, J13, statements 11 and 12). */
public final class PreAuthenticated {
    private final Journal journal;
    private final boolean tolerant;

    public PreAuthenticated(SimulatorSettings settings, Journal journal) {
        this.journal = journal;
        this.tolerant = settings.authorizationTolerated;
    }

    /**
     * @param kind which kind of URL it is, with its article
     * @throws GraphErrorResponse 401 when there is a token
     */
    public void check(Call call, String kind) {
        if (call.header("Authorization") == null) {
            return;
        }
        journal.violation(call, "Authorization header sent to " + kind);
        if (!tolerant) {
            throw new GraphErrorResponse(401, "unauthenticated", "Unauthenticated");
        }
    }
}
