package io.github.camelonedrive.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;

/**
 * The classes of the Spring Boot starter that follow from the options. As in Camel's own starters, but for one thing: a
 * property that is not set has no value here, so that it does not count as given where a destination of the vault has its own.
 */
final class StarterSources {

    private static final String PACKAGE = "io.github.camelonedrive.springboot";
    private static final String NOTE = " * Made from the component's options by GeneratedFilesTest; do not edit.\n";
    private static final Map<String, String> WRAPPERS = Map.of("boolean", "Boolean", "int", "Integer", "long", "Long",
            "double", "Double", "java.lang.String", "String", "java.lang.Integer", "Integer", "java.lang.Long", "Long",
            "java.lang.Boolean", "Boolean");

    private StarterSources() {
    }

    /** The class whose properties are the component's options. */
    static String configuration(ComponentModel component) {
        List<ComponentOptionModel> options = component.getComponentOptions();
        StringBuilder source = new StringBuilder();
        source.append("package ").append(PACKAGE).append(";\n\n").append("import java.util.Set;\n\n");
        imports(options, List.of("org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon",
                "org.springframework.boot.context.properties.ConfigurationProperties")).forEach(
                        name -> source.append("import ").append(name).append(";\n"));
        source.append("\n/**\n * ").append(component.getDescription()).append("\n *\n * <p>").append(NOTE.substring(3))
                .append(" */\n@ConfigurationProperties(prefix = \"camel.component.onedrive\")\n")
                .append("public class OneDriveComponentConfiguration extends ComponentConfigurationPropertiesCommon {\n\n")
                .append("    /** The properties that hold secrets, as they are written in property files. */\n")
                .append("    static final Set<String> SECRETS = Set.of(\n            ")
                .append(options.stream().filter(ComponentOptionModel::isSecret).map(ComponentOptionModel::getName)
                        .map(Catalog::dashed).sorted().map(name -> "\"" + name + "\"")
                        .collect(Collectors.joining(",\n            ")))
                .append(");\n\n")
                .append("    /** Whether to enable auto configuration of the onedrive component. ")
                .append("This is enabled by default. */\n")
                .append("    private Boolean enabled;\n");
        for (ComponentOptionModel option : options) {
            source.append("\n").append(comment(option.getDescription())).append("    private ").append(type(option)).append(' ')
                    .append(option.getName()).append(";\n");
        }
        for (ComponentOptionModel option : options) {
            accessors(source, type(option), option.getName());
        }
        return source.append("}\n").toString();
    }

    private static void accessors(StringBuilder source, String type, String name) {
        String property = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        source.append("""

                    public %1$s get%2$s() {
                        return %3$s;
                    }

                    public void set%2$s(%1$s %3$s) {
                        this.%3$s = %3$s;
                    }
                """.formatted(type, property, name));
    }

    /** The class that lists the types of the options that only a bean can be. */
    static String beanTypes(ComponentModel component) {
        List<String> beans = component.getComponentOptions().stream().filter(StarterSources::isBean)
                .map(StarterSources::rawType).distinct().sorted().toList();
        StringBuilder source = new StringBuilder();
        source.append("package ").append(PACKAGE).append(";\n\n").append("import java.util.Set;\n\n");
        beans.forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append("\n/**\n * The types of the options that are given as the name of a bean.\n *\n * <p>")
                .append(NOTE.substring(3)).append(" */\nfinal class OneDriveBeanTypes {\n\n")
                .append("    static final Set<Class<?>> ALL = Set.of(\n            ")
                .append(beans.stream().map(name -> simple(name) + ".class").collect(Collectors.joining(",\n            ")))
                .append(");\n\n    private OneDriveBeanTypes() {\n    }\n}\n");
        return source.toString();
    }

    /** Whether the option is something that only a bean can be. */
    static boolean isBean(ComponentOptionModel option) {
        return "object".equals(option.getType());
    }

    /** The type of the property; durations are text, in Camel's form, as in a URI. */
    static String type(ComponentOptionModel option) {
        return simple(propertyType(option));
    }

    /** The same with its package. */
    static String propertyType(ComponentOptionModel option) {
        if ("duration".equals(option.getType())) {
            return "java.lang.String";
        }
        String type = rawType(option);
        String wrapper = WRAPPERS.get(type);
        return wrapper == null ? type : "java.lang." + wrapper;
    }

    private static String rawType(ComponentOptionModel option) {
        return option.getJavaType().replaceFirst("<.*", "");
    }

    private static List<String> imports(List<ComponentOptionModel> options, List<String> always) {
        TreeSet<String> names = new TreeSet<>(always);
        options.stream().map(StarterSources::propertyType).filter(type -> !type.startsWith("java.lang.")).forEach(names::add);
        return List.copyOf(names);
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static String comment(String text) {
        StringBuilder comment = new StringBuilder("    /**\n");
        StringBuilder line = new StringBuilder("     *");
        for (String word : html(text).split(" ")) {
            if (line.length() + 1 + word.length() > 125) {
                comment.append(line).append('\n');
                line = new StringBuilder("     *");
            }
            line.append(' ').append(word);
        }
        return comment.append(line).append("\n     */\n").toString();
    }

    private static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")
                .replace("*/", "*&#47;").replace("{", "&#123;").replace("}", "&#125;");
    }
}
