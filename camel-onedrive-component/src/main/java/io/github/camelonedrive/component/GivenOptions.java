package io.github.camelonedrive.component;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options that a URI gives. One that has no effect on the producer or the consumer made of it is refused, with what has the
 * effect instead.
 */
final class GivenOptions {

    private static final String STEP_AFTER_LIST = "a step after operation=list, which gives the items";
    private static final String START_OF_THE_ROUTE = "a timer: or quartz: endpoint at the start of the route";
    private static final String ERROR_HANDLER = "onException or the error handler of the route";

    /** What a producer has instead of an option of the consumer. */
    private static final Map<String, String> INSTEAD_FOR_PRODUCER = byName(Map.ofEntries(
            Map.entry("operation=delete", "delete"),
            Map.entry("operation=move with the header CamelOneDriveTargetPath", "move, moveFailed, preMove"),
            Map.entry("nothing: a producer leaves all other files as they are", "noop"),
            Map.entry("operation=getItem, which gives the DriveItem without the content", "includeBody"),
            Map.entry("journalDirectory", "stateDirectory"),
            Map.entry("uploadJournal", "stateRepository"),
            Map.entry("nothing: an upload makes the folders that are missing", "autoCreate"),
            Map.entry("operation=getItem in a step before, which fails if the folder is missing", "startingDirectoryMustExist"),
            Map.entry("localFile with operation=download", "localWorkDirectory"),
            Map.entry("an idempotentConsumer step, or fileExist=Ignore",
                    "idempotent, idempotentEager, idempotentKey, idempotentRepository, inProgressRepository"),
            Map.entry(ERROR_HANDLER, "onCompletionExceptionHandler, exceptionHandler, bridgeErrorHandler, pollStrategy"),
            Map.entry(STEP_AFTER_LIST, "include, exclude, antInclude, antExclude, antFilterCaseSensitive, includeExt, "
                                       + "excludeExt, includeHiddenFiles, includeHiddenDirs, minDepth, maxDepth, filter, filterFile, "
                                       + "filterDirectory, shuffle, sortBy, sorter"),
            Map.entry("streamList with operation=list", "maxMessagesPerPoll, eagerMaxMessagesPerPoll"),
            Map.entry("readLock=changed with readLockMinAge on the file: endpoint that the files come from", "readLockMinAge"),
            Map.entry(START_OF_THE_ROUTE, "sendEmptyMessageWhenIdle, delay, initialDelay, timeUnit, useFixedDelay, greedy, "
                                          + "repeatCount, runLoggingLevel, scheduler, schedulerProperties, startScheduler, "
                                          + "scheduledExecutorService, backoffErrorThreshold, backoffIdleThreshold, "
                                          + "backoffMultiplier")));

    /** What a consumer has instead of an option of the producer. */
    private static final Map<String, String> INSTEAD_FOR_CONSUMER = byName(Map.ofEntries(
            Map.entry("the options delete and move, or a to: step with this option",
                    "operation, allowOperationHeader"),
            Map.entry("delete", "permanentDelete"),
            Map.entry("move, which puts a time stamp into a name that is taken", "conflictBehavior, fileExist"),
            Map.entry("localWorkDirectory", "localFile"),
            Map.entry("stateDirectory", "journalDirectory, resume"),
            Map.entry("stateRepository", "uploadJournal"),
            Map.entry("downloadListener", "uploadListener"),
            Map.entry("maxMessagesPerPoll", "streamList"),
            Map.entry("include, antInclude or filterFile", "query"),
            Map.entry("a threads or throttle step after the consumer",
                    "maxConcurrentUploads, maxQueuedUploads, maxBytesPerSecond"),
            Map.entry("synchronous on the to: steps of the route", "synchronous"),
            Map.entry("nothing: the header CamelFileLastModified has the time", "preserveLastModified"),
            Map.entry("nothing: a consumer takes no files from elsewhere", "jailStartingDirectory"),
            Map.entry("nothing: a consumer uploads nothing", "chunkSize, simpleUploadLimit"),
            Map.entry("a to: step with operation=createLink", "linkType, linkScope"),
            Map.entry("a to: step with operation=copy", "copyTimeout"),
            Map.entry("autoStartup=false on the route", "lazyStartProducer")));

