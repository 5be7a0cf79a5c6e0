package io.github.camelonedrive.backup.cli;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelonedrive.credentials.Destination;

/** A destination as it may be shown: of secrets only whether they are there. */
final class DestinationData {

    private DestinationData() {
    }

    static Map<String, Object> of(Destination destination) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", destination.name());
        data.put("folder", destination.folderPath());
        data.put("drive", destination.drive().toString());
        data.put("tenant", destination.tenant());
        data.put("cloud", destination.cloud().label());
        data.put("clientSecret", destination.credential().secret().isPresent());
        data.put("refreshToken", destination.refreshToken().isPresent());
        destination.secretExpires().ifPresent(date -> data.put("secretExpires", date.toString()));
        return data;
    }
}
