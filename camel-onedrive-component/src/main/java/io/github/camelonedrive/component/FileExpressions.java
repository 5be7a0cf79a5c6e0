package io.github.camelonedrive.component;

import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ExchangeHelper;

import io.github.camelonedrive.graph.ItemPath;

/** Makes and evaluates expressions of the file language, which take what they know of a file from headers. */
final class FileExpressions {

    private final CamelContext context;
    private final Language language;

    FileExpressions(CamelContext context) {
        this.context = context;
        this.language = context.resolveLanguage("file");
    }

    Optional<Expression> expression(String text) {
        return given(text).map(language::createExpression);
    }

    Optional<Predicate> predicate(String text) {
        return given(text).map(language::createPredicate);
    }

    /**
     * For an option that names where a file goes: a text without placeholders is a folder, in the file's own one unless it
     * starts with a slash, as with the file component.
     */
    Optional<Expression> target(String text) {
        return given(text).map(target -> target.contains("${") || target.contains("$simple{") ? target : inFolder(target))
                .map(language::createExpression);
    }

    private static String inFolder(String folder) {
        String stripped = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        return (stripped.startsWith("/") ? "" : "${file:parent}/") + stripped + "/${file:onlyname}";
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).filter(it -> !it.isBlank());
    }

    /** An exchange that says nothing but which file it is. */
    Exchange about(OneDriveFile file) {
        Exchange exchange = new DefaultExchange(context);
        FileHeaders.set(exchange.getMessage(), file);
        exchange.getMessage().setBody(file);
        return exchange;
    }

    /** An exchange that says nothing. */
    Exchange aboutNothing() {
        return new DefaultExchange(context);
    }

    /** An exchange's copy with the headers of the file put right, whatever the route has made of them. */
    static Exchange about(OneDriveFile file, Exchange processed) {
        Exchange copy = ExchangeHelper.createCopy(processed, true);
        FileHeaders.set(copy.getMessage(), file);
        return copy;
    }

    static String text(Expression expression, Exchange exchange) {
        return expression.evaluate(exchange, String.class);
    }

    /** The path that an expression for a target gives: from the drive's root, or below the consumer's folder. */
    static ItemPath targetPath(Expression expression, Exchange exchange, ItemPath folder) {
        String path = text(expression, exchange);
        if (path == null || path.isBlank()) {
            throw new IllegalArgumentException("The expression for where the file goes gives nothing: " + expression);
        }
        return path.startsWith("/") ? ItemPath.ROOT.resolve(path) : folder.resolve(path);
    }
}
