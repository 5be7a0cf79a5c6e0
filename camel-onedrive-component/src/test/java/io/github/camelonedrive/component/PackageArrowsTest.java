package io.github.camelonedrive.component;

import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The packages' arrows: component → upload → graph → auth → credentials → files, with download beside upload, and with
 * transport and hash as leaves.
 */
@AnalyzeClasses(packages = "io.github.camelonedrive", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageArrowsTest {

    private static final String BASE = "io.github.camelonedrive";

    @ArchTest
    static final ArchRule VOCABULARY_USES_NOTHING = only("", List.of());

    @ArchTest
    static final ArchRule TRANSPORT_IS_A_LEAF = only(".transport", List.of(""));

    @ArchTest
    static final ArchRule HASH_IS_A_LEAF = only(".hash", List.of());

    @ArchTest
    static final ArchRule FILES_USE_THE_CLOCK = only(".files", List.of(".transport"));

    @ArchTest
    static final ArchRule CREDENTIALS_IS_AT_THE_END = only(".credentials", List.of("", ".files"));

    @ArchTest
    static final ArchRule AUTH_USES_CREDENTIALS = only(".auth", List.of("", ".transport", ".credentials"));

    @ArchTest
    static final ArchRule GRAPH_USES_AUTH = only(".graph", List.of("", ".transport", ".credentials", ".auth"));

    @ArchTest
    static final ArchRule UPLOAD_USES_GRAPH =
            only(".upload", List.of("", ".transport", ".hash", ".credentials", ".auth", ".graph"));

    @ArchTest
    static final ArchRule DOWNLOAD_USES_GRAPH = only(".download",
            List.of("", ".transport", ".hash", ".files", ".credentials", ".graph"));

    @ArchTest
    static final ArchRule FEED_USES_GRAPH = only(".feed",
            List.of("", ".transport", ".files", ".credentials", ".graph"));

    /** Nothing in {@code upload} uses it, says the rule above: the engine knows the interface only. */
    @ArchTest
    static final ArchRule JOURNAL_USES_UPLOAD =
            only(".upload.journal",
                    List.of("", ".transport", ".hash", ".files", ".credentials", ".graph", ".upload"));

    @ArchTest
    static final ArchRule COMPONENT_USES_ALL_OF_THEM = only(".component", List.of("", ".transport", ".hash", ".files",
            ".credentials", ".auth", ".graph", ".upload", ".upload.journal", ".download", ".feed"));

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(BASE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_COMPONENT_KNOWS_CAMEL = noClasses().that().resideOutsideOfPackage(BASE + ".component")
            .and(ours()).should().dependOnClassesThat().resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule CREDENTIALS_KNOW_NO_HTTP = noClasses().that().resideInAPackage(BASE + ".credentials")
            .should().dependOnClassesThat()
            .resideInAnyPackage("org.apache.hc..", "java.net.http..", "com.nimbusds..", "com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule TRANSPORT_KNOWS_NO_LIBRARY = noClasses().that().resideInAPackage(BASE + ".transport")
            .should().dependOnClassesThat(not(resideInAnyPackage("java..", "javax.net.ssl..", BASE, BASE + ".transport")));

    @ArchTest
    static final ArchRule NOTHING_USES_THE_SIMULATOR = noClasses().that().resideOutsideOfPackage(BASE + ".simulator..")
            .should().dependOnClassesThat().resideInAPackage(BASE + ".simulator..");

    @ArchTest
    static final ArchRule NOTHING_WRITES_TO_STANDARD_OUTPUT = noClasses().that(ours())
            .should().accessField(System.class, "out").orShould().accessField(System.class, "err")
            .orShould().callMethod(Throwable.class, "printStackTrace");

    /** Classes of one package use, of ours, themselves and these packages only. */
    private static ArchRule only(String name, List<String> allowed) {
        DescribedPredicate<JavaClass> foreign = resideInAPackage(BASE + "..").and(not(resideInAPackage(BASE + name)));
        for (String other : allowed) {
            foreign = foreign.and(not(resideInAPackage(BASE + other)));
        }
        return noClasses().that().resideInAPackage(BASE + name).should().dependOnClassesThat(foreign);
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(BASE + "..").and(not(resideInAPackage(BASE + ".simulator..")));
    }
}
