package dev.dray.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RequestPayload;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps what plugins are compiled against: every public signature of `dev.dray.spi` and
/// `dev.dray.model`, one a line,
/// as in `spi.txt`. A change is then a line in the diff, not an accident.
final class SpiSignaturesTest {
    private static final Set<String> RECORD_METHODS = Set.of("equals", "hashCode", "toString");

    private static final String HOW_TO_UPDATE = """
            Public signatures of dev.dray.spi and dev.dray.model differ from ports/src/test/resources/spi.txt.
            Plugins are compiled against them. If the change is meant:
              - something only added: raise Spi.MINOR;
              - anything changed or taken away that a released SPI had: raise Spi.MAJOR;
              - then copy ports/target/spi.txt (just written) over ports/src/test/resources/spi.txt
                and commit both together""";

    private static final String PROMISE = """
            A jar built against SPI 1.0 must keep working on every 1.y: nothing of ports/src/test/resources/spi-1.0.txt may
            change or go, and what plugins implement may get no method without a default. Keep the old signature beside
            the new one, give the method a default, or raise Spi.MAJOR and begin a new list""";

    // What plugins implement, and the worker calls: a new method without a default would be missing in an old jar.
    private static final Set<String> IMPLEMENTED = Set.of(
            "AnswerMapper",
            "Backend",
            "BackendPlugin",
            "BenchmarkPlan$Payloads",
            "ControlHandler",
            "HandlerOverlay",
            "Lifecycle",
            "LocalRoute",
            "PartContent",
            "Route");

    @Test
    void keepEverythingThatTheFirstVersionHad() throws IOException, URISyntaxException {
        assertThat(found()).as(PROMISE).containsAll(list("/spi-1.0.txt"));
    }

    @Test
    void askNothingNewOfOldPlugins() throws IOException, URISyntaxException {
        List<String> first = list("/spi-1.0.txt");

        assertThat(found())
                .as(PROMISE)
                .filteredOn(line -> line.contains("public abstract ") && line.startsWith(" "))
                .filteredOn(line -> IMPLEMENTED.stream()
                        .anyMatch(type -> line.contains(".spi." + type + ".") || line.contains(".model." + type + ".")))
                .isSubsetOf(first)
                .isNotEmpty();
    }

    @Test
    void arePinned() throws IOException, URISyntaxException {
        List<String> found = found();
        Path copy = Files.createDirectories(Path.of("target")).resolve("spi.txt");
        Files.write(copy, found);

        assertThat(found).as(HOW_TO_UPDATE).containsExactlyElementsOf(pinned());
    }

    @Test
    void seesMoreThanAHandfulOfThem() throws IOException {
        assertThat(pinned())
                .hasSizeGreaterThan(100)
                .anyMatch(line -> line.contains("BackendPlugin.start(dev.dray.spi.PluginContext)"));
    }

    private static List<String> found() throws IOException, URISyntaxException {
        List<String> found = new ArrayList<>(signatures(BackendPlugin.class));
        found.addAll(signatures(RequestPayload.class));
        return found;
    }

    private static List<String> pinned() throws IOException {
        return list("/spi.txt");
    }

    private static List<String> list(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(SpiSignaturesTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static List<String> signatures(Class<?> member) throws IOException, URISyntaxException {
        Path root = Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
        var types = new TreeMap<String, Class<?>>();
        try (Stream<Path> files =
                Files.list(root.resolve(member.getPackageName().replace('.', '/')))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replaceFirst("\\.class$", "");
                if (!name.equals("package-info")) {
                    Class<?> type = load(member.getPackageName() + "." + name);
                    types.put(type.getName(), type);
                }
            }
        }
        return types.values().stream()
                .filter(SpiSignaturesTest::isOpen)
                .flatMap(SpiSignaturesTest::describe)
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, SpiSignaturesTest.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new AssertionError("a class file without its class: " + name, missing);
        }
    }

    private static boolean isOpen(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && !type.isAnonymousClass() && (outer == null || isOpen(outer));
    }

    private static Stream<String> describe(Class<?> type) {
        var members = new TreeSet<String>();
        Stream.of(type.getDeclaredFields())
                .filter(SpiSignaturesTest::isOpen)
                .map(Field::toGenericString)
                .forEach(members::add);
        Stream.of(type.getDeclaredConstructors())
                .filter(SpiSignaturesTest::isOpen)
                .map(Constructor::toGenericString)
                .forEach(members::add);
        Stream.of(type.getDeclaredMethods())
                .filter(method -> isOpen(method) && !isGivenByRecord(type, method))
                .map(Method::toGenericString)
                .forEach(members::add);
        return Stream.concat(Stream.of(header(type)), members.stream().map(line -> "    " + line));
    }

    private static String header(Class<?> type) {
        var parts = new ArrayList<String>();
        parts.add(type.toGenericString());
        if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
            parts.add("extends " + type.getGenericSuperclass().getTypeName());
        }
        if (type.getInterfaces().length > 0) {
            parts.add("implements " + names(type.getInterfaces()));
        }
        if (type.isSealed()) {
            parts.add("permits " + names(type.getPermittedSubclasses()));
        }
        return String.join(" ", parts);
    }

    private static String names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getName).collect(Collectors.joining(", "));
    }

    private static boolean isOpen(Member member) {
        int modifiers = member.getModifiers();
        return !member.isSynthetic() && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
    }

    private static boolean isGivenByRecord(Class<?> type, Method method) {
        return (type.isRecord() || type.isEnum()) && RECORD_METHODS.contains(method.getName());
    }
}
