package io.github.camelonedrive.component;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Converter;

import io.github.camelonedrive.graph.JsonResult;

/**
 * Turns results of operations into JSON where a text, bytes or a tree is wanted: {@code convertBodyTo(String.class)}, a
 * {@code file:} endpoint after a {@code getItem}, {@code ${bodyAs(String)}}.
 */
@Converter(generateLoader = true)
public final class OneDriveConverter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OneDriveConverter() {
    }

    @Converter
    public static String toString(JsonResult result) throws JsonProcessingException {
        return JSON.writeValueAsString(result);
    }

    @Converter
    public static byte[] toBytes(JsonResult result) throws JsonProcessingException {
        return JSON.writeValueAsBytes(result);
    }

    @Converter
    public static InputStream toInputStream(JsonResult result) throws JsonProcessingException {
        return new ByteArrayInputStream(toBytes(result));
    }

    @Converter
    public static JsonNode toJsonNode(JsonResult result) {
        return JSON.valueToTree(result);
    }

    /** @return null, which Camel takes for "not possible", for a result that is a list */
    @Converter
    public static Map<?, ?> toMap(JsonResult result) {
        return result.json() instanceof Map<?, ?> map ? map : null;
    }

    @Converter
    public static String toString(ConnectionCheck check) throws JsonProcessingException {
        return JSON.writeValueAsString(check);
    }

    @Converter
    public static byte[] toBytes(ConnectionCheck check) throws JsonProcessingException {
        return JSON.writeValueAsBytes(check);
    }

    @Converter
    public static InputStream toInputStream(ConnectionCheck check) throws JsonProcessingException {
        return new ByteArrayInputStream(toBytes(check));
    }

    @Converter
    public static JsonNode toJsonNode(ConnectionCheck check) {
        return JSON.valueToTree(check);
    }
}
