package dev.dray.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Every rule of the house under its name. Allow-lists, not deny-lists: a new package is closed until
/// someone opens the door.
///
/// The root package is a parameter, so that the same rules can be held against a tree of planted
/// violations.
final class HouseRules {
    private static final DescribedPredicate<JavaCall<?>> READ_THE_CLOCK = DescribedPredicate.describe(
            "read the wall clock of java.time",
            call -> call.getTargetOwner().getPackageName().startsWith("java.time")
                    && (call.getName().equals("now")
                            || (call.getTargetOwner().isEquivalentTo(Clock.class)
                                    && (call.getName().startsWith("system")
                                            || call.getName().startsWith("tick")))));

    // A certificate tells its end in one of these, and no other way.
    private static final DescribedPredicate<JavaCall<?>> USE_OLD_DATES = DescribedPredicate.describe(
            "use the date classes from before java.time",
            call ->
                    Set.of("java.util.Date", "java.util.Calendar", "java.util.TimeZone", "java.text.DateFormat")
                                    .stream()
                                    .anyMatch(old -> call.getTargetOwner().isAssignableTo(old))
                            && !call.getName().equals("toInstant"));

    private final String root;

    HouseRules(String root) {
        this.root = root;
    }

    private String in(String room) {
        return root + "." + room + "..";
    }

    Map<String, ArchRule> all() {
        var rules = new LinkedHashMap<String, ArchRule>();
        whoMayKnowWhom(rules);
        whatNobodyDoes(rules);
        whatTypesLookLike(rules);
        return rules;
    }

    private void whoMayKnowWhom(Map<String, ArchRule> rules) {
        rules.put(
                "ports know the JDK alone",
                classes()
                        .that()
                        .resideInAnyPackage(in("model"), in("port"), in("spi"))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("java..", in("model"), in("port"), in("spi"), "org.jspecify.annotations"));
        rules.put(
                "the domain knows ports and the plainest JDK",
                classes()
                        .that()
                        .resideInAPackage(in("domain"))
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                "java.lang..",
                                "java.util..",
                                "java.time..",
                                in("model"),
                                in("port"),
                                in("spi"),
                                in("domain"),
                                "org.jspecify.annotations"));
        rules.put(
                "the domain has no threads and starts no processes",
                noClasses()
                        .that()
                        .resideInAPackage(in("domain"))
                        .should()
                        .dependOnClassesThat()
                        .belongToAnyOf(Thread.class, Timer.class, ProcessBuilder.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(Executor.class));
        rules.put(
                "adapters do not know each other",
                slices().matching(root + ".adapter.(*)..").should().notDependOnEachOther());
        rules.put(
                "adapters know ports and nothing else of ours",
                classes()
                        .that()
                        .resideInAPackage(in("adapter"))
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(in("model"), in("port"), in("adapter"))
                                .or(not(resideInAPackage(root + "..")))));
        rules.put(
                "plugins do not know each other",
                slices().matching(root + ".plugin.(*)..").should().notDependOnEachOther());
        rules.put(
                "plugins know the SPI and nothing else of ours",
                classes()
                        .that()
                        .resideInAPackage(in("plugin"))
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(in("spi"), in("model"), in("plugin"))
                                .or(not(resideInAPackage(root + "..")))));
        rules.put(
                "the testkit knows ports, the core's front and the fakes",
                classes()
                        .that()
                        .resideInAPackage(in("testkit"))
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(
                                        in("model"),
                                        in("port"),
                                        in("spi"),
                                        in("domain.worker"),
                                        in("adapter.inmemory"),
                                        in("testkit"))
                                .or(not(resideInAPackage(root + "..")))));
        rules.put(
                "inbound ports do not know outbound ports",
                noClasses()
                        .that()
                        .resideInAPackage(in("port.inbound"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(in("port.outbound")));
        rules.put(
                "packages form no cycles",
                slices().matching(root + ".(**)").should().beFreeOfCycles());
    }

    private void whatNobodyDoes(Map<String, ArchRule> rules) {
        rules.put(
                "only the composition root reads the clock",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("app"))
                        .should()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethodWhere(READ_THE_CLOCK));
        rules.put(
                "nobody sleeps",
                noClasses()
                        .should()
                        .callMethodWhere(target(owner(assignableTo(Thread.class).or(assignableTo(TimeUnit.class))))
                                .and(target(name("sleep")))));
        rules.put(
                "only the composition root looks for services",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("app"))
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.util.ServiceLoader"));
        rules.put(
                "only the command line prints",
                noClasses().that().resideOutsideOfPackage(in("app.cli")).should(ACCESS_STANDARD_STREAMS));
        rules.put(
                "only the composition root exits or reads the environment",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("app"))
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethodWhere(
                                target(owner(assignableTo(System.class))).and(target(nameMatching("getenv")))));
        rules.put("nobody injects into fields", NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
        rules.put(
                "nobody uses the old date classes, but to leave them for java.time",
                noClasses().should().callCodeUnitWhere(USE_OLD_DATES));
        rules.put(
                "only the composition root knows java.util.logging",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("app"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.util.logging"));
        rules.put(
                "a log statement is a constant with places for its values",
                noClasses()
                        .should()
                        .callMethod(System.Logger.class, "log", System.Logger.Level.class, Supplier.class)
                        .orShould()
                        .callMethod(
                                System.Logger.class,
                                "log",
                                System.Logger.Level.class,
                                Supplier.class,
                                Throwable.class));
        rules.put("nobody throws generic exceptions", NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS);
    }

    private void whatTypesLookLike(Map<String, ArchRule> rules) {
        rules.put(
                "static fields are final",
                fields().that()
                        .areStatic()
                        .and()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(root + "..")
                        .should()
                        .beFinal());
        rules.put(
                "what the model publishes is a record, an enum or an interface",
                classes()
                        .that()
                        .resideInAPackage(in("model"))
                        .and()
                        .areTopLevelClasses()
                        .and()
                        .arePublic()
                        .and()
                        .areNotAssignableTo(Throwable.class)
                        .should()
                        .beRecords()
                        .orShould()
                        .beEnums()
                        .orShould()
                        .beInterfaces());
        rules.put(
                "plugins are final, live in .plugin and are called Plugin",
                classes()
                        .that()
                        .implement(root + ".spi.BackendPlugin")
                        .should()
                        .resideInAPackage(in("plugin"))
                        .andShould()
                        .haveModifier(JavaModifier.FINAL)
                        .andShould()
                        .haveSimpleNameEndingWith("Plugin"));
    }
}
