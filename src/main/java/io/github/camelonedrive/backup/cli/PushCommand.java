package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.backup.catalogue.Catalogue;
import io.github.camelonedrive.backup.console.ProgressDisplay;
import io.github.camelonedrive.backup.console.Sizes;
import io.github.camelonedrive.backup.console.Table;
import io.github.camelonedrive.backup.console.UploadRows;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.FailureReport;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.runtime.CamelRuntime;
import io.github.camelonedrive.backup.runtime.OneDriveCalls;
import io.github.camelonedrive.backup.runtime.WatchRoutes;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.graph.NameFolding;
import io.github.camelonedrive.upload.Landing;
import io.github.camelonedrive.upload.UploadReceipt;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.UploadResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code push}: uploads files now and shows the proof. */
@Command(name = "push", description = "Uploads files now, to the destination's folder.")
final class PushCommand extends BackupCommand {

    private static final Logger LOG = LoggerFactory.getLogger(PushCommand.class);
    private static final String STANDARD_INPUT = "-";

    @Parameters(index = "0", paramLabel = "DESTINATION", description = "A destination of the vault.")
    private String destination;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE",
                description = "What to upload; '-' reads standard input and needs --name.")
    private List<String> files;

    @Option(names = "--name", paramLabel = "NAME", description = "What a single file, or standard input, is called there.")
    private String name;

    @Option(names = "--allow-empty", description = "Also upload what is empty. Without it that fails: an empty file is no dump.")
    private boolean allowEmpty;

    private PushRecord record;

    @Override
    int run() throws Exception {
        requireVaultIsNotElsewhere();
        WatchRoutes.requireProof(settings(), "push refuses");
        List<PushSource> sources = sources();
        Vault vault = vault();
        warnOfEnd(vault.destination(destination));
        List<PushOutcome> outcomes;
        try (Catalogue catalogue = Catalogue.open(home().catalogueDirectory(), InstantSource.system())) {
            record = new PushRecord(catalogue, destination, InstantSource.system(),
                    settings().componentOption("conflict-behavior").map("replace"::equalsIgnoreCase).orElse(true));
            outcomes = push(sources, new EncryptedCredentialProcessor(vault));
        }
        report(outcomes);
        settle(outcomes);
        return ExitCode.ofSeveral(outcomes.size(), outcomes.stream().flatMap(outcome -> outcome.failure().stream()).toList());
    }

    private List<PushOutcome> push(List<PushSource> sources, EncryptedCredentialProcessor credentials)
            throws BackupException, InterruptedException {
        long bytes = sources.stream().anyMatch(source -> source.size() < 0) ? -1
                : sources.stream().mapToLong(PushSource::size).sum();
        try (ProgressDisplay progress = ProgressDisplay.of(console(), "Uploading", sources.size(), bytes);
             CamelRuntime camel = CamelRuntime.start(settings(), home(), credentials, progress, List.of());
             OnStop stop = OnStop.run(camel::close)) {
            OneDriveCalls calls = new OneDriveCalls(camel, credentials);
            calls.requireLegalOptions(destination);
            List<PushOutcome> outcomes = AtATime.of(settings()).each(sources, source -> push(calls, source));
            endAbandoned(calls);
            return outcomes;
        }
    }

    // Where only push is used, nobody else would: run does it by itself.
    private void endAbandoned(OneDriveCalls calls) throws InterruptedException {
        try {
            calls.cancelAbandoned(destination);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.debug("Broken-off uploads to {} can't be looked after: {}", destination, Failures.message(e));
        }
    }

    private PushOutcome push(OneDriveCalls calls, PushSource source) {
        UploadReceipts receipts = new UploadReceipts(record);
        try {
            UploadResult result = source.body() instanceof Path file ? pushFile(calls, source.name(), file, receipts)
                    : pushStream(calls, source.name(), (InputStream) source.body(), receipts);
            if (UploadRows.isProven(result.verdict())) {
                receipts.attempts().forEach(upload -> record.proven(source.name(), upload));
            }
            return PushOutcome.of(source, result, receipts);
        } catch (Exception e) {
            return PushOutcome.failed(source, e);
        }
    }

    // The size that is looked at is the one that has to come: a file truncated a moment later fails instead of going up empty.
    private UploadResult pushFile(OneDriveCalls calls, String target, Path file, UploadReceipts receipts) throws Exception {
        long size = Files.size(file);
        requireContent(size > 0, target);
        return calls.upload(destination, target, file, OptionalLong.of(size), receipts);
    }

    private UploadResult pushStream(OneDriveCalls calls, String target, InputStream stream, UploadReceipts receipts)
            throws Exception {
        PushbackInputStream content = new PushbackInputStream(stream);
        int first = content.read();
        requireContent(first >= 0, target);
        if (first >= 0) {
            content.unread(first);
        }
        return calls.upload(destination, target, content, OptionalLong.empty(), receipts);
    }

    private void requireContent(boolean hasContent, String target) throws BackupException {
        if (!hasContent && !allowEmpty) {
            throw new BackupException(FailureKind.SOURCE, target + " is empty, and an empty file is no dump. It was not uploaded.",
                    "Check what writes it; --allow-empty uploads it all the same.");
        }
    }

    private List<PushSource> sources() throws OneDriveException {
        if (name != null && files.size() > 1) {
            throw BackupException.usage("--name was given, but there are " + files.size() + " files.",
                    "Push them one by one, or without --name.");
        }
        List<PushSource> sources = new ArrayList<>();
        Map<String, PushSource> byName = new HashMap<>();
        for (String file : files) {
            PushSource source = file.equals(STANDARD_INPUT) ? standardInput() : localFile(local(file));
            PushSource twin = byName.putIfAbsent(NameFolding.fold(source.name()), source);
            if (twin != null) {
                throw BackupException.usage("OneDrive takes the names of " + twin.shown() + " and " + source.shown()
                        + " for the same, so one would replace the other. Nothing was uploaded.",
                        "Push them one by one, one of them with another --name.");
            }
            sources.add(source);
        }
        return sources;
    }

    private PushSource standardInput() throws BackupException {
        if (name == null) {
            throw BackupException.usage("Standard input has no name.", "Say what it is called there: --name dump.sql.");
        }
        return new PushSource("-", name, environment().in(), -1);
    }

    private PushSource localFile(Path file) throws BackupException {
        if (!Files.exists(file)) {
            throw BackupException.usage("The file " + file + " is not there.", "Nothing was uploaded; check the name.");
        }
        if (!Files.isRegularFile(file)) {
            throw BackupException.usage(file + " is not a regular file. Nothing was uploaded.", Files.isDirectory(file)
                    ? "Push the files in it." : "What a pipe brings is read from standard input: FILE is '-', with --name.");
        }
        if (!Files.isReadable(file)) {
            throw BackupException.usage("The file " + file + " can't be read.", "Nothing was uploaded; check its rights.");
        }
        try {
            return new PushSource(file.toString(), name != null ? name : file.getFileName().toString(), file, Files.size(file));
        } catch (IOException e) {
            throw BackupException.usage("The file " + file + " can't be read.", "Nothing was uploaded; check it.", e);
        }
    }

    private void report(List<PushOutcome> outcomes) {
        Table table = new Table("FILE", ">SIZE", "SENT AS", "QUICKXORHASH", "VERDICT", "WEB URL");
        for (PushOutcome outcome : outcomes) {
            outcome.result().ifPresent(result -> table.row(outcome.source().name(), Sizes.text(result.size()),
                    UploadRows.mode(result), result.quickXorHash(), UploadRows.verdict(result.verdict()),
                    result.item().webUrl().orElse("")));
            outcome.failure().ifPresent(failure -> table.row(outcome.source().name(), size(outcome.source()), "", "",
                    "FAILED", ""));
        }
        console().print(table);
        for (PushOutcome outcome : outcomes) {
            outcome.failure().ifPresent(failure -> complain(outcome.source().name(), failure));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("destination", destination);
        result.put("files", outcomes.stream().map(PushCommand::data).toList());
        console().printJson(result);
    }

    // Not earlier: who pushes again because he saw no result shall hear that the file was there already.
    private static void settle(List<PushOutcome> outcomes) {
        for (PushOutcome outcome : outcomes) {
            try {
                outcome.receipt().settle();
            } catch (IOException e) {
                LOG.info("{}: its record can't be removed from the upload journal: {}. It does no harm.",
                        outcome.source().name(), Failures.message(e));
            }
        }
    }

    private static String size(PushSource source) {
        return source.size() < 0 ? "" : Sizes.text(source.size());
    }

    private static Map<String, Object> data(PushOutcome outcome) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", outcome.source().shown());
        data.put("ok", outcome.failure().isEmpty());
        outcome.result().map(UploadRows::data).ifPresent(data::putAll);
        outcome.failure().ifPresent(failure -> data.put("error", FailureReport.of(failure)));
        return data;
    }

    /** @param shown the file as it was given; @param name in OneDrive; @param body a path or a stream; @param size or -1 */
    record PushSource(String shown, String name, Object body, long size) {
    }

    /** Exactly one of result and failure is there. */
    record PushOutcome(PushSource source, Optional<UploadResult> result, Optional<Exception> failure,
                       UploadReceipt receipt) {

        /** What was not verified counts as failed. */
        static PushOutcome of(PushSource source, UploadResult result, UploadReceipt receipt) {
            if (result.landing() instanceof Landing.OtherSpelling other) {
                return new PushOutcome(source, Optional.empty(),
                        Optional.of(new BackupException(FailureKind.SOURCE, other.explanation(), "")), receipt);
            }
            if (UploadRows.isProven(result.verdict())) {
                return new PushOutcome(source, Optional.of(result), Optional.empty(), receipt);
            }
            return failed(source, new BackupException(FailureKind.SERVICE,
                    source.name() + " was uploaded but not verified, which counts as failed.",
                    "Set camel.component.onedrive.verify to hash or readback."));
        }

        static PushOutcome failed(PushSource source, Exception failure) {
            return new PushOutcome(source, Optional.empty(), Optional.of(failure), UploadReceipt.NONE);
        }
    }
}
