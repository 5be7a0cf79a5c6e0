package io.github.camelonedrive.simulator.internal.identity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.Simulation;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.Handler;

/** Finds out which call of the Microsoft identity platform a request is (`graph-contract.md` §7). */
public final class LoginApi {
    private static final Pattern ENDPOINT = Pattern.compile("/[^/]+/oauth2/v2\\.0/(token|authorize|devicecode)");
    private static final String ICON = "/favicon.ico";

    private final TokenEndpoint tokens;
    private final AuthorizationEndpoint authorization;
    private final DeviceEndpoint devices;

    public LoginApi(Simulation simulation) {
        SimulatorSettings settings = simulation.settings();
        Identity identity = simulation.identity();
        Tenants tenants = new Tenants(settings, identity);
        ClientAuthentication clients = new ClientAuthentication(settings, identity);
        this.tokens = new TokenEndpoint(simulation, tenants, clients);
        this.authorization = new AuthorizationEndpoint(settings, tenants, clients, simulation.desk(), simulation.journal());
        this.devices = new DeviceEndpoint(settings, simulation.publicUrl(), tenants, clients, simulation.desk());
    }

    public static boolean isLoginPath(String rawPath) {
        return ENDPOINT.matcher(rawPath).matches() || rawPath.equals(DeviceEndpoint.PAGE) || rawPath.equals(ICON);
    }

    /** Classifies the request and returns what answers it. */
    public Handler route(Call call) {
        Matcher endpoint = ENDPOINT.matcher(call.rawPath());
        if (!endpoint.matches()) {
            call.isAbout(Step.DEVICE_LOGIN, "");
            return call.rawPath().equals(ICON) ? (c, fault) -> Response.empty(204) : (c, fault) -> devices.page(c);
        }
        return switch (endpoint.group(1)) {
            case "authorize" -> about(call, Step.AUTHORIZE, (c, fault) -> authorization.authorize(c));
            case "devicecode" -> about(call, Step.DEVICE_CODE, (c, fault) -> devices.begin(c));
            default -> about(call, Step.TOKEN, (c, fault) -> tokens.token(c));
        };
    }

    private static Handler about(Call call, Step step, Handler handler) {
        call.isAbout(step, "");
        return handler;
    }
}
