package io.github.camelonedrive.auth;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What the browser shows after the sign-in page sent it here. Holds nothing of the request, and no script. */
enum LoopbackPage {

    TAKEN("200 OK", "Thank you",
            "The answer of the sign-in has arrived. You can close this window; the terminal shows how it goes on."),
    TOO_LATE("400 Bad Request", "Answered already", "This sign-in has its answer already. Look at the terminal."),
    NOT_OURS("400 Bad Request", "Not the sign-in that is waited for",
            "This answer belongs to another sign-in. Open the address that the terminal shows, and sign in there."),
    NO_ANSWER("400 Bad Request", "Nothing arrived",
            "There is no answer of a sign-in in this address. Open the address that the terminal shows."),
    MALFORMED("400 Bad Request", "Not understood", "Open the address that the terminal shows."),
    WRONG_HOST("403 Forbidden", "Not this way", "This is reached as localhost only."),
    NOT_FOUND("404 Not Found", "Nothing here", "Open the address that the terminal shows."),
    WRONG_METHOD("405 Method Not Allowed", "Not this way", "Open the address that the terminal shows.");

    private final String status;
    private final String title;
    private final String text;

    LoopbackPage(String status, String title, String text) {
        this.status = status;
        this.title = title;
        this.text = text;
    }

    static LoopbackPage of(SignInVerdict verdict) {
        return switch (verdict) {
            case TAKEN -> TAKEN;
            case TOO_LATE -> TOO_LATE;
            case NOT_OURS -> NOT_OURS;
            case NO_ANSWER -> NO_ANSWER;
        };
    }

    /** The whole HTTP response. The address has a code in it, so neither caches nor other pages may learn of it. */
    void writeTo(OutputStream out) throws IOException {
        byte[] page = ("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title + "</title><style>"
                + "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:18vh auto;padding:0 1rem}</style></head>"
                + "<body><h1>" + title + "</h1><p>" + text + "</p></body></html>").getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\n"
                + "Content-Type: text/html; charset=utf-8\r\n"
                + "Content-Length: " + page.length + "\r\n"
                + (this == WRONG_METHOD ? "Allow: GET\r\n" : "")
                + "Cache-Control: no-store\r\n"
                + "Referrer-Policy: no-referrer\r\n"
                + "X-Content-Type-Options: nosniff\r\n"
                + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n"
                + "Connection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(page);
        out.flush();
    }
}
