package io.github.camelonedrive.auth;

/** Tells a person that a sign-in is wanted and what to do for it: by mail, on a page, on a terminal. */
@FunctionalInterface
public interface SignInPrompt {

    /** Called once for each sign-in, before it is waited for; must not block for long. */
    void show(SignInInvitation invitation);
}
