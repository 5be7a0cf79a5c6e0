package io.github.camelonedrive.transport;

import java.security.cert.CertificateException;

import javax.net.ssl.SSLPeerUnverifiedException;

/** Tells a server that we do not trust from one that we did not reach: the former does not get better by trying again. */
public final class Certificates {

    private Certificates() {
    }

    /** Whether a connection failed because the server's certificate is not trusted, has expired, or is for another host. */
    public static boolean areTheReasonFor(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }
}
