package io.github.camelonedrive.simulator.internal.identity;

import java.util.List;
import java.util.Locale;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;

/** The first segment of sign-in URLs: {@code common}, {@code organizations}, {@code consumers} or a tenant. */
final class Tenants {
    private static final String PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private final SimulatorSettings settings;
    private final String tenantId;

    Tenants(SimulatorSettings settings, Identity identity) {
        this.settings = settings;
        this.tenantId = identity.tenantId().toLowerCase(Locale.ROOT);
    }

    /** @throws TokenErrorResponse if there is no such tenant, or the account is not allowed there */
    void check(String rawPath) {
        String tenant = tenant(rawPath);
        boolean known = switch (tenant) {
            case "common" -> true;
            case "consumers", PERSONAL_TENANT -> settings.accountType.isPersonal();
            case "organizations" -> !settings.accountType.isPersonal();
            default -> tenant.equals(tenantId);
        };
        if (known) {
            return;
        }
        if (!tenant.matches("[0-9a-z.-]+")) {
            throw new TokenErrorResponse(400, "invalid_request", 900023, "Specified tenant identifier '" + tenant
                    + "' is neither a valid DNS name, nor a valid external domain.");
        }
        if (List.of("consumers", "organizations", PERSONAL_TENANT).contains(tenant)) {
            throw new TokenErrorResponse(400, "invalid_request", 9002332,
                    "The account type is not allowed at the /" + tenant + " endpoint.");
        }
        throw new TokenErrorResponse(400, "invalid_request", 90002, "Tenant '" + tenant + "' not found.");
    }

    /** Returns whether the URL names the organisation's own tenant. */
    boolean isConcrete(String rawPath) {
        return tenant(rawPath).equals(tenantId) && !settings.accountType.isPersonal();
    }

    private static String tenant(String rawPath) {
        String path = rawPath.substring(1);
        return PercentCoding.decodeSegment(path.substring(0, path.indexOf('/'))).toLowerCase(Locale.ROOT);
    }
}
