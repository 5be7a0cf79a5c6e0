package io.github.camelonedrive.component;

import java.util.List;
import java.util.stream.Stream;

import io.github.camelonedrive.upload.Verification;

/** Refuses options that contradict each other, and those that have no effect without another one. */
final class OptionCombinations {

    private static final List<String> OF_OWN_CLIENT = List.of("httpClientConfigurer", "sslContextParameters", "proxyHost",
            "connectTimeout", "responseTimeout", "connectionRequestTimeout", "soTimeout");

    private final GivenOptions given;
    private final OneDriveConfiguration options;
    private final OneDriveConsumerConfiguration consumer;

    OptionCombinations(GivenOptions given, OneDriveConfiguration options, OneDriveConsumerConfiguration consumer) {
        this.given = given;
        this.options = options;
        this.consumer = consumer;
    }

    /** @throws IllegalArgumentException if options of any endpoint do not go together */
    void check() {
        boolean hasProxy = options.getProxyHost() != null;
        refuse(hasProxy && options.getProxyPort() == null, "proxyHost has no effect without proxyPort.");
        refuse(!hasProxy && (options.getProxyPort() != null || given.has("proxyAuthScheme")
                || options.getProxyAuthUsername() != null || options.getProxyAuthPassword() != null),
                "The options of a proxy have no effect without proxyHost.");
        refuse(options.getProxyAuthPassword() != null && options.getProxyAuthUsername() == null,
                "proxyAuthPassword has no effect without proxyAuthUsername.");
        OF_OWN_CLIENT.forEach(option -> refuse(given.has("httpClient") && given.has(option),
                option + " has no effect with httpClient, which has its own settings."));
    }

    /** @throws IllegalArgumentException if options of a producer do not go together */
    void checkProducer() {
        if (given.has("operation") && options.getOperation() == OneDriveOperation.download) {
            checkVerifyTimeout();
        }
        Stream.of("journalDirectory", "uploadJournal").forEach(journal -> refuse(given.has(journal) && !options.isResume(),
                journal + " has no effect with resume=false."));
        refuse(given.has("journalDirectory") && given.has("uploadJournal"),
                "Set journalDirectory or uploadJournal, not both.");
    }

    /** @throws IllegalArgumentException if options of a consumer do not go together */
    void checkConsumer() {
        checkVerifyTimeout();
        refuse(consumer.isDelete() && consumer.getMove() != null,
                "Set delete or move, not both: a file can't be deleted and kept.");
        boolean touches = consumer.isDelete() || consumer.getMove() != null;
        refuse(consumer.isNoop() && (touches || consumer.getPreMove() != null),
                "noop leaves files as they are, so delete, move and preMove don't go with it.");
        refuse(consumer.getPreMove() != null && !touches,
                "preMove takes delete or move as well, or files stay where it has moved them.");
        refuse(consumer.getMaxDepth() < 1, "maxDepth must be at least 1, which is the folder itself.");
        Stream.of("minDepth", "maxDepth", "includeHiddenDirs", "filterDirectory").forEach(option -> refuse(
                given.has(option) && !options.isRecursive(), option + " has no effect without recursive=true."));
        refuse(given.has("antFilterCaseSensitive") && consumer.getAntInclude() == null && consumer.getAntExclude() == null,
                "antFilterCaseSensitive has no effect without antInclude or antExclude.");
        refuse(given.has("startingDirectoryMustExist") && consumer.isStartingDirectoryMustExist() && consumer.isAutoCreate(),
                "startingDirectoryMustExist has no effect with autoCreate=true, which makes the folder.");
        refuse(!consumer.isIncludeBody() && consumer.getLocalWorkDirectory() != null,
                "localWorkDirectory has no effect with includeBody=false.");
        boolean keyed = consumer.getIdempotentKey() != null || consumer.getIdempotentRepository() != null;
        refuse(!consumer.isIdempotent() && keyed,
                "idempotentKey and idempotentRepository have no effect with idempotent=false.");
        refuse(given.has("idempotentEager") && !keyed,
                "idempotentEager has no effect without idempotentKey or idempotentRepository.");
        refuse(consumer.getStateDirectory() != null && consumer.getStateRepository() != null,
                "Set stateDirectory or stateRepository, not both.");
    }

    /** An upload whose response was lost compares hashes in any case. */
    private void checkVerifyTimeout() {
        boolean waits = options.getVerify() == Verification.hash || options.getVerify() == Verification.readback;
        refuse(given.has("verifyTimeout") && !waits,
                "verifyTimeout has no effect with verify=" + options.getVerify() + ", which waits for no hash.");
    }

    private static void refuse(boolean problem, String message) {
        if (problem) {
            throw new IllegalArgumentException(message);
        }
    }
}
