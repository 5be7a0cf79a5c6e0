package io.github.camelonedrive.auth;

/**
 * How often and when a request to the sign-in service is sent again after transient trouble. One instance belongs to one
 * account: what the service asked that account to wait holds for its next sign-in too.
 */
public interface LoginRetry {

    /**
     * A new sign-in starts. Waits for what the service asked for last time.
     *
     * @throws LoginUnavailableException when that is too long to wait, or the thread was interrupted
     */
    Budget begin() throws LoginUnavailableException;

    /** What may be spent on one sign-in. */
    @FunctionalInterface
    interface Budget {

        /**
         * Waits until the request may be sent again.
         *
         * @throws LoginUnavailableException when the budget is spent, the wait is too long, or the thread was interrupted
         */
        void waitAfter(LoginUnavailableException trouble) throws LoginUnavailableException;
    }
}
