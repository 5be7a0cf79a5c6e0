package io.github.camelonedrive.credentials;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A Microsoft cloud: it decides both hosts, for sign-in and for Graph, because tokens are not interchangeable between
 * clouds ({@code graph-contract.md} §7.1). All personal accounts live in {@link #GLOBAL}.
 */
public enum Cloud {

    GLOBAL("global", "https://login.microsoftonline.com", "https://graph.microsoft.com"),
    USGOV("usgov", "https://login.microsoftonline.us", "https://graph.microsoft.us"),
    USGOV_DOD("usgov-dod", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
    CHINA("china", "https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn");

    private final String label;
    private final String loginEndpoint;
    private final String graphResource;

    Cloud(String label, String loginEndpoint, String graphResource) {
        this.label = label;
        this.loginEndpoint = loginEndpoint;
        this.graphResource = graphResource;
    }

    /** The name used in options, properties and the vault. */
    public String label() {
        return label;
    }

    /** The sign-in host, without a trailing slash and without the tenant. */
    public String loginEndpoint() {
        return loginEndpoint;
    }

    /** The Graph host, which is also the resource in scopes such as {@code https://graph.microsoft.com/.default}. */
    public String graphResource() {
        return graphResource;
    }

    /** Graph's v1.0 endpoint, without a trailing slash. */
    public String graphEndpoint() {
        return graphResource + "/v1.0";
    }

    /** @throws IllegalArgumentException naming the possible values */
    public static Cloud parse(String label) {
        return Arrays.stream(values()).filter(cloud -> cloud.label.equalsIgnoreCase(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown cloud '" + label + "'. Possible are "
                        + Arrays.stream(values()).map(Cloud::label).collect(Collectors.joining(", ")) + "."));
    }

    @Override
    public String toString() {
        return label;
    }
}
