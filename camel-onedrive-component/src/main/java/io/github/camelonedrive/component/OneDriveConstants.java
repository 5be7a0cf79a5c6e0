package io.github.camelonedrive.component;

import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/**
 * Names of headers and exchange properties. Headers that tell an operation what to do are removed once it is done, except
 * {@code CamelFileName}; those that tell what it did are never inputs.
 */
public final class OneDriveConstants {

    @Metadata(label = "producer", description = "The operation, instead of the endpoint's", javaType = "OneDriveOperation")
    public static final String OPERATION = "CamelOneDriveOperation";

    @Metadata(description = "The name of the file, to upload or consumed, with folders if it has any, below the "
                             + "endpoint's folder. Names the item for other operations too if the route set it; after a "
                             + "download, the item's name as a file endpoint wants it",
              javaType = "String")
    public static final String FILE_NAME = Exchange.FILE_NAME;

    @Metadata(label = "producer", description = "Names the item by its path below the endpoint's folder",
              javaType = "String")
    public static final String PATH = "CamelOneDrivePath";

    @Metadata(label = "producer", description = "Names the item by its id", javaType = "String")
    public static final String ITEM_ID = "CamelOneDriveItemId";

    @Metadata(label = "producer", description = "The id of the item that an operation had to do with. Never an input",
              javaType = "String")
    public static final String PRODUCED_ITEM_ID = "CamelOneDriveProducedItemId";

    @Metadata(label = "consumer", description = "The id of the consumed file. Never an input", javaType = "String")
    public static final String CONSUMED_ITEM_ID = "CamelOneDriveConsumedItemId";

    @Metadata(label = "producer", description = "Where move and copy put the item: its new path below the endpoint's folder, "
                                                + "or, with a slash at its end, the folder that it goes to under its own name",
              javaType = "String")
    public static final String TARGET_PATH = "CamelOneDriveTargetPath";

    @Metadata(label = "producer", description = "What upload, move and copy do when the name is taken, instead of the "
                                                + "endpoint's", javaType = "ConflictBehavior")
    public static final String CONFLICT_BEHAVIOR = "CamelOneDriveConflictBehavior";

    @Metadata(label = "producer", description = "The eTag that an item must have to be deleted or moved", javaType = "String")
    public static final String IF_MATCH = "CamelOneDriveIfMatch";

    @Metadata(label = "producer", description = "Whether delete goes past the recycle bin, which personal drives can't",
              javaType = "Boolean")
    public static final String PERMANENT_DELETE = "CamelOneDrivePermanentDelete";

    @Metadata(label = "producer", description = "Set by delete: whether it deleted something; false when there was nothing",
              javaType = "Boolean")
    public static final String DELETED = "CamelOneDriveDeleted";

    @Metadata(label = "producer", description = "What search looks for", javaType = "String")
    public static final String QUERY = "CamelOneDriveQuery";

    @Metadata(label = "producer", description = "Whether list and search give an iterator that fetches page after page, "
                                                + "instead of a list", javaType = "Boolean")
    public static final String STREAM_LIST = "CamelOneDriveStreamList";

    @Metadata(label = "producer", description = "What a link of createLink allows: view, edit or embed",
              javaType = "LinkRequest.Type")
    public static final String LINK_TYPE = "CamelOneDriveLinkType";

    @Metadata(label = "producer", description = "For whom a link of createLink works: anonymous or organization",
              javaType = "LinkRequest.Scope")
    public static final String LINK_SCOPE = "CamelOneDriveLinkScope";

    @Metadata(label = "producer", description = "When a link of createLink ends, as an Instant or as a text such as "
                                                + "2027-01-31T00:00:00Z", javaType = "java.time.Instant")
    public static final String LINK_EXPIRY = "CamelOneDriveLinkExpiry";

    @Metadata(label = "producer", description = "The password of a link of createLink; personal drives only",
              javaType = "String")
    public static final String LINK_PASSWORD = "CamelOneDriveLinkPassword";

