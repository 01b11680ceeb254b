package dev.dray.app.plugin;

import dev.dray.app.config.Config;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.model.Bytes;
import dev.dray.spi.BenchmarkPlan;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Names what a benchmark result holds for: another backend, model, plan or machine has another key.
final class BenchmarkKey {
    // What the platform's images start the engines with.
    private static final List<String> ENGINE_ARGUMENTS = List.of("VLLM_ARGS", "SGLANG_ARGS", "LLAMA_ARGS");

    private BenchmarkKey() {}

    static String of(PluginEntry plugin, ModelLocation model, List<RoutePlan> routes, Config config, Lending lending) {
        var bytes = new ByteArrayOutputStream();
        // Each text is written with its length, so that no two lists of texts give the same bytes.
        try (var out = new DataOutputStream(bytes)) {
            writeText(out, plugin.id());
            writeText(out, plugin.version());
            for (ModelLocation.Server server : model.servers()) {
                writeText(out, server.url().toString());
            }
            writeText(out, model.name().orElse(""));
            for (String name : ENGINE_ARGUMENTS) {
                writeText(out, lending.environment().getOrDefault(name, ""));
            }
            for (ModelLocation.Server server : model.servers()) {
                for (String argument : server.command()) {
                    writeText(out, argument);
                }
            }
            for (String card : lending.graphicsCards()) {
                writeText(out, card);
            }
            writePlan(out, routes);
            for (Bytes payload : dataset(config)) {
                out.writeInt(payload.length());
                payload.writeTo(out);
            }
            out.writeLong(config.platform()
                    .map(platform -> platform.containerId().orElse(-1))
                    .orElse(-1L));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return sha256(bytes.toByteArray());
    }

    private static void writePlan(DataOutputStream out, List<RoutePlan> routes) throws IOException {
        for (RoutePlan route : routes) {
            if (route.benchmark().isPresent()) {
                BenchmarkPlan plan = route.benchmark().get();
                writeText(out, route.path());
                writeText(out, route.concurrency().toString());
                out.writeInt(plan.runs());
                out.writeInt(plan.concurrency());
                out.writeBoolean(plan.warmup());
            }
        }
    }

    private static List<Bytes> dataset(Config config) {
        return config.handlers().stream()
                .map(Config.Handler::benchmark)
                .flatMap(Optional::stream)
                .flatMap(benchmark -> benchmark.dataset().stream())
                .toList();
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        Bytes utf8 = Bytes.utf8(text);
        out.writeInt(utf8.length());
        utf8.writeTo(out);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
