package io.github.camelonedrive.simulator.internal.identity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.Handler;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;
import io.github.camelonedrive.simulator.internal.http.Journal;
import io.github.camelonedrive.simulator.internal.http.Response;

/** Finds out which call of the Microsoft identity platform a request is. */
public final class LoginApi {
    private static final Pattern ENDPOINT = Pattern.compile("/[^/]+/oauth2/v2\\.0/(token|authorize|devicecode)");
    private static final String ICON = "/favicon.ico";

    private final TokenEndpoint tokens;
    private final AuthorizationEndpoint authorization;
    private final DeviceEndpoint devices;

    public LoginApi(SimulatorSettings settings, Identity identity, SignInUser user, Journal journal, IssuedSecrets secrets) {
        Tenants tenants = new Tenants(settings, identity);
        ClientAuthentication clients = new ClientAuthentication(settings, identity);
        this.tokens = new TokenEndpoint(settings, identity, user, tenants, clients, journal, secrets);
        this.authorization = new AuthorizationEndpoint(settings, tenants, clients, user);
        this.devices = new DeviceEndpoint(settings, tenants, clients, user);
    }

    public static boolean isLoginPath(String rawPath) {
        return ENDPOINT.matcher(rawPath).matches() || rawPath.equals(DeviceEndpoint.PAGE) || rawPath.equals(ICON);
    }

    /** Classifies the request and returns its handler. */
    public Handler route(Call call) {
        Matcher endpoint = ENDPOINT.matcher(call.rawPath());
        if (!endpoint.matches()) {
            call.isAbout(Step.DEVICE_LOGIN, "");
            return call.rawPath().equals(ICON) ? c -> Response.empty(204) : devices::page;
        }
        return switch (endpoint.group(1)) {
            case "authorize" -> about(call, Step.AUTHORIZE, authorization::authorize);
            case "devicecode" -> about(call, Step.DEVICE_CODE, devices::begin);
            default -> about(call, Step.TOKEN, tokens::token);
        };
    }

    private static Handler about(Call call, Step step, Handler handler) {
        call.isAbout(step, "");
        return handler;
    }
}
