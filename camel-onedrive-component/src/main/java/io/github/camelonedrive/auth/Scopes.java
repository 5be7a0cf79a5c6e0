package io.github.camelonedrive.auth;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.nimbusds.oauth2.sdk.Scope;

import io.github.camelonedrive.credentials.Cloud;

/** Which permissions to ask for: of a person as configured, as an application always all that were granted. */
final class Scopes {

    static final String OFFLINE_ACCESS = "offline_access";

    /** These belong to no resource (OpenID Connect Core §5.4, §11). */
    private static final Set<String> WITHOUT_RESOURCE = Set.of(OFFLINE_ACCESS, "openid", "profile", "email");

    private static final Pattern GRAPH = Pattern.compile(
            "^https://(graph\\.microsoft\\.(com|us)|dod-graph\\.microsoft\\.us|microsoftgraph\\.chinacloudapi\\.cn)/");

    private Scopes() {
    }

    /**
     * For signing in as a person. A bare name such as {@code Files.ReadWrite.All} means Microsoft Graph of the global cloud to
     * the service, so other clouds need their own Graph named ({@code graph-contract.md} §7.1). {@code offline_access}
     * is always there: without it there is no refresh token (statement 84).
     */
    static Scope delegated(String configured, Cloud cloud) {
        Scope scope = new Scope();
        for (Scope.Value value : Scope.parse(configured)) {
            scope.add(qualified(value.getValue(), cloud));
        }
        scope.add(OFFLINE_ACCESS);
        return scope;
    }

    /** Whether refresh tokens were asked for, or had to be added. */
    static boolean hasOfflineAccess(String configured) {
        return Scope.parse(configured).contains(OFFLINE_ACCESS);
    }

    /** Returns the scopes of a response without the address of Microsoft Graph, so that they hold in every cloud. */
    static Set<String> shortNames(Scope scope) {
        return scope.toStringList().stream().map(Scopes::shortName).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Returns what to ask for again: of what was asked for, what was granted. A response may name older grants too, and no
     * scope at all when it is what was asked for (RFC 6749 §5.1). It never names {@code offline_access}.
     *
     * @param granted by their short names
     */
    static Set<String> granted(String asked, Set<String> granted) {
        Set<String> names = shortNames(Scope.parse(asked));
        names.add(OFFLINE_ACCESS);
        Set<String> folded = granted.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        Set<String> both = names.stream().filter(name -> WITHOUT_RESOURCE.contains(name)
                || folded.contains(name.toLowerCase(Locale.ROOT))).collect(Collectors.toCollection(LinkedHashSet::new));
        if (folded.isEmpty()) {
            return names;
        }
        if (both.stream().noneMatch(Scopes::isForFiles)) {
            granted.stream().filter(Scopes::isForFiles).forEach(both::add);
        }
        return both;
    }

    private static boolean isForFiles(String name) {
        return name.regionMatches(true, 0, "Files.", 0, "Files.".length());
    }

    private static String shortName(String name) {
        return GRAPH.matcher(name).replaceFirst("");
    }

    /** For signing in as an application: everything that an administrator has granted it (statement 82). */
    static Scope application(Cloud cloud) {
        return new Scope(cloud.graphResource() + "/.default");
    }

    private static String qualified(String name, Cloud cloud) {
        return cloud == Cloud.GLOBAL || name.contains("/") || WITHOUT_RESOURCE.contains(name)
                ? name : cloud.graphResource() + "/" + name;
    }
}
