package io.github.camelonedrive.backup.crash;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelonedrive.simulator.Fault;

/** The simulator's part in a kill: rules that kill the process when its requests say that the moment has come. */
final class Trap {

    private final Stage stage;
    private final AtomicBoolean set = new AtomicBoolean();

    private Trap(Stage stage) {
        this.stage = stage;
    }

    /** Set from now on, if the moment is one that the simulator sees. */
    static Trap set(Stage stage, Moment moment) {
        Trap trap = new Trap(stage);
        trap.set.set(true);
        if (moment instanceof Moment.RequestArrived arrived) {
            stage.simulator.fault(trap.rule(arrived.nth()).run(trap::kill));
        } else if (moment instanceof Moment.RequestDone done) {
            stage.simulator.fault(trap.rule(done.nth()).afterEffect().run(trap::kill));
        } else if (moment instanceof Moment.AfterMillis after) {
            stage.simulator.fault(trap.rule(1).run(() -> CompletableFuture
                    .delayedExecutor(after.millis(), TimeUnit.MILLISECONDS).execute(trap::kill)));
        }
        return trap;
    }

    private Fault rule(int nth) {
        return Fault.onAny().when(request -> set.get()).nth(nth);
    }

    private void kill() {
        if (set.getAndSet(false)) {
            stage.kill();
        }
    }

    /** It kills nobody any more. */
    void remove() {
        set.set(false);
    }
}
