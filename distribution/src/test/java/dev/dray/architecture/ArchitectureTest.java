package dev.dray.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    private static final String ROOT = "dev.dray";

    // The code base has at least this many classes today. A rule that sees nothing proves nothing.
    private static final int LEAST_CLASSES = 490;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The testkit of ports comes as a jar, which the option above cannot tell from main code.
            .withImportOption(location -> !location.contains("/dev/dray/port/testing/"))
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> keepsTheHouseRules() {
        return new HouseRules(ROOT)
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(), () -> rule.getValue().check(CLASSES)));
    }

    @Test
    void seesTheWholeCodeBase() {
        assertThat(CLASSES.size()).isGreaterThanOrEqualTo(LEAST_CLASSES);
        for (String room : new String[] {"model", "port", "spi", "domain", "adapter", "plugin", "testkit", "app"}) {
            assertThat(CLASSES.stream().filter(c -> c.getPackageName().startsWith(ROOT + "." + room)))
                    .as("classes in %s.%s", ROOT, room)
                    .isNotEmpty();
        }
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = new ArrayList<String>();
        CLASSES.stream()
                .map(javaClass -> javaClass.getPackage())
                .distinct()
                .filter(javaPackage -> javaPackage.getClasses().stream()
                        .anyMatch(c -> !c.getModifiers().contains(JavaModifier.SYNTHETIC)))
                .filter(javaPackage -> !javaPackage.isAnnotatedWith(NullMarked.class))
                .forEach(javaPackage -> unmarked.add(javaPackage.getName()));
        assertThat(unmarked).isEmpty();
    }
}
