package dev.dray.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Shows that every house rule can turn red: each is held against a small tree in which somebody broke it.
class PlantedViolationsTest {
    private static final String ROOT = "dev.dray.architecture.planted";
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(ROOT);

    // No injection library is on the class path, so nothing can be planted for it.
    private static final Set<String> CANNOT_BE_PLANTED = Set.of("nobody injects into fields");

    @TestFactory
    Stream<DynamicTest> turnsRedOnAPlantedViolation() {
        return new HouseRules(ROOT)
                .all().entrySet().stream()
                        .filter(rule -> !CANNOT_BE_PLANTED.contains(rule.getKey()))
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(),
                                () -> assertThatThrownBy(() -> rule.getValue().check(PLANTED))
                                        .isInstanceOf(AssertionError.class)
                                        .hasMessageContaining(ROOT)));
    }
}
