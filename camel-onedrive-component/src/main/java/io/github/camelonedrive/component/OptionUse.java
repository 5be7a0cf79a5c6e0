package io.github.camelonedrive.component;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static io.github.camelonedrive.component.OneDriveOperation.checkConnection;
import static io.github.camelonedrive.component.OneDriveOperation.copy;
import static io.github.camelonedrive.component.OneDriveOperation.createFolder;
import static io.github.camelonedrive.component.OneDriveOperation.createLink;
import static io.github.camelonedrive.component.OneDriveOperation.delete;
import static io.github.camelonedrive.component.OneDriveOperation.download;
import static io.github.camelonedrive.component.OneDriveOperation.getDrive;
import static io.github.camelonedrive.component.OneDriveOperation.list;
import static io.github.camelonedrive.component.OneDriveOperation.move;
import static io.github.camelonedrive.component.OneDriveOperation.search;
import static io.github.camelonedrive.component.OneDriveOperation.upload;

/**
 * What an option has an effect on. Options that are not in the table have one on every operation and on consumers.
 *
 * @param operations what producers use it for; empty if for nothing
 * @param consumer   whether consumers use it
 * @param instead    what does the same where the option has no effect; empty if the operations say it
 */
record OptionUse(Set<OneDriveOperation> operations, boolean consumer, String instead) {

    private static final Set<OneDriveOperation> NONE = Set.of();
    private static final Set<OneDriveOperation> ALL = EnumSet.allOf(OneDriveOperation.class);
    private static final Set<OneDriveOperation> UPLOAD = EnumSet.of(upload);
    private static final Set<OneDriveOperation> IN_FOLDER =
            EnumSet.complementOf(EnumSet.of(getDrive, checkConnection));
    private static final Set<OneDriveOperation> NAMED =
            EnumSet.complementOf(EnumSet.of(list, search, createFolder, getDrive, checkConnection));

    private static final Map<String, OptionUse> TABLE = new HashMap<>();

