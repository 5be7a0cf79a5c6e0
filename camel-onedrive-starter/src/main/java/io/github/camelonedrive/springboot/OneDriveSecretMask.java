package io.github.camelonedrive.springboot;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/** Masks the component's secrets, however their names are written: in a file, as a Java property, as a variable. */
final class OneDriveSecretMask implements SanitizingFunction {

    private static final String PREFIX = "camelcomponentonedrive";
    private static final Set<String> NAMES = OneDriveComponentConfiguration.SECRETS.stream()
            .map(name -> PREFIX + letters(name)).collect(Collectors.toUnmodifiableSet());

    @Override
    public SanitizableData apply(SanitizableData data) {
        return NAMES.contains(letters(data.getKey())) ? data.withSanitizedValue() : data;
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
