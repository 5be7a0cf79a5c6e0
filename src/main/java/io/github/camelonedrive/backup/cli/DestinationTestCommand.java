package io.github.camelonedrive.backup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.backup.failure.FailureReport;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.runtime.CamelRuntime;
import io.github.camelonedrive.backup.runtime.OneDriveCalls;
import io.github.camelonedrive.component.ConnectionCheck;
import io.github.camelonedrive.component.ConnectionCheck.Step;
import io.github.camelonedrive.component.ConnectionCheck.StepName;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Redactor;
import io.github.camelonedrive.credentials.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code destination test}: step by step, from the vault to a small file that is written, read back and deleted. */
@Command(name = "test", description = {
        "Tests destinations step by step: vault, sign-in, account, drive, folder, and a small file below "
                + "/.onedrive-connection-test in the drive, which is written, read back and deleted again.",
        "The destination's own folder is not made by the test; the first upload makes it." })
final class DestinationTestCommand extends BackupCommand {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Destinations of the vault.")
    private List<String> names;

    private final List<Throwable> failures = new ArrayList<>();
    private final List<Map<String, Object>> results = new ArrayList<>();
    private volatile boolean stopping;

    @Override
    int run() throws Exception {
        Vault vault;
        try {
            vault = vault();
        } catch (OneDriveException closed) {
            names.forEach(name -> report(name, withoutVault(name, closed)));
            return finish();
        }
        vault.destinations().stream().filter(known -> names.contains(known.name())).forEach(this::warnOfEnd);
        EncryptedCredentialProcessor credentials = new EncryptedCredentialProcessor(vault);
        try (CamelRuntime camel = CamelRuntime.start(settings(), home(), credentials, event -> { }, List.of());
             OnStop stop = OnStop.run(() -> stop(camel))) {
            OneDriveCalls calls = new OneDriveCalls(camel, credentials);
            for (int i = 0; i < names.size() && !stopping; i++) {
                test(calls, names.get(i));
            }
        }
        return finish();
    }

    // What is under way cleans up after itself; what comes after it is not begun.
    private void stop(CamelRuntime camel) {
        stopping = true;
        camel.close();
    }

    private int finish() {
        console().printJson(Map.of("destinations", results));
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.of(failures.get(0));
    }

    private ConnectionCheck withoutVault(String name, OneDriveException closed) {
        List<Step> steps = new ArrayList<>();
        for (StepName step : StepName.values()) {
            steps.add(step == StepName.VAULT ? Step.failed(step, closed) : Step.skipped(step, "needs the vault"));
        }
        console().print(name);
        steps.forEach(this::show);
        return new ConnectionCheck(name, steps);
    }

    private void test(OneDriveCalls calls, String name) {
        console().print(name);
        try {
            report(name, calls.checkConnection(name, this::show));
        } catch (Exception e) {
            failures.add(e);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("name", name);
            result.put("ok", false);
            result.put("error", FailureReport.of(e));
            results.add(result);
            complain(name, e);
        }
    }

    private void show(Step step) {
        String outcome = "[" + step.outcome().label() + "]";
        console().print(Redactor.redact(String.format(Locale.ROOT, "  %-9s  %-9s  %s", outcome, step.name().label(),
                sentence(step.detail()))));
        if (!remedy(step).isEmpty()) {
            console().print(Redactor.redact(String.format(Locale.ROOT, "  %-9s  %-9s  %s", "", "", remedy(step))));
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private void report(String name, ConnectionCheck check) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", name);
        result.put("ok", check.ok());
        result.putAll(check.facts());
        check.failure().ifPresent(failure -> result.put("error", FailureReport.of(failure)));
        result.put("steps", check.steps().stream().map(DestinationTestCommand::data).toList());
        results.add(result);
        check.failure().ifPresent(failure -> {
            failures.add(failure);
            console().say(name + ": the test failed: " + Redactor.redact(failure.problem()));
            trace(failure);
        });
    }

    private static Map<String, Object> data(Step step) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("step", step.name().label());
        data.put("outcome", step.outcome().label());
        data.put("detail", step.detail());
        if (!remedy(step).isEmpty()) {
            data.put("remedy", remedy(step));
        }
        return data;
    }

    private static String remedy(Step step) {
        return step.failure().map(Failures::remedy).orElse(step.remedy());
    }
}
