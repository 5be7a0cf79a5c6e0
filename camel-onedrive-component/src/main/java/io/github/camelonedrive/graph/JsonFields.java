package io.github.camelonedrive.graph;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects the fields of a {@link JsonResult}; what is not known is left out. */
final class JsonFields {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    JsonFields put(String name, Object value) {
        fields.put(name, value instanceof JsonResult nested ? nested.json() : value);
        return this;
    }

    JsonFields put(String name, Optional<?> value) {
        value.ifPresent(known -> put(name, known instanceof Instant time ? time.toString() : known));
        return this;
    }

    JsonFields put(String name, OptionalLong value) {
        value.ifPresent(known -> put(name, Long.valueOf(known)));
        return this;
    }

    /** Left out when it is empty. */
    JsonFields putText(String name, String value) {
        return value.isEmpty() ? this : put(name, value);
    }

    Map<String, Object> all() {
        return fields;
    }
}
