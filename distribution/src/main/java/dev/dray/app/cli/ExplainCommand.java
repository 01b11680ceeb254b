package dev.dray.app.cli;

import dev.dray.app.inspect.Explanation;
import dev.dray.app.inspect.ExplanationText;
import dev.dray.app.inspect.Inspection;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.model.Bytes;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Says what the worker would do with a payload.
@Command(
        name = "explain",
        description = {
            "Says what the worker would do with a payload: its price, the request to the model server, what is wrong.",
            "Prints one JSON object; with --jsonl one for each line of the file, in order."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Members of the object:",
            "  workload       units the request counts; null where nothing can be counted",
            "  model-request  {\"kind\": \"unchanged\"}: the client's own bytes; {\"kind\": \"json\", \"body\": …};",
            "                 {\"kind\": \"multipart\", \"parts\": […]}; null: nothing reaches the model server",
            "  problems       field -> message; 'plugin' for what the plugin does wrong; {} where all is well",
            "",
            "Examples:",
            "  echo '{\"prompt\": \"hi\", \"max_tokens\": 500}' | dray explain --backend vllm --route /v1/completions -",
            "  dray explain --config worker.yaml --route /v1/completions payload.json",
            "  dray explain --config worker.yaml --route /v1/completions --jsonl payloads.jsonl",
            "",
            "Exit codes: 0 explained, problems or not; 2 unknown route, unreadable file, no JSON, bad configuration.",
            "With --jsonl a line that is not JSON is answered too: its problems say so."
        })
final class ExplainCommand implements TerminalCommand {
    private static final Path STANDARD_INPUT = Path.of("-");

    private final Terminal terminal;

    @Mixin
    private BackendOptions backend = new BackendOptions();

    @Option(names = "--route", paramLabel = "ROUTE", required = true, description = "Route, such as /v1/completions.")
    private String route = "";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private From from = new From();

    /// Where payloads come from.
    static final class From {
        @Parameters(index = "0", paramLabel = "PAYLOAD.json", description = "File with one payload; -: standard input.")
        private @Nullable Path payload;

        @Option(
                names = "--jsonl",
                paramLabel = "FILE",
                description = "File with a payload in each line; -: standard input.")
        private @Nullable Path lines;
    }

    ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        // What a plugin prints is no answer.
        System.setOut(System.err);
        return switch (Inspection.of(backend.asked(), System.getenv())) {
            case Inspection.Refused refused -> {
                refused.warnings().forEach(this::warn);
                refused.problems().forEach(terminal::say);
                yield ExitCode.USAGE;
            }
            case Inspection.Complete complete -> {
                try (complete) {
                    complete.warnings().forEach(this::warn);
                    yield explain(complete);
                }
            }
        };
    }

    private int explain(Inspection.Complete backend) throws IOException {
        Optional<RoutePlan> found = backend.routes().stream()
                .filter(one -> one.path().equals(route))
                .findFirst();
        if (found.isEmpty()) {
            String routes = backend.routes().stream().map(RoutePlan::path).collect(Collectors.joining(", "));
            return usage("found no route '%s' of backend '%s'; expected one of: %s"
                    .formatted(route, backend.plugin().id(), routes));
        }
        Path file = from.payload != null ? from.payload : from.lines;
        if (file == null) {
            return usage("found no payload; expected a file, --jsonl FILE, or - for standard input");
        }
        try (InputStream in = open(file)) {
            return from.payload != null ? one(backend, found.get(), in) : each(backend, found.get(), in);
        } catch (NoSuchFileException missing) {
            return usage("found no file '%s'; name one that is there, or - for standard input".formatted(file));
        } catch (IOException unreadable) {
            return usage("cannot read '%s' (%s); name a readable file".formatted(file, unreadable.getMessage()));
        }
    }

    private int one(Inspection.Complete backend, RoutePlan plan, InputStream in) throws IOException {
        Bytes payload = Bytes.of(in.readAllBytes());
        try {
            JsonValue.parse(payload);
        } catch (InvalidJsonException broken) {
            return usage(
                    "the payload is not JSON: %s; with --jsonl each line is a payload".formatted(broken.getMessage()));
        }
        terminal.print(ExplanationText.of(Explanation.of(plan, backend.plugin(), payload)));
        return ExitCode.DONE;
    }

    private int each(Inspection.Complete backend, RoutePlan plan, InputStream in) throws IOException {
        var lines = new PayloadLines(in);
        var out = new PrintStream(new BufferedOutputStream(terminal.results()), false, StandardCharsets.UTF_8);
        for (Optional<Bytes> line = lines.next(); line.isPresent(); line = lines.next()) {
            out.print(ExplanationText.of(Explanation.of(plan, backend.plugin(), line.get())));
            out.print('\n');
            // Whoever asks line by line gets each answer before the next question; whoever has left is not waited for.
            if (lines.mayWait() && out.checkError()) {
                return ExitCode.FAILED;
            }
        }
        return out.checkError() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static InputStream open(Path file) throws IOException {
        return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(file);
    }

    private void warn(String warning) {
        terminal.say("warning: " + warning);
    }

    private int usage(String message) {
        terminal.say("dray explain: " + message);
        return ExitCode.USAGE;
    }
}
