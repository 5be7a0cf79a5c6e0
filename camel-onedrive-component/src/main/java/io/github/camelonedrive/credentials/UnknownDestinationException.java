package io.github.camelonedrive.credentials;

import java.util.Collection;
import java.util.List;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.Remedy;
import io.github.camelonedrive.RemedyAction;

/** The vault holds no destination of that name. There is no default one. */
public final class UnknownDestinationException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final String destination;
    private final List<String> known;

    /**
     * @param destination the name that was asked for
     * @param known       the names that there are
     */
    public UnknownDestinationException(String destination, Collection<String> known) {
        super(FailureKind.CONFIGURATION, "There is no destination '" + destination + "'.", remedy(destination, known), null);
        this.destination = destination;
        this.known = List.copyOf(known);
    }

    /** The name that was asked for. */
    public String destination() {
        return destination;
    }

    /** The names that there are. */
    public List<String> known() {
        return known;
    }

    private static Remedy remedy(String destination, Collection<String> known) {
        return known.isEmpty() ? Remedy.of("The vault holds none yet.", RemedyAction.ADD_DESTINATION, destination)
                : Remedy.of("Known destinations: " + String.join(", ", known) + ".");
    }
}
