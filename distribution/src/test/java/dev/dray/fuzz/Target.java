package dev.dray.fuzz;

import dev.dray.adapter.controlplanevast.EnvelopeFuzz;
import dev.dray.adapter.httpserver.RequestChunksFuzz;
import dev.dray.adapter.logsources.LinesFuzz;
import dev.dray.adapter.modelclient.ChunksFuzz;
import dev.dray.adapter.modelclient.FormFuzz;
import dev.dray.adapter.modelclient.HeadFuzz;
import dev.dray.adapter.telemetry.TokenFuzz;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What is fuzzed: a class with `fuzzerTestOneInput(byte[])`, as Jazzer wants it, and the code whose branches guide it.
enum Target {
    /// Every request's body, before anything is known of its client.
    JSON(JsonFuzz.class, "dev.dray.model.**"),
    ENVELOPE(EnvelopeFuzz.class, "dev.dray.model.**:dev.dray.adapter.controlplanevast.**"),
    /// The framing of a client's request.
    REQUEST_CHUNKS(RequestChunksFuzz.class, "dev.dray.adapter.httpserver.**"),
    /// The model server's answers.
    CHUNKS(ChunksFuzz.class, "dev.dray.adapter.modelclient.**"),
    HEAD(HeadFuzz.class, "dev.dray.adapter.modelclient.**"),
    TOKENS(TokenFuzz.class, "dev.dray.adapter.telemetry.**"),
    /// Names that come from payloads.
    FORM(FormFuzz.class, "dev.dray.adapter.modelclient.**"),
    /// The model server's log.
    LINES(LinesFuzz.class, "dev.dray.adapter.logsources.**:dev.dray.domain.readiness.**"),
    CONFIG(ConfigFuzz.class, "dev.dray.app.config.**");

    private final Class<?> code;
    private final String guide;

    Target(Class<?> code, String guide) {
        this.code = code;
        this.guide = guide;
    }

    /// As the folder of its kept inputs is called.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String className() {
        return code.getName();
    }

    /// Packages whose branches are counted, as Jazzer wants them.
    String guide() {
        return guide;
    }

    Path corpus() {
        return Path.of("src/test/resources/fuzz", word());
    }

    /// The kept inputs: first ones by hand, and whatever once broke a promise.
    List<Path> kept() throws IOException {
        try (var files = Files.list(corpus())) {
            return files.sorted().toList();
        }
    }

    void take(byte[] input) throws Exception {
        try {
            code.getMethod("fuzzerTestOneInput", byte[].class).invoke(null, (Object) input);
        } catch (InvocationTargetException broken) {
            if (broken.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw (Error) broken.getCause();
        }
    }
}