    @Metadata(label = "producer", description = "Set by createLink: the link", javaType = "String")
    public static final String LINK_URL = "CamelOneDriveLinkUrl";

    @Metadata(label = "producer", description = "The id of the version that restoreVersion restores, such as 3.0",
              javaType = "String")
    public static final String VERSION_ID = "CamelOneDriveVersionId";

    @Metadata(label = "producer", description = "How many bytes a body that is a stream has. Checked against the bytes read, "
                                                + "then removed", javaType = "Long")
    public static final String CONTENT_LENGTH = "CamelOneDriveContentLength";

    @Metadata(label = "producer", description = "Which bytes of the item to download: bytes=0-99, bytes=100- or bytes=-100",
              javaType = "String")
    public static final String RANGE = "CamelOneDriveRange";

    @Metadata(label = "producer", description = "The local file to download to, below the endpoint's localFile if it has one",
              javaType = "String")
    public static final String LOCAL_FILE = "CamelOneDriveLocalFile";

    @Metadata(label = "producer", description = "Which bytes of the item a download of a range has brought, as bytes 0-99/1000",
              javaType = "String")
    public static final String CONTENT_RANGE = "CamelOneDriveContentRange";

    @Metadata(label = "producer", description = "How a finished download was proven: hash, size, rewritten_by_library or none; "
                                                + "part for a range, which has no hash. Absent for a stream that is still to "
                                                + "be read: it ends with an exception when it is not proven",
              javaType = "String")
    public static final String VERDICT = "CamelOneDriveVerdict";

    @Metadata(label = "producer", description = "Whether a listing goes into sub-folders", javaType = "Boolean")
    public static final String RECURSIVE = "CamelOneDriveRecursive";

    @Metadata(label = "producer", description = "Whether a listing names folders only", javaType = "Boolean")
    public static final String FOLDERS_ONLY = "CamelOneDriveFoldersOnly";

    @Metadata(description = "The item's eTag", javaType = "String")
    public static final String ETAG = "CamelOneDriveETag";

    @Metadata(description = "Where a person can look at the item", javaType = "String")
    public static final String WEB_URL = "CamelOneDriveWebUrl";

    @Metadata(description = "The item's size in bytes, also where a part was downloaded", javaType = "Long")
    public static final String SIZE = "CamelOneDriveSize";

    @Metadata(description = "The QuickXorHash, base64: of an upload, computed here from the bytes read; of "
                                                + "other operations, as OneDrive gives it", javaType = "String")
    public static final String QUICK_XOR_HASH = "CamelOneDriveQuickXorHash";

    @Metadata(label = "producer", description = "How an upload went: simple (one PUT), session, or ignored",
              javaType = "String")
    public static final String UPLOAD_MODE = "CamelOneDriveUploadMode";

    @Metadata(label = "producer", description = "How many bytes an upload sent, repetitions included", javaType = "Long")
    public static final String BYTES_SENT = "CamelOneDriveBytesSent";

    @Metadata(label = "producer", description = "Whether an upload continued an earlier session, or a download into a file "
                                                + "what an earlier attempt had left", javaType = "Boolean")
    public static final String RESUMED = "CamelOneDriveResumed";

    @Metadata(description = "Microsoft's id of the last request, for its support", javaType = "String")
    public static final String REQUEST_ID = "CamelOneDriveRequestId";

    @Metadata(description = "The file's name without folders, after a download or consumed", javaType = "String")
    public static final String FILE_NAME_ONLY = Exchange.FILE_NAME_ONLY;

    @Metadata(label = "consumer", description = "The path below the consumer's folder, as CamelFileName, for routes that set "
                                                + "that to something else", javaType = "String")
    public static final String FILE_NAME_CONSUMED = "CamelFileNameConsumed";

    @Metadata(label = "consumer", description = "The path of the folder that the file is in, from the drive's root",
              javaType = "String")
    public static final String FILE_PARENT = "CamelFileParent";

