package io.github.camelonedrive.component;

import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.RemedyWords;
import io.github.camelonedrive.credentials.Redactor;

/** Remedies in the words of the program that Camel runs in: those of the bean {@link RemedyWords}, if there is a single one. */
final class ProgramWords {

    private ProgramWords() {
    }

    static RemedyWords of(CamelContext context) {
        return Optional.ofNullable(CamelContextHelper.findSingleByType(context, RemedyWords.class)).orElse(RemedyWords.NEUTRAL);
    }

    /** What happened and what to do, without secrets. */
    static String message(CamelContext context, Throwable failure) {
        return Redactor.redact(failure instanceof OneDriveException known ? known.message(of(context))
                : String.valueOf(failure.getMessage()));
    }
}
