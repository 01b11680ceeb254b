package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plugins that misbehave, and plugins that would not get on with each other: the worker lives on, and
/// says who it was.
class PluginIsolationIT {
    @SuppressWarnings("NullAway.Init") // set before each test
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Path plugins;

    @BeforeEach
    void makeFolder() {
        plugins = folder.resolve("plugins");
    }

    private World world(String backend) throws Exception {
        return new World(folder.resolve(backend)).set("backend", backend).variable("DRAY_PLUGINS", plugins.toString());
    }

    private World unruly() throws Exception {
        new CompiledPlugin()
                .source("unruly.Plugin", UnrulyPlugin.UNRULY)
                .service("unruly.Plugin")
                .write(plugins.resolve("unruly.jar"));
        return world("unruly");
    }

    @Test
    void runsTwoPluginsWithClashingVersionsOfALibrary() throws Exception {
        String first = "package shared; public class Library { public static String version() { return \"v1\"; }"
                + " public static String old() { return \"the old way\"; } }";
        String second = "package shared; public class Library { public static String version() { return \"v2\"; }"
                + " public static String fresh(int times) { return \"new\".repeat(times); } }";
        new CompiledPlugin()
                .source("shared.Library", first)
                .source("one.Plugin", UnrulyPlugin.LIBRARY_USER.formatted("one", "old()"))
                .service("one.Plugin")
                .write(plugins.resolve("one.jar"));
        Path library = new CompiledPlugin()
                .source("shared.Library", second)
                .write(plugins.resolve("two").resolve("library.jar"));
        new CompiledPlugin()
                .source("two.Plugin", UnrulyPlugin.LIBRARY_USER.formatted("two", "fresh(2)"))
                .service("two.Plugin")
                .against(library)
                .write(plugins.resolve("two").resolve("two.jar"));

        try (RunningProgram list = RunningProgram.start(Map.of("DRAY_PLUGINS", plugins.toString()), "plugins")) {
            assertThat(list.awaitExit()).isZero();
            assertThat(list.output().lines())
                    .anyMatch(line -> line.startsWith("one ") && line.endsWith("/v1"))
                    .anyMatch(line -> line.startsWith("two ") && line.endsWith("/v2"));
        }
        try (World one = world("one").ready()) {
            assertThat(one.post("/v1", one.signed("{}")).text()).isEqualTo("{\"result\": \"the old way\"}");
        }
        try (World two = world("two").ready()) {
            assertThat(two.post("/v2", two.signed("{}")).text()).isEqualTo("{\"result\": \"newnew\"}");
        }
    }

    @Test
    void answersForAPluginThatLoopsAndEndsAfterTheFifthThreadItTook() throws Exception {
        try (World world = unruly().set("plugins.time-limit", "500ms").ready()) {
            int idx = world.nextIdx();
            try (RawClient stuck = world.client()) {
                stuck.post("/spin-check", world.signed(idx, "{}"));
                assertThat(world.post("/plain", world.signed("{}")).status()).isEqualTo(200);

                assertWrittenOff(stuck.answer(), "check");
            }
            assertThat(world.awaitOutcome(idx).path("status").asText()).isEqualTo("Error");
            world.worker().awaitLine("plugin call written off plugin=unruly method=check route=/spin-check number=1");
            assertThat(world.worker().output()).contains("unruly.Plugin.spin");
            assertThat(World.get(world.adminPort(), "/metrics").text()).contains("dray_plugin_write_offs_total 1");

            // More at once than there are carrier threads left, on two cores.
            try (RawClient workload = world.client();
                    RawClient check = world.client();
                    RawClient request = world.client()) {
                workload.post("/spin-workload", world.signed("{}"));
                check.post("/spin-check", world.signed("{}"));
                request.post("/spin-request", world.signed("{}"));
                assertWrittenOff(workload.answer(), "workload");
                assertWrittenOff(check.answer(), "check");
                assertWrittenOff(request.answer(), "request");
            }
            // Its lane is free again.
            assertThat(world.post("/spin-request", world.signed("{\"well\": \"yes\"}"))
                            .status())
                    .isEqualTo(200);
            assertThat(World.get(world.adminPort(), "/readyz").status()).isEqualTo(200);

            assertWrittenOff(world.post("/spin-check", world.signed("{}")), "check");

            world.worker().awaitLine("to=failed");
            assertThat(world.worker().awaitExit()).isEqualTo(1);
            world.worker().awaitLine("readiness from=draining to=stopped");
            world.awaitReport(
                    "the plugin's name",
                    report ->
                            report.path("error_msg").asText().contains("plugin 'unruly' did not return from 5 calls"));
        }
    }

    private static void assertWrittenOff(Answer answer, String method) {
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.header("X-Dray-Error-Source")).hasValue("plugin");
        assertThat(answer.text()).contains("'unruly'", method + " for /spin-" + method);
    }

    @Test
    void endsAlsoWhereAPluginLeavesThreadsAndHooksAndDoesNotClose() throws Exception {
        try (World world = unruly().variable("UNRULY", "thread close hook").ready()) {
            world.worker().terminate();

            assertThat(world.worker().awaitExit()).isZero();
            world.worker()
                    .awaitLine(
                            "plugin failed to close plugin=unruly cause=\"close did not return within 5 s; it is at");
            world.worker().awaitLine("plugin left a thread behind plugin=unruly threads=2 name=left-behind");
        }
    }

    @Test
    void hearsAStopWhileAPluginStarts() throws Exception {
        try (World world = unruly().variable("UNRULY", "start")) {
            RunningProgram worker = world.start();
            worker.awaitLine("unruly start");
            worker.terminate();

            assertThat(worker.awaitExit()).isZero();
        }
    }

    @Test
    void refusesAPluginForAnotherVersionByNameAndRunsTheOthers() throws Exception {
        new CompiledPlugin()
                .source("later.Plugin", UnrulyPlugin.UNRULY.replace("unruly", "later"))
                .service("later.Plugin")
                .builtFor("2.0")
                .write(plugins.resolve("later.jar"));
        try (World world = unruly().ready()) {
            assertThat(world.post("/plain", world.signed("{}")).status()).isEqualTo(200);
        }
        try (World world = world("later")) {
            RunningProgram worker = world.start();

            assertThat(worker.awaitExit()).isEqualTo(2);
            assertThat(worker.output())
                    .contains("plugin 'later' not found", "refused: later.jar: found Spi-Version '2.0'");
        }
    }
}
