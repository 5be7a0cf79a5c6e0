package io.github.camelonedrive.backup;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** The simulator's packages and which of them may use which. */
@AnalyzeClasses(packages = "io.github.camelonedrive.simulator", importOptions = ImportOption.DoNotIncludeTests.class)
class SimulatorArrowsTest {

    @ArchTest
    static final ArchRule ARROWS_RUN_ONE_WAY = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("http").definedBy("..internal.http..")
            .layer("drive").definedBy("..internal.drive..")
            .layer("identity").definedBy("..internal.identity..")
            .layer("graph").definedBy("..internal.graph..")
            .layer("fault").definedBy("..internal.fault..")
            .whereLayer("fault").mayNotBeAccessedByAnyLayer()
            .whereLayer("graph").mayNotBeAccessedByAnyLayer()
            .whereLayer("identity").mayOnlyBeAccessedByLayers("graph", "fault")
            .whereLayer("drive").mayOnlyBeAccessedByLayers("identity", "graph", "fault");

    @ArchTest
    static final ArchRule INTERNAL_TYPES_KNOW_ONLY_VALUES_OF_THE_API = noClasses().that().resideInAPackage("..internal..")
            .should().dependOnClassesThat()
            .haveNameMatching("io\\.github\\.camelonedrive\\.simulator\\.(OneDriveSimulator.*|Fault)");
}
