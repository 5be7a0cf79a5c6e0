package io.github.camelonedrive.backup.web;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.regex.Pattern;

import io.github.camelonedrive.backup.web.Scrapes.Sample;

/**
 * An expression of Prometheus' query language, as far as the operations guide uses it: selectors, {@code increase},
 * {@code time()}, arithmetic and comparisons with scalars, {@code and} with or without {@code on}. Anything else is an error.
 */
final class PromQl {

    private static final Pattern TOKEN = Pattern.compile("\\s*(==|[a-z_]+|\\d+[smhd](?![a-z])|\\d+|\"[^\"]*\"|[-+*/(){}\\[\\]<>,=])");
    private static final String NAME = "__name__";

    private final String text;
    private final List<String> tokens;
    private int next;
    private Scrapes scrapes;
    private Instant now;

    PromQl(String text) {
        this.text = text;
        this.tokens = TOKEN.matcher(text).results().map(match -> match.group(1)).toList();
        if (!String.join("", tokens).equals(text.replaceAll("\\s", ""))) {
            throw new IllegalArgumentException("Not understood: " + text);
        }
    }

    static Duration duration(String text) {
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** The value: a scalar, or a vector by labels. */
    private record Value(double scalar, Map<Map<String, String>, Double> vector) {

        Value(double scalar) {
            this(scalar, null);
        }

        Value(Map<Map<String, String>, Double> vector) {
            this(Double.NaN, vector);
        }

        Value with(Value other, DoubleBinaryOperator operator) {
            if (vector == null && other.vector == null) {
                return new Value(operator.applyAsDouble(scalar, other.scalar));
            }
            if (vector != null && other.vector != null) {
                throw new IllegalArgumentException("Arithmetic of two vectors is not understood.");
            }
            Map<Map<String, String>, Double> result = new LinkedHashMap<>();
            (vector == null ? other : this).vector.forEach((labels, value) -> result.put(without(labels, Set.of(NAME)),
                    vector == null ? operator.applyAsDouble(scalar, value) : operator.applyAsDouble(value, other.scalar)));
            return new Value(result);
        }
    }

    /** Returns the elements of the vector that it gives. */
    synchronized Map<Map<String, String>, Double> vector(Scrapes read, Instant time) {
        this.scrapes = read;
        this.now = time;
        this.next = 0;
        Value value = conjunction();
        if (next != tokens.size() || value.vector == null) {
            throw new IllegalArgumentException("Not understood: " + text);
        }
        return value.vector;
    }

    private Value conjunction() {
        Value left = comparison();
        while (take("and")) {
            if (take("on")) {
                expect("(");
                String label = tokens.get(next++);
                expect(")");
                left = both(left, comparison(), Set.of(label));
            } else {
                left = both(left, comparison(), null);
            }
        }
        return left;
    }

    private static Value both(Value left, Value right, Set<String> on) {
        Map<Map<String, String>, Double> result = new LinkedHashMap<>(left.vector);
        result.keySet().removeIf(labels -> right.vector.keySet().stream().noneMatch(
                others -> key(labels, on).equals(key(others, on))));
        return new Value(result);
    }

    private static Map<String, String> key(Map<String, String> labels, Set<String> on) {
        Map<String, String> key = without(labels, Set.of(NAME));
        if (on != null) {
            key.keySet().retainAll(on);
        }
        return key;
    }

    private static Map<String, String> without(Map<String, String> labels, Set<String> unwanted) {
        Map<String, String> rest = new TreeMap<>(labels);
        rest.keySet().removeAll(unwanted);
        return rest;
    }

    private Value comparison() {
        Value left = sum();
        for (String operator : List.of("==", "<", ">")) {
            if (take(operator)) {
                double limit = sum().scalar;
                Map<Map<String, String>, Double> result = new LinkedHashMap<>(left.vector);
                result.values().removeIf(value -> !(operator.equals("==") ? value == limit
                        : operator.equals("<") ? value < limit : value > limit));
                return new Value(result);
            }
        }
        return left;
    }

    private Value sum() {
        Value left = product();
        while (true) {
            if (take("-")) {
                left = left.with(product(), (a, b) -> a - b);
            } else if (take("+")) {
                left = left.with(product(), Double::sum);
            } else {
                return left;
            }
        }
    }

    private Value product() {
        Value left = atom();
        while (take("*")) {
            left = left.with(atom(), (a, b) -> a * b);
        }
        return left;
    }

    private Value atom() {
        if (take("(")) {
            Value value = conjunction();
            expect(")");
            return value;
        }
        String token = tokens.get(next++);
        if (token.matches("\\d+")) {
            return new Value(Double.parseDouble(token));
        }
        if (token.equals("time")) {
            expect("(");
            expect(")");
            return new Value(now.toEpochMilli() / 1000.0);
        }
        return token.equals("increase") ? increase() : selected(selector(token));
    }

    private Value increase() {
        expect("(");
        Map<String, String> selector = selector(tokens.get(next++));
        expect("[");
        Duration window = duration(tokens.get(next++));
        expect("]");
        expect(")");
        Map<Map<String, String>, Double> increases = new LinkedHashMap<>();
        Map<Map<String, String>, Double> before = new HashMap<>();
        for (Sample sample : scrapes.within(now, window, selector)) {
            Map<String, String> labels = without(sample.labels(), Set.of(NAME));
            Double last = before.put(labels, sample.value());
            if (last != null) {
                // A counter that is less than before began anew.
                increases.merge(labels, sample.value() < last ? sample.value() : sample.value() - last, Double::sum);
            }
        }
        return new Value(increases);
    }

    private Value selected(Map<String, String> selector) {
        Map<Map<String, String>, Double> vector = new LinkedHashMap<>();
        scrapes.at(now, selector).forEach(sample -> vector.put(sample.labels(), sample.value()));
        return new Value(vector);
    }

    private Map<String, String> selector(String name) {
        if (!name.matches("[a-z_]+")) {
            throw new IllegalArgumentException("Not understood: " + name + " in " + text);
        }
        Map<String, String> labels = new TreeMap<>(Map.of(NAME, name));
        if (take("{")) {
            String label = tokens.get(next++);
            expect("=");
            labels.put(label, tokens.get(next++).replace("\"", ""));
            expect("}");
        }
        return labels;
    }

    private boolean take(String token) {
        if (next < tokens.size() && tokens.get(next).equals(token)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw new IllegalArgumentException("Expected " + token + " in " + text);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