    static {
        // Used by consumers as well.
        both(EnumSet.of(list), "recursive");
        both(NAMED, "fileName");
        both(UPLOAD, "doneFileName", "charset");
        both(EnumSet.of(upload, download), "verify", "verifyTimeout");
        both(EnumSet.of(download), "downloadListener");

        // Used by producers; a consumer has something else.
        producer(ALL, "the options delete and move, or a to: step with this option", "operation", "allowOperationHeader");
        producer(ALL, "synchronous on the to: steps of the route", "synchronous");
        producer(ALL, "autoStartup=false on the route", "lazyStartProducer");
        producer(IN_FOLDER, "nothing: a consumer takes no files from elsewhere", "jailStartingDirectory");
        producer(EnumSet.of(upload, move, copy), "move, which puts a time stamp into a name that is taken", "conflictBehavior");
        producer(EnumSet.of(upload, download), "move, which puts a time stamp into a name that is taken", "fileExist");
        producer(UPLOAD, "nothing: a consumer uploads nothing", "chunkSize", "simpleUploadLimit");
        producer(UPLOAD, "a threads or throttle step after the consumer",
                "maxConcurrentUploads", "maxQueuedUploads", "maxBytesPerSecond");
        producer(UPLOAD, "nothing: the header CamelFileLastModified has the time", "preserveLastModified");
        producer(UPLOAD, "stateDirectory", "journalDirectory", "resume");
        producer(UPLOAD, "stateRepository", "uploadJournal");
        producer(UPLOAD, "downloadListener", "uploadListener");
        producer(EnumSet.of(download), "localWorkDirectory", "localFile");
        producer(EnumSet.of(list, search), "maxMessagesPerPoll", "streamList");
        producer(EnumSet.of(search), "include, antInclude or filterFile", "query");
        producer(EnumSet.of(delete), "delete", "permanentDelete");
        producer(EnumSet.of(createLink), "a to: step with operation=createLink", "linkType", "linkScope");
        producer(EnumSet.of(copy), "a to: step with operation=copy", "copyTimeout");

        // Used by consumers; a producer has something else.
        consumer("operation=delete", "delete");
        consumer("operation=move with the header CamelOneDriveTargetPath", "move", "moveFailed", "preMove");
        consumer("nothing: a producer leaves all other files as they are", "noop");
        consumer("operation=getItem, which gives the DriveItem without the content", "includeBody");
        consumer("journalDirectory", "stateDirectory");
        consumer("uploadJournal", "stateRepository");
        consumer("nothing: an upload makes the folders that are missing", "autoCreate");
        consumer("operation=getItem in a step before, which fails if the folder is missing", "startingDirectoryMustExist");
        consumer("localFile with operation=download", "localWorkDirectory");
        consumer("an idempotentConsumer step, or fileExist=Ignore",
                "idempotent", "idempotentEager", "idempotentKey", "idempotentRepository", "inProgressRepository");
        consumer("onException or the error handler of the route",
                "onCompletionExceptionHandler", "exceptionHandler", "bridgeErrorHandler", "pollStrategy");
        consumer("a step after operation=list, which gives the items",
                "include", "exclude", "antInclude", "antExclude", "antFilterCaseSensitive", "includeExt", "excludeExt",
                "includeHiddenFiles", "includeHiddenDirs", "minDepth", "maxDepth", "filter", "filterFile", "filterDirectory",
                "shuffle", "sortBy", "sorter");
        consumer("streamList with operation=list", "maxMessagesPerPoll", "eagerMaxMessagesPerPoll");
        consumer("readLock=changed with readLockMinAge on the file: endpoint that the files come from", "readLockMinAge");
        consumer("a timer: or quartz: endpoint at the start of the route",
                "sendEmptyMessageWhenIdle", "delay", "initialDelay", "timeUnit", "useFixedDelay", "greedy", "repeatCount",
                "runLoggingLevel", "scheduler", "schedulerProperties", "startScheduler", "scheduledExecutorService",
                "backoffErrorThreshold", "backoffIdleThreshold", "backoffMultiplier");

        // Options of other components for files.
        unknown("folderPath, or the folder in the path of the URI", "directory", "directoryName", "folder", "path", "prefix");
        unknown("fileName", "blobName", "key", "keyName");
        unknown("preserveLastModified", "keepLastModified");
        unknown("nothing: a file appears under its name when all of it is there",
                "tempFileName", "tempPrefix", "eagerDeleteTargetFile");
        unknown("conflictBehavior or fileExist", "moveExisting", "moveExistingFileStrategy");
        unknown("readLockMinAge", "readLock", "readLockCheckInterval", "readLockTimeout", "readLockMinLength");
        unknown("startingDirectoryMustExist", "directoryMustExist");
        unknown("delete", "deleteAfterRead");
        unknown("move", "moveAfterRead", "destinationBucket");
        unknown("chunkSize", "partSize", "blockSize", "bufferSize");
        unknown("tokenProvider", "accessToken", "credential");
        unknown("a setHeader step for CamelFileName with ${file:onlyname}", "flatten");
        unknown("localFile with operation=download", "fileDir", "downloadLink");
        unknown("charset", "encoding");
    }

    private static void both(Set<OneDriveOperation> operations, String... options) {
        add(new OptionUse(operations, true, ""), options);
    }

    private static void producer(Set<OneDriveOperation> operations, String instead, String... options) {
        add(new OptionUse(operations, false, instead), options);
    }

    private static void consumer(String instead, String... options) {
        add(new OptionUse(NONE, true, instead), options);
    }

    private static void unknown(String instead, String... options) {
        add(new OptionUse(NONE, false, instead), options);
    }

    private static void add(OptionUse use, String... options) {
        Arrays.stream(options).forEach(option -> TABLE.put(key(option), use));
    }

    static String key(String option) {
        return option.toLowerCase(Locale.ROOT);
    }

    /** Returns what an option is used for; empty if for everything. */
    static Optional<OptionUse> of(String option) {
        return Optional.ofNullable(TABLE.get(key(option)));
    }

    /** Returns the options of this component that are in the table, in lower case. */
    static Set<String> names() {
        return TABLE.entrySet().stream().filter(entry -> !entry.getValue().isUnknown()).map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether other components have it, but not this one. */
    boolean isUnknown() {
        return operations.isEmpty() && !consumer;
    }
}
