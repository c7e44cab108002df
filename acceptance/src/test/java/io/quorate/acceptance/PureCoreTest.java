package io.quorate.acceptance;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What keeps the core pure, so that the same input gives the same run every time: each ban names what to do instead. */
class PureCoreTest {

    /** Classes that may build a hash table: they only look keys up, or sort what they iterated over. */
    private static final Set<String> LOOK_UP_ONLY = Set.of(
            "io.quorate.core.replica.Batch",
            "io.quorate.core.replica.Checkpoint",
            "io.quorate.core.replica.Comparison",
            "io.quorate.core.replica.Layer",
            "io.quorate.core.replica.OrderDesk",
            "io.quorate.core.replica.Reads",
            "io.quorate.core.replica.Replica",
            "io.quorate.core.replica.Tail");

    /** In the one-entry form of a factory there is no order to differ. */
    private static final int PARAMETERS_OF_ONE_ENTRY_MAP = 2;

    private static final int PARAMETERS_OF_ONE_ELEMENT_SET = 1;

    @Test
    void timeIsAnArgument() {
        check(core().should()
                .dependOnClassesThat(named("java.time.Clock", "java.time.InstantSource"))
                .orShould()
                .accessTargetWhere(member("java.time.", "now"))
                .orShould()
                .accessTargetWhere(member("java.lang.System", "currentTimeMillis", "nanoTime"))
                .because("time is an argument: take nowMillis from the input"));
    }

    @Test
    void nothingRunsBesideTheOwner() {
        check(core().should()
                .dependOnClassesThat(resideInAnyPackage("java.util.concurrent..")
                        .and(DescribedPredicate.not(named("java.util.concurrent.TimeUnit"))))
                .orShould()
                .dependOnClassesThat(named("java.lang.Thread", "java.lang.ThreadLocal", "java.util.Timer"))
                .orShould()
                .accessTargetWhere(member("java.util.", "parallel", "parallelStream"))
                .because("one owner drives the core: answer an effect, and an adapter in server runs it"));
    }

    @Test
    void nothingIsLocked() {
        check(noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.quorate.core..")
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .because("one owner drives the core, so there is nothing to lock"));
    }

    @Test
    void chanceIsAnArgument() {
        check(core().should()
                .dependOnClassesThat(resideInAnyPackage("java.util.random.."))
                .orShould()
                .dependOnClassesThat(named("java.util.Random", "java.util.SplittableRandom"))
                .orShould()
                .dependOnClassesThat(named("java.security.SecureRandom"))
                .orShould()
                .accessTargetWhere(member("java.lang.Math", "random"))
                .orShould()
                .accessTargetWhere(member("java.util.UUID", "randomUUID"))
                .orShould()
                .accessTargetWhere(member("java.util.Collections", "shuffle"))
                .orShould()
                .accessTargetWhere(member("java.lang.System", "identityHashCode"))
                .because("chance is an argument: take the number or the identity from the input"));
    }

    @Test
    void nothingIsReadOrWritten() {
        check(core().should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.io..", "java.net..", "java.nio.file..", "java.nio.channels..", "javax.net.."))
                .because("the core does no I/O: answer an effect, and an adapter in server does it"));
    }

    @Test
    void nothingIsLogged() {
        check(core().should()
                .dependOnClassesThat(resideInAnyPackage("org.slf4j..", "java.util.logging.."))
                .orShould()
                .accessTargetWhere(member("java.lang.System", "getLogger"))
                .because("the core does not log: put what happened into the result, and the caller logs it"));
    }

    @Test
    void settingsAreArguments() {
        check(core().should()
                .accessTargetWhere(member("java.lang.System", "getenv", "getProperty", "getProperties"))
                .orShould()
                .dependOnClassesThat(named("java.lang.Runtime", "java.lang.ProcessHandle"))
                .because("settings are constructor arguments: config in server reads them"));
    }

    @Test
    void everyOrderIsTheSameInEveryRun() {
        check(core().should()
                .accessTargetWhere(BUILDS_A_HASH_TABLE)
                .because("its order differs between runs: use a LinkedHashMap, TreeMap, LinkedHashSet or TreeSet,"
                        + " or put the class into LOOK_UP_ONLY if it never iterates"));
    }

    @Test
    void noOrderIsSalted() {
        check(core().should()
                .accessTargetWhere(BUILDS_A_SALTED_COLLECTION)
                .because("its order is salted anew in every run: use List.copyOf, or Collections.unmodifiable… around"
                        + " a LinkedHashMap, TreeMap, LinkedHashSet or TreeSet, or collect into one of them"));
    }

    private static final DescribedPredicate<JavaAccess<?>> BUILDS_A_HASH_TABLE = access(
            "builds a hash table",
            access -> access.getTarget().getName().equals("<init>")
                    && List.of(HashMap.class, HashSet.class, IdentityHashMap.class, WeakHashMap.class).stream()
                            .anyMatch(access.getTargetOwner()::isEquivalentTo)
                    && !LOOK_UP_ONLY.contains(outermost(access.getOriginOwner()).getName()));

    private static final DescribedPredicate<JavaAccess<?>> BUILDS_A_SALTED_COLLECTION = access(
            "builds an immutable collection whose order is salted, or a hash table in a collector",
            access -> isSalted(access)
                    && !LOOK_UP_ONLY.contains(outermost(access.getOriginOwner()).getName()));

    private static boolean isSalted(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
            return false;
        }
        String name = target.getName();
        int parameters = target.getRawParameterTypes().size();
        JavaClass owner = target.getOwner();
        if (owner.isEquivalentTo(Map.class)) {
            return List.of("copyOf", "ofEntries").contains(name)
                    || (name.equals("of") && parameters > PARAMETERS_OF_ONE_ENTRY_MAP);
        }
        if (owner.isEquivalentTo(Set.class)) {
            return name.equals("copyOf") || (name.equals("of") && takesManyElements(target));
        }
        return owner.isEquivalentTo(Collectors.class) && collectsIntoHashTable(name, parameters);
    }

    /** The array of {@code Set.of(array)} is one parameter, and any number of elements. */
    private static boolean takesManyElements(CodeUnitAccessTarget factory) {
        List<JavaClass> parameters = factory.getRawParameterTypes();
        return parameters.size() > PARAMETERS_OF_ONE_ELEMENT_SET
                || parameters.stream().anyMatch(JavaClass::isArray);
    }

    /** The longest form of each collector takes the map to fill; the shorter ones fill a hash map. */
    private static boolean collectsIntoHashTable(String name, int parameters) {
        return switch (name) {
            case "toSet", "toUnmodifiableSet", "toUnmodifiableMap" -> true;
            case "toMap" -> parameters < 4;
            case "groupingBy" -> parameters < 3;
            default -> false;
        };
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static GivenClassesConjunction core() {
        return noClasses().that().resideInAPackage("io.quorate.core..");
    }

    private static void check(ArchRule rule) {
        rule.check(ArchitectureTest.PRODUCT);
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        return DescribedPredicate.describe(
                "are " + String.join(", ", names), type -> Arrays.asList(names).contains(type.getName()));
    }

    /** An access to a member with one of the names, of a class whose full name begins with the owner's. */
    private static DescribedPredicate<JavaAccess<?>> member(String owner, String... names) {
        return access(
                "is " + owner + "." + String.join("/", names),
                access -> access.getTargetOwner().getName().startsWith(owner)
                        && Arrays.asList(names).contains(access.getTarget().getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> access(String description, Predicate<JavaAccess<?>> test) {
        return DescribedPredicate.describe(description, test);
    }
}
