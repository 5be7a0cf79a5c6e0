package io.github.camelonedrive.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;

/** What editors know about the starter's properties: Spring Boot's configuration metadata. */
final class StarterMetadata {

    private static final String PREFIX = "camel.component.onedrive";
    private static final String SOURCE = "io.github.camelonedrive.springboot.OneDriveComponentConfiguration";

    private StarterMetadata() {
    }

    static String json(ComponentModel component) {
        List<Map<String, Object>> properties = new ArrayList<>();
        List<Map<String, Object>> hints = new ArrayList<>();
        properties.add(property("enabled", "java.lang.Boolean",
                "Whether to enable auto configuration of the onedrive component. This is enabled by default.", true));
        properties.add(property("customizer.enabled", "java.lang.Boolean",
                "Whether the properties here are applied to the component.", true));
        for (ComponentOptionModel option : component.getComponentOptions()) {
            properties.add(property(Catalog.dashed(option.getName()), StarterSources.propertyType(option),
                    description(option), defaultValue(option)));
            if (option.getEnums() != null) {
                hints.add(hint(option));
            }
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("groups", List.of(ordered("name", PREFIX, "type", SOURCE, "sourceType", SOURCE)));
        metadata.put("properties", properties);
        metadata.put("hints", hints);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withArrayIndenter(new DefaultIndenter("  ", "\n"))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return new ObjectMapper().writer(printer).writeValueAsString(metadata) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> property(String name, String type, String description, Object defaultValue) {
        Map<String, Object> property =
                ordered("name", PREFIX + "." + name, "type", type, "description", description, "sourceType", SOURCE);
        if (defaultValue != null) {
            property.put("defaultValue", defaultValue);
        }
        return property;
    }

    private static String description(ComponentOptionModel option) {
        return StarterSources.isBean(option)
                ? option.getDescription() + " The name of a bean: #name." : option.getDescription();
    }

    private static Object defaultValue(ComponentOptionModel option) {
        Object value = option.getDefaultValue();
        return switch (StarterSources.propertyType(option)) {
            case "java.lang.Boolean" -> value == null ? null : Boolean.valueOf(value.toString());
            case "java.lang.Integer" -> value == null ? null : Integer.valueOf(value.toString());
            case "java.lang.Long" -> value == null ? null : Long.valueOf(value.toString());
            default -> value;
        };
    }

    private static Map<String, Object> hint(ComponentOptionModel option) {
        return ordered("name", PREFIX + "." + Catalog.dashed(option.getName()), "values",
                option.getEnums().stream().map(value -> Map.of("value", value)).toList());
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i].toString(), pairs[i + 1]);
        }
        return map;
    }
}
