package dev.dray.packaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Jars with class files of Java 5, which no start-up cache takes: it wants them verified by stack maps, and those came
/// with Java 6. Loaded and verified one by one they are a third of a start.
///
/// Their code stays as it is; what is added are the maps, and a file that says so.
final class OldClasses {
    static final String NOTICE = "Changed by dray: class files of Java 5 bear the version of Java 6 and stack maps, so"
            + " that the start-up cache takes them. The code is the same.";

    private static final int MAPS_SINCE = ClassFile.JAVA_6_VERSION;
    private static final int VERSION_AT = 6;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

    private OldClasses(Path jar) throws IOException {
        try (InputStream in = Files.newInputStream(jar);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), entry);
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
    }

    /// Raises them in all jars of a folder.
    ///
    /// @return the jars that are new
    static List<Path> raise(Path folder) throws IOException {
        var raised = new ArrayList<Path>();
        try (Stream<Path> jars = Files.list(folder)) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                var read = new OldClasses(jar);
                if (read.files.entrySet().stream().anyMatch(OldClasses::isOld)) {
                    read.writeTo(jar);
                    raised.add(jar);
                }
            }
        }
        return raised;
    }

    private static boolean isOld(Map.Entry<String, byte[]> file) {
        byte[] bytes = file.getValue();
        return file.getKey().endsWith(".class")
                && ((bytes[VERSION_AT] & 0xff) << 8 | bytes[VERSION_AT + 1] & 0xff) < MAPS_SINCE;
    }

    private void writeTo(Path jar) throws IOException {
        ClassFile raising = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(types()));
        Path whole = jar.resolveSibling("raised.tmp");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(whole))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                byte[] bytes = isOld(file) ? raised(raising, file) : file.getValue();
                put(zip, file.getKey(), bytes);
            }
            put(zip, "META-INF/CHANGES-BY-DRAY.txt", (NOTICE + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Files.move(whole, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    // Each with the time it had, a new one with that of the first: the same jar whenever it is made.
    private void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        ZipEntry old = entries.getOrDefault(name, entries.values().iterator().next());
        entry.setTime(old.getTime());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private static byte[] raised(ClassFile raising, Map.Entry<String, byte[]> file) {
        // Without a transform of the bodies they would be copied, and get no maps.
        ClassTransform transform = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                .andThen((built, element) ->
                        built.with(element instanceof ClassFileVersion ? ClassFileVersion.of(MAPS_SINCE, 0) : element));
        byte[] raised = raising.transformClass(raising.parse(file.getValue()), transform);
        List<VerifyError> errors = raising.verify(raised);
        if (!errors.isEmpty()) {
            throw new IllegalStateException(file.getKey() + " cannot be raised to Java 6", errors.getFirst());
        }
        return raised;
    }

    private ClassHierarchyResolver types() {
        return ClassHierarchyResolver.ofResourceParsing(type -> {
                    String descriptor = type.descriptorString();
                    byte[] bytes = files.get(descriptor.substring(1, descriptor.length() - 1) + ".class");
                    return bytes == null ? null : new ByteArrayInputStream(bytes);
                })
                .orElse(ClassHierarchyResolver.defaultResolver());
    }
}
