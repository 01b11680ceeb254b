package dev.dray.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// llama.cpp behind HTTP: completions as JSON or as server-sent events, health, and the engine's own log on
/// standard output.
///
/// The engine is the real one, in this process (JNI); only the HTTP around it is ours, in the shape of
/// llama.cpp's own server: 503 while it loads, one event a token, and the work on a request ends when its
/// client is gone.
public final class LlamaServer {
    private static final int SLOTS = 4;
    private static final int SLOT_TOKENS = 4_096;
    private static final int DEFAULT_TOKENS = 128;
    private static final ObjectMapper JSON = new ObjectMapper();

    // Bytes and control tokens: half a letter is no event of its own, and counts would not add up.
    private static final List<Integer> NO_WORDS =
            IntStream.range(0, 259).boxed().toList();

    private volatile @Nullable LlamaModel model;

    private LlamaServer() {}

    /// Serves until the process is ended.
    ///
    /// @param arguments port, and the model's file
    public static void main(String[] arguments) throws IOException {
        var server = new LlamaServer();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpServer http = HttpServer.create(address, 100);
        // A call into the engine blocks its thread: platform threads, one a request.
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/health", server::health);
        http.createContext("/v1/completions", exchange -> server.complete(exchange, false));
        http.createContext("/v1/chat/completions", exchange -> server.complete(exchange, true));
        http.start();
        server.load(arguments[1]);
    }

    private void load(String file) {
        model = new LlamaModel(new ModelParameters()
                .setModel(file)
                .setCtxSize(SLOTS * SLOT_TOKENS)
                .setParallel(SLOTS)
                .enableContBatching()
                .setThreads(1)
                .setThreadsBatch(1)
                .setGpuLayers(0));
    }

    private void health(HttpExchange exchange) throws IOException {
        if (model == null) {
            answer(exchange, 503, "{\"error\": {\"code\": 503, \"message\": \"Loading model\"}}");
        } else {
            answer(exchange, 200, "{\"status\": \"ok\"}");
        }
    }

    private void complete(HttpExchange exchange, boolean chat) throws IOException {
        LlamaModel loaded = model;
        JsonNode asked = JSON.readTree(exchange.getRequestBody());
        if (loaded == null) {
            answer(exchange, 503, "{\"error\": {\"code\": 503, \"message\": \"Loading model\"}}");
            return;
        }
        LlamaIterator tokens = loaded.generate(new InferenceParameters(prompt(asked, chat))
                        .setNPredict(asked.path("max_tokens").asInt(DEFAULT_TOKENS))
                        .setTemperature((float) asked.path("temperature").asDouble(1))
                        .disableTokenIds(NO_WORDS)
                        .setIgnoreEos(true))
                .iterator();
        if (asked.path("stream").asBoolean()) {
            stream(exchange, tokens);
        } else {
            whole(exchange, tokens);
        }
    }

    private static String prompt(JsonNode asked, boolean chat) {
        if (!chat) {
            return asked.path("prompt").asText();
        }
        return StreamSupport.stream(asked.path("messages").spliterator(), false)
                .map(message -> message.path("content").asText())
                .reduce("", (before, next) -> before + " " + next);
    }

    private static void whole(HttpExchange exchange, LlamaIterator tokens) throws IOException {
        StringBuilder text = new StringBuilder();
        int count = 0;
        while (tokens.hasNext()) {
            String token = tokens.next().text;
            text.append(token);
            count += token.isEmpty() ? 0 : 1;
        }
        answer(exchange, 200, completion(text.toString(), Map.of("completion_tokens", count)));
    }

    private static void stream(HttpExchange exchange, LlamaIterator tokens) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (tokens.hasNext()) {
                String token = tokens.next().text;
                if (!token.isEmpty()) {
                    event(out, completion(token, Map.of()));
                }
            }
            event(out, "[DONE]");
        } catch (IOException clientGone) {
            tokens.cancel();
        }
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String completion(String text, Map<String, Integer> usage) throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of(
                "object", "text_completion", "choices", List.of(Map.of("index", 0, "text", text)), "usage", usage));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
