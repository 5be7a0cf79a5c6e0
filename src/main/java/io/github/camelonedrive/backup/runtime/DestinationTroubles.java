package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.Trouble;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.DumpEvent;
import io.github.camelonedrive.backup.watch.DumpListener;
import io.github.camelonedrive.component.DestinationState;

/**
 * Derives the troubles of destinations, and of single dumps on their way there, from what happens to dumps and from the state
 * of the vault. A trouble of a destination lasts until a dump gets through, or until no dump waits that met it.
 */
public final class DestinationTroubles implements DumpListener {

    /** Of the dumps that met a trouble, so many are remembered. */
    private static final int MOST_REMEMBERED = 1000;

    // Any dump that gets through disproves these for its destination.
    private static final Set<TroubleKind> OF_ALL_DUMPS = EnumSet.of(TroubleKind.NEVER_AUTHORIZED, TroubleKind.SIGN_IN_REFUSED,
            TroubleKind.CLIENT_REFUSED, TroubleKind.UNREACHABLE, TroubleKind.THROTTLED);

    // These last for a person to act on, also when no dump waits any more.
    private static final Set<TroubleKind> OF_THE_SIGN_IN = EnumSet.of(TroubleKind.NEVER_AUTHORIZED,
            TroubleKind.SIGN_IN_REFUSED, TroubleKind.CLIENT_REFUSED);

    private static final Set<TroubleKind> OF_ONE_DUMP = EnumSet.of(TroubleKind.REFUSED, TroubleKind.NOT_VERIFIED,
            TroubleKind.ROUTE_FAILED, TroubleKind.DUMP_UNREADABLE);

    // Set apart from failures to write to the vault, which reading it does not disprove.
    private static final String READING = "reading";

    private final Troubles troubles;
    private final Map<String, Subject.Destination> destinations = new HashMap<>();
    private final Map<String, Set<String>> watches = new TreeMap<>();
    private final Map<Key, Set<String>> concerned = new HashMap<>();
    private boolean dumpsMetReading;

    public DestinationTroubles(Troubles troubles, List<WatchSettings> watches) {
        this.troubles = troubles;
        watches.forEach(watch -> {
            this.destinations.put(watch.name(), new Subject.Destination(watch.destination()));
            this.watches.computeIfAbsent(watch.destination(), name -> new TreeSet<>()).add(watch.name());
        });
    }

    @Override
    public synchronized void on(DumpEvent event) {
        String file = event.file().toString();
        Subject.Watch watch = new Subject.Watch(event.watch());
        if (event instanceof DumpEvent.Postponed postponed) {
            if (postponed.uploaded()) {
                through(watch, file);
            } else {
                DumpFailure.of(postponed.failure()).ifPresent(failure -> begin(failure, watch, file));
            }
        } else if (event instanceof DumpEvent.Done) {
            through(watch, file);
        } else if (!(event instanceof DumpEvent.Taken)) {
            left(watch, file);
        }
    }

    /**
     * Returns whether a dump's failure is a trouble of its watch, of the destination or of the program. That is logged once,
     * when it begins, however many dumps meet it.
     */
    public static boolean isShared(Throwable failure) {
        return DumpFailure.of(failure).filter(known -> known.scope() != DumpFailure.Scope.DUMP).isPresent();
    }

    private void begin(DumpFailure failure, Subject.Watch watch, String file) {
        if (failure.scope() == DumpFailure.Scope.DUMP) {
            String problem = failure.problem().contains(file) ? failure.problem() : file + ": " + failure.problem();
            troubles.begin(failure.kind(), watch, file, problem, failure.remedy());
            return;
        }
        Subject subject = switch (failure.scope()) {
            case DESTINATION -> destinations.get(watch.name());
            case PROGRAM -> Subject.PROGRAM;
            default -> watch;
        };
        remember(failure.kind(), subject, dump(watch, file));
        if (failure.kind() == TroubleKind.NEVER_AUTHORIZED) {
            notAuthorized(destinations.get(watch.name()));
        } else if (failure.kind() == TroubleKind.CONFIGURATION && subject instanceof Subject.Destination unknown) {
            missing(unknown);
        } else if (failure.kind() != TroubleKind.VAULT || !isVaultTrouble(READING, failure.problem())) {
            troubles.begin(failure.kind(), subject, "", failure.problem(), failure.remedy());
        }
    }

    private boolean isVaultTrouble(String about, String problem) {
        return troubles.current().stream().anyMatch(trouble -> trouble.kind() == TroubleKind.VAULT
                && trouble.about().equals(about) && trouble.problem().equals(problem));
    }

    private void remember(TroubleKind kind, Subject subject, String dump) {
        Set<String> dumps = concerned.computeIfAbsent(new Key(kind, subject), key -> new HashSet<>());
        if (dumps.size() < MOST_REMEMBERED) {
            dumps.add(dump);
        }
    }

    private void notAuthorized(Subject.Destination destination) {
        troubles.begin(TroubleKind.NEVER_AUTHORIZED, destination, "", "It is not authorized yet, so the dumps of "
                + String.join(", ", watches.get(destination.name())) + " wait.",
                "Sign in with: onedrive-backup authorize " + destination.name());
    }

