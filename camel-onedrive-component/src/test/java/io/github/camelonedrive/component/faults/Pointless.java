package io.github.camelonedrive.component.faults;

/** Why a combination makes no sense. */
enum Pointless {
    /** No token is sent here, or it is what is asked for. */
    token,
    /** This is no upload URL. */
    url,
    /** Nothing is named, changed or locked here. */
    name,
    /** No range is sent here. */
    range,
    /** Nothing is stored here. */
    quota,
    /** The request has no body. */
    body,
    /** The body fits into the connection's buffers, so sending it can't stall. */
    small,
    /** The answer has no body. */
    nobody,
    /** This is no fragment. */
    fragment,
    /** Only the last fragment commits. */
    last,
    /** The last fragment's answer is the item. */
    item,
    /** The answer has no ranges. */
    ranges,
    /** Nothing is committed here. */
    commit,
    /** It happens when the content is committed: see single PUT and last fragment. */
    before,
    /** Nothing is changed here, so it is the same as without the effect. */
    effect
}
