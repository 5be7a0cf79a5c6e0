package io.github.camelonedrive.catalog;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;

/** The tables of options and headers on the component page, in the form of Camel's own pages. */
final class OptionTables {

    private static final String COLUMNS = """
            [width="100%",cols="2,5,^1,2",options="header"]
            |===
            | Name | Description | Default | Type
            """;

    private OptionTables() {
    }

    /** The page with its tables as they should be; everything else is as it was. */
    static String renew(String page, ComponentModel component) {
        String renewed = between(page, "component options", componentOptions(component));
        renewed = between(renewed, "endpoint options", endpointOptions(component));
        return between(renewed, "headers", headers(component));
    }

    private static String between(String page, String what, String content) {
        Pattern block = Pattern.compile("(// " + what + ": START\n).*?(// " + what + ": END\n)", Pattern.DOTALL);
        Matcher found = block.matcher(page);
        if (!found.find()) {
            throw new IllegalStateException("The page has no lines '// " + what + ": START' and '// " + what + ": END'.");
        }
        return found.replaceFirst(Matcher.quoteReplacement(found.group(1) + content + found.group(2)));
    }

    private static String componentOptions(ComponentModel component) {
        var options = component.getComponentOptions();
        return """
                The component has %d options. In property files they are `camel.component.onedrive.` and the name in lower \
                case with dashes, for example `camel.component.onedrive.chunk-size`; camelCase works as well.

                %s""".formatted(options.size(), table(options));
    }

    private static String endpointOptions(ComponentModel component) {
        return """
                The URI has two path parameters, `onedrive:destination/folder`:

                %s
                It takes %d query parameters. What is not given is as on the component.

                %s""".formatted(table(component.getEndpointPathOptions()), component.getEndpointParameterOptions().size(),
                table(component.getEndpointParameterOptions()));
    }

    private static String headers(ComponentModel component) {
        return table(component.getEndpointHeaders());
    }

    private static String table(List<? extends BaseOptionModel> options) {
        return options.stream().map(OptionTables::row).collect(Collectors.joining("", COLUMNS, "|===\n"));
    }

    private static String row(BaseOptionModel option) {
        return "| *%s* (%s) | %s | %s | %s%n".formatted(option.getName(), option.getGroup(), description(option),
                defaultValue(option), type(option)).replace(System.lineSeparator(), "\n");
    }

    private static String description(BaseOptionModel option) {
        StringBuilder text = new StringBuilder();
        if (option.isRequired()) {
            text.append("*Required* ");
        }
        if (option.isDeprecated()) {
            text.append("*Deprecated* ");
        }
        if (option.isAutowired()) {
            text.append("*Autowired* ");
        }
        String plain = option.getDescription().strip();
        text.append(escaped(plain.endsWith(".") ? plain : plain + "."));
        if (option.getEnums() != null) {
            text.append(option.getEnums().stream().map(value -> "`" + value + "`")
                    .collect(Collectors.joining(", ", " One of: ", ".")));
        }
        if (option.isSecret()) {
            text.append(" A secret: masked where Camel shows the URI.");
        }
        return text.toString();
    }

    private static String defaultValue(BaseOptionModel option) {
        return option.getDefaultValue() == null ? "" : escaped(option.getDefaultValue().toString());
    }

    private static String type(BaseOptionModel option) {
        return "duration".equals(option.getType()) ? "duration" : escaped(option.getShortJavaType());
    }

    /** What AsciiDoc would take for a cell, an attribute or bold print. */
    private static String escaped(String text) {
        return text.replace("{", "\\{").replace("|", "\\|").replace("*", "{asterisk}");
    }
}