    private void missing(Subject.Destination destination) {
        troubles.begin(TroubleKind.CONFIGURATION, destination, "", "The vault does not hold it, so the dumps of "
                + String.join(", ", watches.get(destination.name())) + " wait.",
                "Add it with: onedrive-backup destination add " + destination.name());
    }

    /** It is in OneDrive. */
    private void through(Subject.Watch watch, String file) {
        Subject destination = destinations.get(watch.name());
        OF_ALL_DUMPS.forEach(kind -> end(kind, destination));
        if (concerned.getOrDefault(new Key(TroubleKind.DRIVE_FULL, destination), Set.of()).contains(dump(watch, file))) {
            end(TroubleKind.DRIVE_FULL, destination);
        }
        end(TroubleKind.CONFIGURATION, watch);
        end(TroubleKind.VAULT, Subject.PROGRAM);
        end(TroubleKind.RECORD, Subject.PROGRAM);
        left(watch, file);
    }

    /** It waits no more. */
    private void left(Subject.Watch watch, String file) {
        OF_ONE_DUMP.forEach(kind -> troubles.end(kind, watch, file));
        for (Key key : List.copyOf(concerned.keySet())) {
            Set<String> dumps = concerned.get(key);
            if (dumps.remove(dump(watch, file)) && dumps.isEmpty() && !OF_THE_SIGN_IN.contains(key.kind)) {
                end(key.kind, key.subject);
            }
        }
    }

    private void end(TroubleKind kind, Subject subject) {
        concerned.remove(new Key(kind, subject));
        troubles.end(kind, subject, "");
    }

    private static String dump(Subject.Watch watch, String file) {
        return watch.name() + "/" + file;
    }

    /** Looks at the vault's destinations, as far as watches use them. No network access. */
    void check(CredentialWatch.Destinations vault) {
        try {
            List<DestinationState> states = vault.now();
            isRead();
            check(states);
        } catch (IOException | RuntimeException e) {
            isNotRead(e);
        }
    }

    private synchronized void isRead() {
        troubles.end(TroubleKind.VAULT, Subject.PROGRAM, READING);
        if (dumpsMetReading) {
            dumpsMetReading = false;
            end(TroubleKind.VAULT, Subject.PROGRAM);
        }
    }

    // What a dump met already is one trouble with it, and over with it.
    private synchronized void isNotRead(Exception failure) {
        String problem = Failures.typed(failure).map(OneDriveException::problem)
                .orElseGet(() -> "The vault cannot be read: " + Failures.message(failure));
        dumpsMetReading |= isVaultTrouble("", problem);
        if (!dumpsMetReading) {
            troubles.begin(TroubleKind.VAULT, Subject.PROGRAM, READING, problem,
                    Failures.typed(failure).map(Failures::remedy).orElse(""));
        }
    }

    private synchronized void check(List<DestinationState> states) {
        for (String name : watches.keySet()) {
            Subject.Destination destination = new Subject.Destination(name);
            Optional<DestinationState> state = states.stream().filter(known -> known.name().equals(name)).findFirst();
            if (state.isPresent()) {
                end(TroubleKind.CONFIGURATION, destination);
                check(destination, state.get());
            } else {
                missing(destination);
            }
        }
    }

    private void check(Subject.Destination destination, DestinationState state) {
        if (state.signIn() == SignInKind.NOT_AUTHORIZED) {
            notAuthorized(destination);
        } else {
            end(TroubleKind.NEVER_AUTHORIZED, destination);
        }
        troubles.current().stream().filter(trouble -> isOver(trouble, destination, state))
                .forEach(trouble -> end(trouble.kind(), destination));
        checkThrottling(destination, state.throttled());
    }

    // Signed in since, by this process or another one.
    private static boolean isOver(Trouble trouble, Subject destination, DestinationState state) {
        return trouble.subject().equals(destination) && OF_THE_SIGN_IN.contains(trouble.kind())
                && state.lastSignIn().filter(trouble.since()::isBefore).isPresent();
    }

    private void checkThrottling(Subject destination, Duration throttled) {
        if (!throttled.isZero()) {
            troubles.begin(TroubleKind.THROTTLED, destination, "", "OneDrive takes no requests for another "
                    + throttled.toSeconds() + " s.", "Lower maxConcurrentUploads if this happens often.");
        } else if (!concerned.containsKey(new Key(TroubleKind.THROTTLED, destination))) {
            end(TroubleKind.THROTTLED, destination);
        }
    }

    /** The refresh token of a destination could not be used. Only a refusal counts, and only where a watch needs it. */
    synchronized void refused(String destination, Exception failure) {
        if (watches.containsKey(destination)) {
            DumpFailure.of(failure).filter(known -> OF_THE_SIGN_IN.contains(known.kind()))
                    .ifPresent(known -> troubles.begin(known.kind(), new Subject.Destination(destination), "", known.problem(),
                            known.remedy()));
        }
    }

    private record Key(TroubleKind kind, Subject subject) {
    }
}
