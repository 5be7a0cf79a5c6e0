package io.github.camelonedrive.component;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;

import org.apache.camel.Expression;
import org.apache.camel.Message;

import io.github.camelonedrive.graph.ConflictBehavior;

/** What headers say of how something is done, each of which goes before the endpoint's option. */
final class HeaderOptions {

    private HeaderOptions() {
    }

    /** @throws IllegalRequestException when it is none of the values */
    static Optional<ConflictBehavior> conflictBehavior(Message message) throws IllegalRequestException {
        return choice(message, OneDriveConstants.CONFLICT_BEHAVIOR, ConflictBehavior.class);
    }

    /** @throws IllegalRequestException when it is none of the type's values, whose letters' case does not matter */
    static <T extends Enum<T>> Optional<T> choice(Message message, String header, Class<T> type)
            throws IllegalRequestException {
        Optional<String> text = text(message, header);
        for (T value : type.getEnumConstants()) {
            if (text.isPresent() && value.name().equalsIgnoreCase(text.get().strip())) {
                return Optional.of(value);
            }
        }
        if (text.isPresent()) {
            throw new IllegalRequestException("The header " + header + " can't be '" + text.get() + "'.",
                    "Possible are " + Arrays.toString(type.getEnumConstants()) + ".");
        }
        return Optional.empty();
    }

    /** Returns a text that is not empty. An expression is evaluated, as the file component does. */
    static Optional<String> text(Message message, String header) {
        String text = message.getHeader(header) instanceof Expression expression
                ? expression.evaluate(message.getExchange(), String.class) : message.getHeader(header, String.class);
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    /** @throws IllegalRequestException when it is no point in time */
    static Optional<Instant> time(Message message, String header) throws IllegalRequestException {
        Object value = message.getHeader(header);
        if (value instanceof Instant time) {
            return Optional.of(time);
        }
        if (value instanceof Date date) {
            return Optional.of(date.toInstant());
        }
        if (value instanceof OffsetDateTime time) {
            return Optional.of(time.toInstant());
        }
        if (value instanceof ZonedDateTime time) {
            return Optional.of(time.toInstant());
        }
        Optional<String> text = text(message, header);
        try {
            return text.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            throw new IllegalRequestException("The header " + header + " is no point in time: '" + text.get() + "'.",
                    "Write it as 2027-01-31T00:00:00Z.");
        }
    }
}
