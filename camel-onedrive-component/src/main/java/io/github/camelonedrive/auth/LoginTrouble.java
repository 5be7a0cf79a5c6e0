package io.github.camelonedrive.auth;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;

import javax.net.ssl.SSLException;

import io.github.camelonedrive.Explanation;
import io.github.camelonedrive.RemedyAction;
import io.github.camelonedrive.transport.Certificates;

/** Why the sign-in service could not be asked. None of these says anything about the sign-in itself. */
public enum LoginTrouble {

    UNKNOWN_HOST("its name is not known",
            "Name resolution is down or filtered, or names are resolved by a proxy that is not set here.",
            "Check with 'getent hosts login.microsoftonline.com'; where only a proxy resolves names, set the proxy.",
            RemedyAction.CHECK_NETWORK, true),
    REFUSED("nothing answers there",
            "The network is down, a firewall lets nobody out, or connections go through a proxy that is not set here or not"
                    + " running.",
            "Check the network, the firewall (port 443 outwards) and the proxy settings.", RemedyAction.CHECK_NETWORK, true),
    TIMED_OUT("no answer came in time",
            "A firewall drops the packets, the line is overloaded, or the proxy hangs.",
            "Check the firewall (port 443 outwards), the line and the proxy settings.", RemedyAction.CHECK_NETWORK, true),
    BROKEN("the connection broke",
            "An unstable line, or a firewall or proxy that cuts connections.",
            "Check the line, the firewall and the proxy settings.", RemedyAction.CHECK_NETWORK, true),
    NO_TLS("no secure connection came about",
            "What answers on that port speaks no TLS, or none that is still safe: a proxy, a wrong port in 'loginEndpoint'.",
            "Check the proxy settings and 'loginEndpoint'.", RemedyAction.CHECK_NETWORK, true),
    UNTRUSTED_CERTIFICATE("its certificate is not trusted here",
            "A proxy or virus scanner opens TLS connections and shows a certificate of its own; Java's trust store is old; or"
                    + " this machine's clock is wrong.",
            "Where a proxy opens TLS connections, add the proxy's certificate to the trust store (keytool -importcert, or"
                    + " sslContextParameters). Check the clock.", RemedyAction.CHECK_NETWORK, false),
    PROXY_SIGN_IN("the proxy asks for a user name and password",
            "The proxy wants to know who asks (HTTP 407), and no user is set here, or a wrong one.",
            "Set camel.component.onedrive.proxy-auth-username and -password, or have this machine let through.",
            RemedyAction.CHECK_OPTIONS, false),
    NETWORK_SIGN_IN("the network asks for a sign-in of its own",
            "A guest network or hotel lets nobody out before somebody has pressed a button on its page (HTTP 511).",
            "Sign in to the network in a browser on this machine, or use another network.", RemedyAction.CHECK_NETWORK, false),
    FOREIGN_ANSWER("what answers is not Microsoft",
            "A proxy whose rules don't allow the host, the sign-in page of a guest network, or a wrong 'loginEndpoint'.",
            "A proxy, a firewall's sign-in page or a wrong 'loginEndpoint' answers like that: check them, and have"
                    + " login.microsoftonline.com and graph.microsoft.com (port 443) allowed.", RemedyAction.CHECK_NETWORK,
                    false),
    THROTTLED("it was asked too often",
            "Several programs use the same account, or one signs in over and over.",
            "Wait; it is tried again with the next request. If it comes back, look for what else uses the account.",
            RemedyAction.WAIT, true),
    OUTAGE("it has trouble of its own",
            "An outage at Microsoft, or a proxy on the way that can't reach it.",
            "Try again later; https://status.cloud.microsoft says when Microsoft knows of an outage.", RemedyAction.WAIT, true);

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int NETWORK_AUTHENTICATION_REQUIRED = 511;

    private final Explanation explanation;
    private final boolean passing;

    LoginTrouble(String what, String why, String todo, RemedyAction action, boolean passing) {
        this.explanation = new Explanation(what, why, todo, action);
        this.passing = passing;
    }

    /** {@code what} is half a sentence here, to follow the name of the service. */
    public Explanation explanation() {
        return explanation;
    }

    /** Whether the same request may succeed soon. */
    boolean isPassing() {
        return passing;
    }

    /** What kept a request from being answered. */
    static LoginTrouble of(IOException failure) {
        if (Certificates.areTheReasonFor(failure)) {
            return UNTRUSTED_CERTIFICATE;
        }
        if (isCausedBy(failure, UnknownHostException.class)) {
            return UNKNOWN_HOST;
        }
        if (isCausedBy(failure, SocketTimeoutException.class)) {
            return TIMED_OUT;
        }
        if (isCausedBy(failure, ConnectException.class, NoRouteToHostException.class)) {
            return REFUSED;
        }
        return isCausedBy(failure, SSLException.class) ? NO_TLS : BROKEN;
    }

    /** Why an answer is none of the token endpoint's. */
    static LoginTrouble ofForeignAnswer(int status) {
        return switch (status) {
            case PROXY_AUTHENTICATION_REQUIRED -> PROXY_SIGN_IN;
            case NETWORK_AUTHENTICATION_REQUIRED -> NETWORK_SIGN_IN;
            default -> FOREIGN_ANSWER;
        };
    }

    @SafeVarargs
    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable>... types) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Throwable current = cause;
            if (Arrays.stream(types).anyMatch(type -> type.isInstance(current))) {
                return true;
            }
        }
        return false;
    }
}
