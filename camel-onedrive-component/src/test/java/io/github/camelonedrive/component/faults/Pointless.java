package io.github.camelonedrive.component.faults;

/** Why a combination makes no sense. */
enum Pointless {
    token("no token is sent here, or it is what is asked for"),
    url("this is no upload URL"),
    name("nothing is named, changed or locked here"),
    range("no range is sent here"),
    quota("nothing is stored here"),
    body("the request has no body"),
    small("the body fits into the connection's buffers, so sending it can't stall"),
    nobody("the answer has no body"),
    fragment("this is no fragment"),
    last("only the last fragment commits"),
    item("the last fragment's answer is the item"),
    ranges("the answer has no ranges"),
    commit("nothing is committed here"),
    before("it happens when the content is committed: see single PUT and last fragment"),
    effect("nothing is changed here, so it is the same as without the effect");

    private final String reason;

    Pointless(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
