package io.github.camelonedrive.backup.failure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** Reads what a person or a decision needs from any exception, however deep Camel has wrapped it. */
public final class Failures {

    private static final int DEEPEST = 20;

    private Failures() {
    }

    /** The first failure of ours in the chain of causes. */
    public static Optional<OneDriveException> typed(Throwable failure) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < DEEPEST; depth++) {
            if (current instanceof OneDriveException typed) {
                return Optional.of(typed);
            }
            current = current.getCause();
        }
        return Optional.empty();
    }

    /**
     * Whose fault it is. Camel reports an illegal option as an {@link IllegalArgumentException} or can't resolve the endpoint;
     * what nobody classified counts as {@link FailureKind#SERVICE}, which is worth another try.
     */
    public static FailureKind kind(Throwable failure) {
        return typed(failure).map(OneDriveException::kind)
                .orElseGet(() -> has(failure, IllegalArgumentException.class) ? FailureKind.CONFIGURATION
                        : FailureKind.SERVICE);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < DEEPEST; depth++) {
            if (type.isInstance(current)) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }

    /** What happened and what to do, in one line. */
    public static String message(Throwable failure) {
        return typed(failure).map(known -> known.message(RemedyCommands.WORDS)).orElseGet(() -> untyped(root(failure)));
    }

    /** What to do, in the words of this program; may be empty. */
    public static String remedy(OneDriveException failure) {
        return failure.whatToDo().text(RemedyCommands.WORDS);
    }

    /** All there is to know, for {@code -v}; pass it through the redactor. */
    public static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static String untyped(Throwable root) {
        if (root instanceof NoSuchFileException missing) {
            return "The file " + missing.getFile() + " is not there.";
        }
        if (root instanceof AccessDeniedException denied) {
            return "No permission for " + denied.getFile() + ".";
        }
        if (root instanceof FileSystemException trouble && trouble.getReason() != null) {
            return trouble.getFile() + ": " + trouble.getReason() + ".";
        }
        String text = root.getMessage();
        return text == null || text.isBlank() ? root.getClass().getSimpleName() : text;
    }

    private static Throwable root(Throwable failure) {
        Throwable current = failure;
        for (int depth = 0; current.getCause() != null && depth < DEEPEST; depth++) {
            current = current.getCause();
        }
        return current;
    }
}
