package io.github.camelonedrive.backup.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.camelonedrive.credentials.Redactor;

/**
 * Machine-readable results: maps and lists to JSON text. Registered secrets don't get through, and what a
 * terminal should not be sent is escaped.
 */
public final class Json {

    private static final ObjectMapper LINE = new ObjectMapper();
    private static final ObjectMapper DOCUMENT = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {
    }

    /** Indented, for a whole result. */
    public static String document(Object value) {
        return write(DOCUMENT, value);
    }

    /** On one line, for a stream of events. */
    public static String line(Object value) {
        return write(LINE, value);
    }

    private static String write(ObjectMapper mapper, Object value) {
        try {
            return TerminalText.json(Redactor.redact(mapper.writeValueAsString(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A result is not made of maps, lists, text and numbers", e);
        }
    }
}
