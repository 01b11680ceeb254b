package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.app.plugin.PluginCatalog.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginCatalogTest {
    private static final Lending LENDING =
            new Lending(Map.of(), List.of(), new SplittableRandom(1), () -> Instant.EPOCH);

    @TempDir
    Path directory;

    private Path shipped;
    private Path own;

    @BeforeEach
    void makeDirectories() throws IOException {
        shipped = Files.createDirectory(directory.resolve("shipped"));
        own = Files.createDirectory(directory.resolve("own"));
    }

    @Test
    void findsAPluginByIdAndAlias() throws IOException {
        new PluginJar()
                .plugin("some.Plugin", "tgi", "public Set<String> aliases() { return Set.of(\"text_gen\"); }")
                .write(shipped, "tgi.jar");

        PluginCatalog catalog = scan();

        PluginEntry entry = catalog.entry("tgi").orElseThrow();
        assertThat(entry.version()).isEqualTo("2.5");
        assertThat(entry.jar()).isEqualTo(shipped.resolve("tgi.jar"));
        assertThat(entry.shipped()).isTrue();
        assertThat(catalog.entry("text_gen")).contains(entry);
        assertThat(catalog.refused()).isEmpty();
        assertThat(PluginDescription.of(entry, LENDING)).isEqualTo(new PluginDescription(List.of("/tgi"), List.of()));
    }

    @Test
    void oneJarMayHoldSeveralPluginsAndAFolderSeveralJars() throws IOException {
        Path folder = Files.createDirectory(shipped.resolve("family"));
        new PluginJar()
                .source(
                        "lib.Word",
                        "package lib; public final class Word { public static String it() { return \"b\"; } }")
                .write(folder, "library.jar");
        new PluginJar()
                .plugin("some.First", "a", "")
                .plugin("some.Second", "b", """
                    public Backend start(PluginContext context) {
                        try {
                            Object word = Class.forName("lib.Word").getMethod("it").invoke(null);
                            return backend("/" + word, Optional.empty());
                        } catch (ReflectiveOperationException missing) {
                            throw new IllegalStateException(missing);
                        }
                    }
                    """)
                .write(folder, "main.jar");

        PluginCatalog catalog = scan();

        assertThat(catalog.entries()).extracting(PluginEntry::id).containsExactly("a", "b");
        assertThat(PluginDescription.of(catalog.entry("b").orElseThrow(), LENDING)
                        .routes())
                .containsExactly("/b");
    }

    @Test
    void unknownIdSaysWhatThereIsAndWhatWasRefused() throws IOException {
        PluginJar.of("tgi").write(shipped, "tgi.jar");
        Files.writeString(shipped.resolve("torn.jar"), "no zip");

        assertThat(scan().find("vlm"))
                .isInstanceOfSatisfying(
                        Lookup.Missing.class,
                        missing -> assertThat(missing.message())
                                .startsWith(
                                        "plugin 'vlm' not found; available: tgi; set 'backend', $BACKEND or --backend")
                                .contains("\n  refused: torn.jar: found a broken jar ("));
    }

    @Test
    void refusesWhatCannotBeLoadedByName() throws IOException {
        PluginJar.of("a").without("Spi-Version").write(own, "a.jar");
        PluginJar.of("b").with("Spi-Version", "2.0").write(own, "b.jar");
        PluginJar.of("c").with("Spi-Version", "1.99").write(own, "c.jar");
        PluginJar.of("d").with("Spi-Version", "one").write(own, "d.jar");
        PluginJar.of("E").write(own, "e.jar");
        new PluginJar().write(own, "f.jar");
        new PluginJar().service("some.Missing").write(own, "g.jar");
        new PluginJar()
                .plugin("some.Plugin", "h", "public Plugin() { throw new IllegalStateException(\"no luck\"); }")
                .write(own, "h.jar");
        Files.write(own.resolve("i.jar"), new byte[0]);
        new PluginJar()
                .source("some.Plugin", "package some; public final class Plugin {}")
                .service("some.Plugin")
                .write(own, "j.jar");
        PluginJar.of("k").with("Spi-Version", "0.9").write(own, "k.jar");

        PluginCatalog catalog = scan();

        assertThat(catalog.entries()).isEmpty();
        assertRefused(catalog, "a.jar", "found no Spi-Version; expected Spi-Version 1.0 to 1.0 in its manifest");
        assertRefused(catalog, "b.jar", "found Spi-Version '2.0'; expected", "get a newer dray");
        assertRefused(catalog, "c.jar", "found Spi-Version '1.99'");
        assertRefused(catalog, "d.jar", "found Spi-Version 'one'");
        assertRefused(catalog, "e.jar", "some.Plugin in e.jar: found id 'E'; expected [a-z][a-z0-9-]*");
        assertRefused(catalog, "f.jar", "found no META-INF/services/dev.dray.spi.BackendPlugin");
        assertRefused(catalog, "g.jar", "some.Missing not found");
        assertRefused(catalog, "h.jar", "IllegalStateException: no luck");
        assertRefused(catalog, "i.jar", "found a broken jar (zip file is empty)");
        assertRefused(catalog, "j.jar", "not a subtype");
        assertRefused(catalog, "k.jar", "get a newer plugin");
        assertThat(catalog.refused()).hasSize(11);
    }

    @Test
    void oneBrokenPluginOfAJarLeavesTheOthers() throws IOException {
        new PluginJar()
                .service("some.Missing")
                .plugin("some.Plugin", "tgi", "")
                .plugin("some.Other", "x", "static { if (true) { throw new IllegalStateException(\"at once\"); } }")
                .write(own, "mixed.jar");

        PluginCatalog catalog = scan();

        assertThat(catalog.entries()).extracting(PluginEntry::id).containsExactly("tgi");
        assertThat(catalog.refused()).hasSize(2);
        assertThat(catalog.refused().getLast().text()).contains("at once");
    }

    @Test
    void refusesAnIdThatStandsTwiceInOneDirectoryAndNamesBothJars() throws IOException {
        PluginJar.of("tgi").write(own, "one.jar");
        PluginJar.of("tgi").write(own, "two.jar");
        PluginJar.of("vllm").write(own, "vllm.jar");

        PluginCatalog catalog = scan();

        assertThat(catalog.entries()).extracting(PluginEntry::id).containsExactly("vllm");
        assertThat(catalog.refused())
                .hasSize(2)
                .allSatisfy(refused -> assertThat(refused.reason())
                        .contains(own.resolve("one.jar") + " and " + own.resolve("two.jar")));
    }

    @Test
    void aUsersDirectoryWinsOverTheShippedOneWithAWarning() throws IOException {
        PluginJar.of("tgi").write(own, "mine.jar");
        PluginJar.of("tgi").write(shipped, "theirs.jar");

        PluginCatalog catalog = scan();

        assertThat(catalog.entry("tgi").orElseThrow().jar()).isEqualTo(own.resolve("mine.jar"));
        assertThat(catalog.warnings())
                .singleElement()
                .asString()
                .contains("mine.jar")
                .contains("theirs.jar");
    }

    @Test
    void aUsersDirectoryThatIsNotThereIsTold() {
        PluginCatalog catalog = PluginCatalog.scan(List.of(directory.resolve("nowhere")), shipped);

        assertThat(catalog.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.text()).contains("nowhere"));
        assertThat(PluginCatalog.scan(List.of(), directory.resolve("nowhere")).refused())
                .isEmpty();
    }

    @Test
    void aPluginSeesItsOwnCopyOfALibraryAndNothingOfTheWorker() throws IOException {
        String copy = "package com.fasterxml.jackson.core;"
                + " public final class JsonFactory { public String toString() { return \"mine\"; } }";
        new PluginJar()
                .source("com.fasterxml.jackson.core.JsonFactory", copy)
                .source("dev.dray.spi.Spi", "package dev.dray.spi; public interface Spi { int MAJOR = 7; }")
                .plugin("some.Plugin", "nosy", """
                    public Backend start(PluginContext context) {
                        context.problem("own", new com.fasterxml.jackson.core.JsonFactory().toString());
                        look(context, "dev.dray.app.plugin.PluginCatalog");
                        look(context, "dev.dray.domain.worker.WorkerPlan");
                        look(context, "com.fasterxml.jackson.databind.ObjectMapper");
                        look(context, "java.sql.Connection");
                        look(context, "dev.dray.spi.Spi");
                        ClassLoader loader = Thread.currentThread().getContextClassLoader();
                        context.problem("context loader", String.valueOf(loader == getClass().getClassLoader()));
                        return null;
                    }
                    static void look(PluginContext context, String name) {
                        try {
                            ClassLoader of = Class.forName(name).getClassLoader();
                            boolean own = of == Plugin.class.getClassLoader();
                            context.problem(name, own ? "mine" : "the worker's or the JDK's");
                        } catch (ClassNotFoundException missing) {
                            context.problem(name, "not seen");
                        }
                    }
                    """)
                .write(own, "nosy.jar");
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        PluginDescription description =
                PluginDescription.of(scan().entry("nosy").orElseThrow(), LENDING);

        assertThat(description.problems())
                .containsExactly(
                        "plugin nosy: 'own': mine",
                        "plugin nosy: 'dev.dray.app.plugin.PluginCatalog': not seen",
                        "plugin nosy: 'dev.dray.domain.worker.WorkerPlan': not seen",
                        "plugin nosy: 'com.fasterxml.jackson.databind.ObjectMapper': not seen",
                        "plugin nosy: 'java.sql.Connection': the worker's or the JDK's",
                        "plugin nosy: 'dev.dray.spi.Spi': the worker's or the JDK's",
                        "plugin nosy: 'context loader': true");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void whateverAPluginThrowsIsToldWithItsName() throws IOException {
        List<String> faults = List.of(
                "throw new StackOverflowError();",
                "throw new OutOfMemoryError(\"all mine\");",
                "throw new NoClassDefFoundError(\"old/Name\");",
                "throw new AssertionError();",
                "return null;");
        for (int i = 0; i < faults.size(); i++) {
            String body = "public Backend start(PluginContext context) { " + faults.get(i) + " }";
            new PluginJar().plugin("some.Plugin", "p" + i, body).write(own, "p" + i + ".jar");
        }

        PluginCatalog catalog = scan();

        assertThat(catalog.entries())
                .hasSize(faults.size())
                .allSatisfy(
                        entry -> assertThat(PluginDescription.of(entry, LENDING).problems())
                                .singleElement()
                                .asString()
                                .startsWith("plugin " + entry.id() + ": failed to start: "));
    }

    private PluginCatalog scan() {
        return PluginCatalog.scan(List.of(own), shipped);
    }

    private static void assertRefused(PluginCatalog catalog, String jar, String... parts) {
        assertThat(catalog.refused())
                .filteredOn(refused -> refused.path().endsWith(jar))
                .singleElement()
                .satisfies(refused -> assertThat(refused.text()).contains(parts));
    }
}
