package io.github.camelonedrive.backup;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The app's packages and who may use whom. */
@AnalyzeClasses(packages = "io.github.camelonedrive.backup", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ARROWS_RUN_ONE_WAY = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("main").definedBy("io.github.camelonedrive.backup")
            .layer("cli").definedBy("..backup.cli..")
            .layer("demo").definedBy("..backup.demo..")
            .layer("runtime").definedBy("..backup.runtime..")
            .layer("watch").definedBy("..backup.watch..")
            .layer("catalogue").definedBy("..backup.catalogue..")
            .layer("settings").definedBy("..backup.settings..")
            .layer("console").definedBy("..backup.console..")
            .layer("web").definedBy("..backup.web..")
            .layer("logging").definedBy("..backup.logging..")
            .layer("files").definedBy("..backup.files..")
            .layer("trust").definedBy("..backup.trust..")
            .layer("failure").definedBy("..backup.failure..")
            .layer("trouble").definedBy("..backup.trouble..")
            .whereLayer("main").mayNotBeAccessedByAnyLayer()
            .whereLayer("cli").mayOnlyBeAccessedByLayers("main")
            .whereLayer("demo").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("runtime").mayOnlyBeAccessedByLayers("cli", "demo")
            .whereLayer("watch").mayOnlyBeAccessedByLayers("cli", "demo", "runtime", "web")
            .whereLayer("web").mayOnlyBeAccessedByLayers("cli")
            .whereLayer("settings").mayOnlyBeAccessedByLayers("cli", "demo", "runtime", "watch", "web")
            .whereLayer("console").mayOnlyBeAccessedByLayers("cli", "demo", "watch", "web", "logging")
            .whereLayer("trouble").mayOnlyBeAccessedByLayers("cli", "demo", "runtime", "watch", "web")
            .whereLayer("catalogue").mayOnlyBeAccessedByLayers("cli", "demo", "runtime", "watch", "web")
            .whereLayer("trust").mayOnlyBeAccessedByLayers("cli", "runtime", "settings")
            .whereLayer("files").mayOnlyBeAccessedByLayers("runtime", "watch", "catalogue")
            .whereLayer("logging").mayOnlyBeAccessedByLayers("cli");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.github.camelonedrive.backup.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_SIMULATOR_SERVES_DEMO_AND_SIMULATOR_ONLY = noClasses()
            .that().resideOutsideOfPackage("..backup.demo..").and().doNotHaveSimpleName("SimulatorCommand")
            .and().haveNameNotMatching(".*SimulatorCommand\\$.*")
            .should().dependOnClassesThat().resideInAPackage("io.github.camelonedrive.simulator..");

    @ArchTest
    static final ArchRule WATCHED_DIRECTORIES_KNOW_NO_GRAPH_REQUESTS_AND_NO_SIGN_IN = noClasses()
            .that().resideInAnyPackage("..backup.watch..", "..backup.settings..", "..backup.console..")
            .should().dependOnClassesThat().resideInAnyPackage("io.github.camelonedrive.auth..",
                    "io.github.camelonedrive.component..");
}
