package io.github.camelonedrive.simulator;

/** What a request is for. Fault rules match on it and the journal shows it. */
public enum Step {
    /** {@code POST /{tenant}/oauth2/v2.0/token}. */
    TOKEN,
    /** {@code /{tenant}/oauth2/v2.0/authorize}: the sign-in page in a browser, and what the user decides there. */
    AUTHORIZE,
    /** {@code POST /{tenant}/oauth2/v2.0/devicecode}. */
    DEVICE_CODE,
    /** {@code /devicelogin}, where a user types a device's code, and whatever else a browser asks for. */
    DEVICE_LOGIN,
    /** {@code GET /me} and other requests about the signed-in user. */
    USER,
    /** {@code GET} of a drive: {@code /me/drive}, {@code /drives/{id}}, …. */
    DRIVE,
    /** {@code GET} of a folder or file, by id or path. */
    ITEM_LOOKUP,
    /** {@code GET …/children}. */
    CHILDREN,
    /** {@code GET …/delta}: what changed in a folder. */
    DELTA,
    /** {@code POST …/children}. */
    CREATE_FOLDER,
    /** {@code PUT …/content} on Graph. */
    SIMPLE_UPLOAD,
    /** {@code POST …/createUploadSession}. */
    CREATE_SESSION,
    /** {@code PUT} on an upload URL. */
    FRAGMENT,
    /** {@code GET} on an upload URL. */
    SESSION_STATUS,
    /** {@code DELETE} on an upload URL. */
    SESSION_CANCEL,
    /** {@code GET …/content} on Graph, of an item or one of its versions, which responds with a redirect. */
    DOWNLOAD,
    /** {@code GET} on a pre-authenticated download URL, which responds with bytes. */
    CONTENT,
    /** {@code DELETE} of an item. */
    DELETE,
    /** {@code POST …/permanentDelete}. */
    PERMANENT_DELETE,
    /** {@code PATCH} of an item: rename, move, set times. */
    PATCH,
    /** {@code POST …/copy}. */
    COPY,
    /** {@code GET} on a copy's pre-authenticated monitor URL. */
    COPY_MONITOR,
    /** {@code POST …/createLink}. */
    CREATE_LINK,
    /** {@code GET …/search(q='…')}. */
    SEARCH,
    /** {@code GET …/versions}. */
    VERSIONS,
    /** {@code POST …/versions/{id}/restoreVersion}. */
    RESTORE_VERSION,
    /** Anything the simulator does not know. */
    OTHER
}
