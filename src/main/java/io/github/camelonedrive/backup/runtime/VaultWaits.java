package io.github.camelonedrive.backup.runtime;

import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.files.LockWait;
import io.github.camelonedrive.files.LockWaits;
import org.apache.camel.support.service.ServiceSupport;

/** Reports long waits for locks, of which the vault's hold up every sign-in, as troubles while Camel runs. */
final class VaultWaits extends ServiceSupport implements LockWaits.Listener {

    private final Troubles troubles;

    VaultWaits(Troubles troubles) {
        this.troubles = troubles;
    }

    @Override
    public void waiting(LockWait wait) {
        troubles.begin(TroubleKind.VAULT_WAIT, Subject.PROGRAM, name(wait), "Waiting for the lock " + wait.file()
                + " for more than " + LockWaits.LONG.toSeconds() + " s; it is held by " + wait.holderText() + ".",
                "Look at what that process does; sign-ins wait until it is done.");
    }

    @Override
    public void over(LockWait wait) {
        troubles.end(TroubleKind.VAULT_WAIT, Subject.PROGRAM, name(wait));
    }

    private static String name(LockWait wait) {
        return wait.file().getFileName().toString();
    }

    @Override
    protected void doStart() {
        LockWaits.add(this);
    }

    @Override
    protected void doStop() {
        LockWaits.remove(this);
    }
}