    @Metadata(label = "consumer", description = "The file's path from the drive's root", javaType = "String")
    public static final String FILE_PATH = "CamelFilePath";

    @Metadata(label = "consumer", description = "Always false, as with a relative path of the file component",
              javaType = "Boolean")
    public static final String FILE_ABSOLUTE = "CamelFileAbsolute";

    @Metadata(label = "consumer", description = "The file's path from the drive's root", javaType = "String")
    public static final String FILE_ABSOLUTE_PATH = "CamelFileAbsolutePath";

    @Metadata(label = "consumer", description = "The path below the consumer's folder", javaType = "String")
    public static final String FILE_RELATIVE_PATH = "CamelFileRelativePath";

    @Metadata(description = "The consumed file's size in bytes; after a download, how many bytes the body or the "
                             + "local file has", javaType = "Long")
    public static final String FILE_LENGTH = Exchange.FILE_LENGTH;

    @Metadata(description = "When the file's content was last modified, in milliseconds since 1970; consumed, or after a "
                             + "download. With preserveLastModified an upload takes it from here, if the body itself does "
                             + "not know it", javaType = "Long")
    public static final String FILE_LAST_MODIFIED = Exchange.FILE_LAST_MODIFIED;

    @Metadata(label = "producer", description = "The path of the uploaded file from the drive's root; with "
                                                + "conflictBehavior=rename under the name that it got", javaType = "String")
    public static final String FILE_NAME_PRODUCED = Exchange.FILE_NAME_PRODUCED;

    @Metadata(description = "The media type that OneDrive takes the file for; consumed, or after download and getItem. A "
                             + "download sets Content-Type to it as well, operations whose result is JSON set application/json",
              javaType = "String")
    public static final String FILE_CONTENT_TYPE = "CamelFileContentType";

    @Metadata(label = "consumer", description = "Where localWorkDirectory has the file", javaType = "String")
    public static final String FILE_LOCAL_WORK_PATH = Exchange.FILE_LOCAL_WORK_PATH;

    @Metadata(label = "consumer", description = "When the file was modified last, in milliseconds since 1970",
              javaType = "Long")
    public static final String MESSAGE_TIMESTAMP = Exchange.MESSAGE_TIMESTAMP;

    /** Exchange property: the {@code OneDriveFile} that a consumer has emitted, whatever becomes of the message. */
    public static final String CONSUMED_FILE = "CamelOneDriveConsumedFile";

    /** Exchange property: the {@code DriveItem} of the consumed file: what OneDrive reports about it. */
    public static final String CONSUMED_ITEM = "CamelOneDriveConsumedItem";

    /** Exchange property: the {@code TokenProviderDirectory} that the {@link EncryptedCredentialProcessor} puts there. */
    public static final String TOKEN_PROVIDERS = "CamelOneDriveTokenProviders";

    /** Exchange property: the {@code UploadResult} of the last upload. */
    public static final String UPLOAD_RESULT = "CamelOneDriveUploadResult";

    /**
     * Exchange property: the {@code UploadReceipts} of all uploads so far: the places that this exchange was to reach, those
     * that have it, and the journal's records. Code that puts its own there before the upload, or takes them away after it,
     * settles them itself; else they are settled when the exchange is complete without a failure.
     */
    public static final String UPLOAD_RECEIPT = "CamelOneDriveUploadReceipt";

    /**
     * Exchange property, a {@code Boolean}: nobody tries again when an upload fails, so its session is cancelled then. Without
     * it a session that a passing failure broke off stays in the journal, for the next attempt to go on. An upload that is
     * stopped stays in any case.
     */
    public static final String LAST_ATTEMPT = "CamelOneDriveLastAttempt";

    /**
     * Exchange property, a {@code Consumer<ConnectionCheck.Step>}: told each step of {@code checkConnection} when it is done,
     * on the thread that does them.
     */
    public static final String CONNECTION_CHECK_LISTENER = "CamelOneDriveConnectionCheckListener";

    private OneDriveConstants() {
    }
}
