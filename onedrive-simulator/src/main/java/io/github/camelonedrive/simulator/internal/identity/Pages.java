package io.github.camelonedrive.simulator.internal.identity;

import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.http.Response;

/** The pages that a user sees in a browser; they work without scripts. */
final class Pages {
    private static final String STYLE = "body{font:16px/1.5 sans-serif;background:#f2f2f2;margin:0}"
            + "main{max-width:28rem;margin:4rem auto;background:#fff;padding:2rem;box-shadow:0 2px 6px #0003}"
            + "button{font:inherit;padding:.4rem 1.4rem;margin-right:.6rem}"
            + "input[type=text]{font:inherit;padding:.3rem;width:14rem}"
            + "code{overflow-wrap:anywhere}small{color:#555}";

    private Pages() {
    }

    /**
     * Asks for consent.
     *
     * @param action the path to which the decision is posted, as {@code answer=accept} or {@code answer=cancel}
     * @param hidden what is posted with it
     */
    static Response consent(String action, Map<String, String> hidden, String user, Iterable<String> scopes) {
        StringBuilder html = new StringBuilder("<h1>Permissions requested</h1><p>You are signed in as <b>").append(escape(user))
                .append("</b>, the simulator's only account. This app would like to:</p><ul>");
        scopes.forEach(scope -> html.append("<li><code>").append(escape(scope)).append("</code></li>"));
        html.append("</ul><form method=\"post\" action=\"").append(escape(action)).append("\">");
        hidden.forEach((name, value) -> html.append("<input type=\"hidden\" name=\"").append(escape(name)).append("\" value=\"")
                .append(escape(value)).append("\">"));
        return page(200, "Permissions requested", html
                .append("<button name=\"answer\" value=\"accept\">Accept</button>")
                .append("<button name=\"answer\" value=\"cancel\">Cancel</button></form>").toString());
    }

    /** Asks for the code that a device shows. */
    static Response deviceLogin(String typed, String complaint) {
        return page(200, "Enter code", "<h1>Enter code</h1><p>Enter the code that the app or device shows.</p>"
                + (complaint.isEmpty() ? "" : "<p role=\"alert\"><b>" + escape(complaint) + "</b></p>")
                + "<form method=\"post\" action=\"/devicelogin\"><p><label>Code <input type=\"text\" name=\"user_code\""
                + " autocomplete=\"off\" autofocus required value=\"" + escape(typed) + "\"></label></p>"
                + "<button>Next</button></form>");
    }

    /** Shows a message. */
    static Response message(String title, String text) {
        return page(200, title, "<h1>" + escape(title) + "</h1><p>" + escape(text) + "</p>");
    }

    /** @param error as a program would get it */
    static Response error(int status, ObjectNode error) {
        return page(status, "Sign in", "<h1>Sorry, but we’re having trouble signing you in.</h1><p>"
                + escape(error.path("error_description").asText()).replace("\r\n", "<br>") + "</p>");
    }

    /** A page that posts a response to the application; the button is for browsers that run no scripts. */
    static Response formPost(String target, Map<String, String> fields) {
        StringBuilder html = new StringBuilder("<form method=\"post\" action=\"").append(escape(target)).append("\">");
        fields.forEach((name, value) -> html.append("<input type=\"hidden\" name=\"").append(escape(name)).append("\" value=\"")
                .append(escape(value)).append("\">"));
        return page(200, "Working…", html.append("<button>Continue</button></form>"
                + "<script>document.forms[0].submit()</script>").toString());
    }

    private static Response page(int status, String title, String body) {
        return Response.text(status, "text/html; charset=utf-8",
                "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<title>" + escape(title) + "</title><style>" + STYLE + "</style></head><body><main>" + body
                + "<p><small>OneDrive simulator: no Microsoft service is involved.</small></p></main></body></html>")
                .header("Cache-Control", "no-store").header("Referrer-Policy", "no-referrer")
                .header("X-Frame-Options", "DENY");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
