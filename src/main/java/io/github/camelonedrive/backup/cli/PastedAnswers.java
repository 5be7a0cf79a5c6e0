package io.github.camelonedrive.backup.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import io.github.camelonedrive.auth.AuthorizationAnswer;
import io.github.camelonedrive.auth.BrowserSignIn;
import io.github.camelonedrive.auth.SignInVerdict;
import io.github.camelonedrive.backup.console.Console;

/**
 * Takes the address that the browser ended up at, pasted on the terminal: for browsers on another machine. Asks again until it
 * is the right one.
 */
final class PastedAnswers {

    private static final String AGAIN = " Copy the whole address from the browser's address bar and paste it here again.";

    private final BrowserSignIn signIn;
    private final Console console;

    private PastedAnswers(BrowserSignIn signIn, Console console) {
        this.signIn = signIn;
        this.console = console;
    }

    /** Reads lines until one is the answer, or there are no more; on a thread of its own, because reading can't be ended. */
    static void read(InputStream in, BrowserSignIn signIn, Console console) {
        PastedAnswers answers = new PastedAnswers(signIn, console);
        Thread reader = new Thread(() -> answers.readAll(in), "pasted-answers");
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll(InputStream in) {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null && (line.isBlank() || !isTheAnswer(line))) {
                line = lines.readLine();
            }
        } catch (IOException e) {
            console.say("What is typed here can't be read; the browser's answer is still waited for.");
        }
    }

    private boolean isTheAnswer(String pasted) {
        try {
            SignInVerdict verdict = signIn.offer(AuthorizationAnswer.ofAddress(pasted));
            switch (verdict) {
                case NOT_OURS -> console.say("That is the answer of another sign-in, perhaps an earlier one. Open the address"
                        + " above and sign in there." + AGAIN);
                case NO_ANSWER -> console.say("There is no answer of a sign-in in it." + AGAIN);
                case TAKEN, TOO_LATE -> { }
            }
            return verdict == SignInVerdict.TAKEN || verdict == SignInVerdict.TOO_LATE;
        } catch (IllegalArgumentException e) {
            console.say(e.getMessage() + AGAIN);
            return false;
        }
    }
}
