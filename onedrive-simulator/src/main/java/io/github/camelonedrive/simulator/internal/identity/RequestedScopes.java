package io.github.camelonedrive.simulator.internal.identity;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a parameter {@code scope} asks for: permissions of one service.
 *
 * @param names the permissions without their service, as they were written; {@code .default} for all that were granted
 * @param graph whether they are Graph's; else the token is for another service and Graph refuses it
 */
record RequestedScopes(Set<String> names, boolean graph) {
    static final String OFFLINE_ACCESS = "offline_access";
    private static final String DEFAULT = ".default";
    private static final Set<String> OPENID = Set.of("openid", "profile", "email", OFFLINE_ACCESS);
    private static final Set<String> GRAPH = Set.of("https://graph.microsoft.com", "https://graph.microsoft.us",
            "https://dod-graph.microsoft.us", "https://microsoftgraph.chinacloudapi.cn",
            "00000003-0000-0000-c000-000000000000");
    /** The services whose permissions an app can have beside Graph's. */
    private static final String OTHER_SERVICES = "https://[a-z0-9-]+\\.(sharepoint\\.com|office\\.com|windows\\.net)"
            + "|https://management\\.azure\\.com|https://api\\.office\\.net";
    private static final Set<String> KNOWN = Set.of("files.read", "files.read.all", "files.readwrite", "files.readwrite.all",
            "files.readwrite.appfolder", "files.read.selected", "files.readwrite.selected", "sites.read.all",
            "sites.readwrite.all", "sites.manage.all", "sites.fullcontrol.all", "sites.selected", "user.read",
            "user.readwrite", "user.read.all", "mail.read", "mail.send", "calendars.read", "contacts.read");

    /**
     * @param text several scopes, separated by spaces
     * @throws TokenErrorResponse {@code invalid_scope} if they belong to several services, {@code invalid_resource} when
     *         to one that
     *         the tenant does not know
     */
    static RequestedScopes parse(String text) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> services = new LinkedHashSet<>();
        for (String scope : text.trim().split("\\s+")) {
            int slash = scope.lastIndexOf('/');
            String name = scope.substring(slash + 1);
            names.add(name);
            if (!OPENID.contains(name)) {
                services.add(slash < 0 ? "https://graph.microsoft.com" : scope.substring(0, slash).toLowerCase(Locale.ROOT));
            }
        }
        if (services.size() > 1) {
            throw invalid("it contains more than one resource");
        }
        String service = services.isEmpty() ? "https://graph.microsoft.com" : services.iterator().next();
        boolean graph = GRAPH.contains(service) || service.matches("https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
        if (!graph && !service.matches(OTHER_SERVICES)) {
            throw new TokenErrorResponse(400, "invalid_resource", 500011, "The resource principal named " + service
                    + " was not found in the tenant.");
        }
        return new RequestedScopes(names, graph);
    }

    /** @throws TokenErrorResponse {@code invalid_scope} if a permission of Graph's is none that there is */
    RequestedScopes checkKnown() {
        for (String name : names) {
            boolean known = OPENID.contains(name) || name.equals(DEFAULT) || KNOWN.contains(name.toLowerCase(Locale.ROOT));
            if (graph && !known) {
                throw invalid("the scope '" + name + "' does not exist");
            }
        }
        return this;
    }

    boolean isDefaultOnly() {
        return names.equals(Set.of(DEFAULT));
    }

    /**
     * The permissions themselves, with {@code .default} replaced by what was granted.
     *
     * @throws TokenErrorResponse AADSTS65001 if one was not granted
     */
    Set<String> within(Set<String> granted) {
        Set<String> scopes = new LinkedHashSet<>();
        for (String name : names) {
            if (name.equals(DEFAULT)) {
                granted.stream().filter(scope -> !scope.equals(OFFLINE_ACCESS)).forEach(scopes::add);
            } else if (!graph || granted.stream().anyMatch(name::equalsIgnoreCase) || isOpenId(name)) {
                scopes.add(name);
            } else {
                throw new TokenErrorResponse(400, "invalid_grant", 65001,
                        "The user or administrator has not consented to use the"
                        + " application with the scope '" + name + "'.", "consent_required");
            }
        }
        return scopes;
    }

    /** The permissions themselves, as a user grants them when asked for exactly these. */
    Set<String> consented(Set<String> before) {
        Set<String> all = new LinkedHashSet<>(before);
        all.addAll(names);
        all.remove(DEFAULT);
        return within(all);
    }

    private static boolean isOpenId(String name) {
        return OPENID.contains(name) && !name.equals(OFFLINE_ACCESS);
    }

    static List<String> withoutOfflineAccess(Set<String> scopes) {
        return scopes.stream().filter(scope -> !scope.equals(OFFLINE_ACCESS)).toList();
    }

    private static TokenErrorResponse invalid(String why) {
        return new TokenErrorResponse(400, "invalid_scope", 70011,
                "The provided value for the input parameter 'scope' is not valid because " + why + ".");
    }
}
