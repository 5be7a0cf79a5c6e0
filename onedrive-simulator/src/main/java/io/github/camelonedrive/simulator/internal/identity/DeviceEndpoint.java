package io.github.camelonedrive.simulator.internal.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.simulator.SignInOutcome;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** {@code POST /{tenant}/oauth2/v2.0/devicecode}, and the page where its code is typed. */
public final class DeviceEndpoint {
    public static final String PAGE = "/devicelogin";
    private static final String USER_CODE = "user_code";

    private final SimulatorSettings settings;
    private final Tenants tenants;
    private final ClientAuthentication clients;
    private final SignInUser user;

    DeviceEndpoint(SimulatorSettings settings, Tenants tenants, ClientAuthentication clients, SignInUser user) {
        this.settings = settings;
        this.tenants = tenants;
        this.clients = clients;
        this.user = user;
    }

    Response begin(Call call) throws IOException {
        Map<String, String> form = TokenEndpoint.form(call);
        tenants.check(call.rawPath());
        clients.checkId(form.get("client_id"));
        RequestedScopes scopes = RequestedScopes.parse(TokenEndpoint.required(form, "scope")).checkKnown();
        DeviceCodes.Begun begun = user.devices().begin(scopes, user.outcome());
        String page = call.publicUrl() + PAGE;
        return Response.json(200, WireJson.object()
                .put(USER_CODE, begun.userCode())
                .put("device_code", begun.deviceCode())
                .put("verification_uri", page)
                .put("expires_in", settings.deviceCodeLifetime.toSeconds())
                .put("interval", settings.deviceCodeInterval.toSeconds())
                .put("message", "To sign in, use a web browser to open the page " + page + " and enter the code "
                        + begun.userCode() + " to authenticate.")).header("Cache-Control", "no-store");
    }

    /** First the code, then consent, then done. */
    Response page(Call call) throws IOException {
        Map<String, String> form = call.method().equals("POST")
                ? PercentCoding.parameters(new String(call.readSmallBody(), StandardCharsets.ISO_8859_1)) : Map.of();
        String code = form.getOrDefault(USER_CODE, "");
        if (code.isEmpty()) {
            return Pages.deviceLogin(call.query().getOrDefault(USER_CODE, ""), "");
        }
        Optional<RequestedScopes> asked = user.devices().asked(code);
        if (asked.isEmpty()) {
            return Pages.deviceLogin(code, "That code didn’t work. Check the code and try again.");
        }
        if (!form.containsKey("answer")) {
            return Pages.consent(PAGE, Map.of(USER_CODE, code), user.name(), asked.get().names());
        }
        boolean accepted = form.get("answer").equals("accept");
        user.devices().decide(code, accepted ? SignInOutcome.accept() : declined());
        return accepted ? Pages.message("You have signed in", "You may now close this window and go back to the app.")
                : Pages.message("You cancelled the sign-in", "The app gets no access. You may now close this window.");
    }

    /** The device flow has a word of its own for it. */
    public static SignInOutcome declined() {
        return SignInOutcome.refuse("authorization_declined", 65004, "The end-user denied the authorization request.");
    }
}
