package io.github.camelonedrive;

/** Whose fault a failure is, which decides what happens next: the file is set aside, tried again, or a person is asked. */
public enum FailureKind {

    /** The file itself can't be stored as it is: an illegal name, too large, refused content. Trying again is useless. */
    SOURCE,

    /** The file is not settled: it changed, shrank or grew while it was read. It is worth trying again when it is complete. */
    UNSETTLED,

    /** No usable grant: none stored, expired, revoked, or the client's own credentials were refused. A person must act. */
    SIGN_IN,

    /** An option, a name or an address that can't work: unknown destination, illegal chunk size. A person must act. */
    CONFIGURATION,

    /** The vault or its key: missing, damaged, wrong key, loose permissions. A person must act. */
    VAULT,

    /** The service or the way to it: network, throttling, quota, outage, permission. Trying again later may help. */
    SERVICE
}
