package io.quorate.acceptance;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The arrows between the modules and between the adapters of the server. */
class ArchitectureTest {

    static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.quorate");

    @Test
    void theClassesOfEveryModuleAreLookedAt() {
        assertThat(PRODUCT)
                .extracting(JavaClass::getPackageName)
                .contains(
                        "io.quorate.api",
                        "io.quorate.client",
                        "io.quorate.core",
                        "io.quorate.server",
                        "io.quorate.simulation",
                        "io.quorate.cli");
    }

    @Test
    void apiUsesTheJdkAlone() {
        onlyUses("io.quorate.api..")
                .because("clients and servers share it, so it brings nothing along")
                .check(PRODUCT);
    }

    @Test
    void clientUsesApiAlone() {
        onlyUses("io.quorate.client..", "io.quorate.api..")
                .because("whoever takes the client takes the JDK and nothing else with it")
                .check(PRODUCT);
    }

    @Test
    void coreUsesApiAlone() {
        onlyUses("io.quorate.core..", "io.quorate.api..")
                .because("adapters in server speak to libraries; the core answers effects")
                .check(PRODUCT);
    }

    @Test
    void simulationUsesCoreAlone() {
        onlyUses("io.quorate.simulation..", "io.quorate.core..", "io.quorate.api..")
                .because("it runs the core itself; what it needs of the server belongs into the core")
                .check(PRODUCT);
    }

    @Test
    void serverKnowsNeitherItsCommandLineNorItsClientNorTheSimulation() {
        noClasses()
                .that()
                .resideInAPackage("io.quorate.server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quorate.cli..", "io.quorate.client..", "io.quorate.simulation..")
                .because("cli calls server; take what is needed as a constructor argument")
                .check(PRODUCT);
    }

    /** Everything directly in {@code io.quorate.server} and in {@code wiring} puts the adapters together. */
    @Test
    void adaptersDoNotKnowEachOther() {
        slices().matching("io.quorate.server.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage("io.quorate.server.wiring.."), alwaysTrue())
                .because("adapters meet in wiring: take a port of core as a constructor argument")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void adaptersDoNotKnowTheirWiring() {
        noClasses()
                .that(resideInAPackage("io.quorate.server.."))
                .and()
                .resideOutsideOfPackages("io.quorate.server", "io.quorate.server.wiring..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.quorate.server", "io.quorate.server.wiring.."))
                .because("wiring calls adapters: take a port of core as a constructor argument")
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    private static ArchRule onlyUses(String module, String... others) {
        String[] allowed = new String[others.length + 3];
        System.arraycopy(others, 0, allowed, 3, others.length);
        allowed[0] = module;
        allowed[1] = "java..";
        allowed[2] = "org.jspecify..";
        return classes().that().resideInAPackage(module).should().onlyDependOnClassesThat(resideInAnyPackage(allowed));
    }
}
