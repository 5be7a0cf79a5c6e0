package io.github.camelonedrive.component;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.camel.Expression;
import org.apache.camel.spi.IdempotentRepository;

/**
 * A measure of the user's own for what is processed once: the options {@code idempotentKey}, {@code idempotentRepository} and
 * {@code idempotentEager}. Without a repository no file has a key, and none is known.
 */
final class IdempotentKeys {

    private final Optional<IdempotentRepository> repository;
    private final Optional<Expression> expression;
    private final FileExpressions expressions;
    private final boolean eager;

    IdempotentKeys(Optional<IdempotentRepository> repository, OneDriveConsumerConfiguration options,
                   FileExpressions expressions) {
        this.repository = repository;
        this.expression = expressions.expression(options.getIdempotentKey());
        this.expressions = expressions;
        this.eager = options.isIdempotentEager();
    }

    Optional<String> of(OneDriveFile file) {
        if (repository.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(expression.map(it -> FileExpressions.text(it, expressions.about(file)))
                .orElseGet(() -> file.feedFile().key() + "-" + file.getVersion()));
    }

    boolean isKnown(OneDriveFile file) {
        return of(file).filter(key -> repository.get().contains(key) || isKnownByAnotherSpelling(file)).isPresent();
    }

    /** A repository that was filled before may name a file by its id as it came then. */
    private boolean isKnownByAnotherSpelling(OneDriveFile file) {
        String id = file.getItem().id();
        return expression.isEmpty() && Stream.of(id, id.toLowerCase(Locale.ROOT), id.toUpperCase(Locale.ROOT)).distinct()
                .anyMatch(spelling -> repository.get().contains(spelling + "-" + file.getVersion()));
    }

    /**
     * Adds an eager key before its file is processed.
     *
     * @return false when somebody else was first
     */
    boolean claim(Optional<String> key) {
        return key.isEmpty() || !eager || repository.get().add(key.get());
    }

    /** Its file was processed. */
    void confirm(Optional<String> key) {
        if (key.isPresent() && eager) {
            repository.get().confirm(key.get());
        } else if (key.isPresent()) {
            repository.get().add(key.get());
        }
    }

    /** Its file was not processed: an eager key is taken back. */
    void release(Optional<String> key) {
        if (key.isPresent() && eager) {
            repository.get().remove(key.get());
        }
    }
}
