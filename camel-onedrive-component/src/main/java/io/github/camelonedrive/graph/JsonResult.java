package io.github.camelonedrive.graph;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A result that any Jackson {@code ObjectMapper} turns into plain JSON, also one without modules for {@code Optional} and
 * {@code java.time}, such as Camel's own: what is not known is left out, a time is a text as ISO 8601 has it.
 */
public interface JsonResult {

    /** Made of maps, lists, texts, numbers and booleans only, in the order of the record's components. */
    @JsonValue
    Object json();
}