    /** What this component has instead of options of other components for files. */
    private static final Map<String, String> INSTEAD_OF_OTHERS = byName(Map.ofEntries(
            Map.entry("folderPath, or the folder in the path of the URI", "directory, directoryName, folder, path, prefix"),
            Map.entry("fileName", "blobName, key, keyName"),
            Map.entry("preserveLastModified", "keepLastModified"),
            Map.entry("nothing: a file appears under its name when all of it is there",
                    "tempFileName, tempPrefix, eagerDeleteTargetFile"),
            Map.entry("conflictBehavior or fileExist", "moveExisting, moveExistingFileStrategy"),
            Map.entry("readLockMinAge", "readLock, readLockCheckInterval, readLockTimeout, readLockMinLength"),
            Map.entry("startingDirectoryMustExist", "directoryMustExist"),
            Map.entry("delete", "deleteAfterRead"),
            Map.entry("move", "moveAfterRead, destinationBucket"),
            Map.entry("chunkSize", "partSize, blockSize, bufferSize"),
            Map.entry("tokenProvider", "accessToken, credential"),
            Map.entry("a setHeader step for CamelFileName with ${file:onlyname}", "flatten"),
            Map.entry("localFile with operation=download", "fileDir, downloadLink"),
            Map.entry("charset", "encoding")));

    /** What {@code fileExist} means here, for the values of other components that OneDrive cannot do. */
    private static final Map<String, String> INSTEAD_OF_FILE_EXIST = Map.of(
            "append", "fileExist=Override with the whole content",
            "move", "fileExist=TryRename, or a step before with operation=move. "
                    + "What is replaced stays as a version in OneDrive");

    private final Map<String, String> spellings;
    private final String fileExist;

    private GivenOptions(Map<String, String> spellings, String fileExist) {
        this.spellings = spellings;
        this.fileExist = fileExist;
    }

    private static Map<String, String> byName(Map<String, String> names) {
        return names.entrySet().stream().flatMap(entry -> Arrays.stream(entry.getValue().split(", "))
                .map(name -> Map.entry(normal(name), entry.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns the options of a URI. Camel takes names in any case, with dashes, and below the name of a configuration. */
    static GivenOptions of(Map<String, Object> parameters) {
        Map<String, String> spellings = new LinkedHashMap<>();
        parameters.keySet().forEach(name -> spellings.put(normal(name), name));
        Object fileExist = parameters.get(spellings.get(normal("fileExist")));
        return new GivenOptions(spellings, String.valueOf(fileExist).toLowerCase(Locale.ROOT));
    }

    private static String normal(String name) {
        String normal = name.replace("-", "").toLowerCase(Locale.ROOT).replaceFirst("^(consumer)?configuration\\.", "");
        return normal.startsWith("scheduler.") ? "schedulerproperties" : normal;
    }

    boolean has(String option) {
        return spellings.containsKey(normal(option));
    }

    /** @throws IllegalArgumentException if an option or its value is known from another component, but not here */
    void checkKnown() {
        if (INSTEAD_OF_FILE_EXIST.containsKey(fileExist)) {
            throw new IllegalArgumentException("OneDrive cannot do fileExist=" + fileExist + ". There is instead: "
                    + INSTEAD_OF_FILE_EXIST.get(fileExist) + ".");
        }
        check(INSTEAD_OF_OTHERS, "is no option of this component");
    }

    /** @throws IllegalArgumentException if an option has no effect on a producer */
    void checkProducer() {
        check(INSTEAD_FOR_PRODUCER, "has no effect on a producer");
    }

    /** @throws IllegalArgumentException if an option has no effect on a consumer */
    void checkConsumer() {
        check(INSTEAD_FOR_CONSUMER, "has no effect on a consumer");
    }

    private void check(Map<String, String> instead, String problem) {
        spellings.forEach((name, spelling) -> {
            if (instead.containsKey(name)) {
                throw new IllegalArgumentException("The option " + spelling + " " + problem + ". There is instead: "
                        + instead.get(name) + ".");
            }
        });
    }
}
