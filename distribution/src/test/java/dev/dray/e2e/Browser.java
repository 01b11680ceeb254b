package dev.dray.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A Chromium without a window, with one page, driven by its own DevTools protocol. For one thread.
///
/// Keeps what the page wrote to the console as an error or a warning, what it threw, and each request that failed
/// or was answered 400 and above.
final class Browser implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13, "Space", 32);
    private static final String LISTENING = "DevTools listening on ";

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final WebSocket socket;
    private final String session;

    private Browser(Process process) throws IOException, InterruptedException {
        this.process = process;
        this.socket = http.newWebSocketBuilder()
                .buildAsync(address(process), new Inbox())
                .join();
        JsonNode target = call("", "Target.createTarget", json().put("url", "about:blank"));
        this.session = call(
                        "",
                        "Target.attachToTarget",
                        json().put("targetId", target.path("targetId").asText()).put("flatten", true))
                .path("sessionId")
                .asText();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", json());
        }
    }

    /// The Chromium of this machine; empty if none is installed.
    static Optional<Path> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// @param profile a new folder for what the browser writes
    static Browser start(Path program, Path profile) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--user-data-dir=" + profile,
                "about:blank");
        builder.environment().putAll(Map.of("HOME", profile.toString(), "TMPDIR", profile.toString()));
        Process process = builder.redirectErrorStream(true).start();
        try {
            return new Browser(process);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            end(process);
            throw failed;
        }
    }

    private static URI address(Process process) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        var printed = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(LISTENING)) {
                BufferedReader rest = reader;
                Thread.ofVirtual()
                        .name("browser-output")
                        .start(() -> rest.lines().forEach(more -> {}));
                return URI.create(line.substring(LISTENING.length()).strip());
            }
            printed.append(line).append('\n');
        }
        throw new IOException("the browser did not start; it printed:\n" + printed);
    }

    /// Puts messages together and gives each to whom it concerns.
    private final class Inbox implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                receive(Json.read(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(part);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            waiting.values().forEach(answer -> answer.completeExceptionally(error));
        }
    }

    private void receive(JsonNode message) {
        CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
        if (answer != null) {
            if (message.has("error")) {
                answer.completeExceptionally(
                        new IOException(message.get("error").toString()));
            } else {
                answer.complete(message.path("result"));
            }
            return;
        }
        complaint(message.path("method").asText(), message.path("params")).ifPresent(complaints::add);
    }

    private static Optional<String> complaint(String method, JsonNode params) {
        return switch (method) {
            case "Runtime.exceptionThrown" ->
                Optional.of("thrown: " + params.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" ->
                Optional.of(params)
                        .filter(call -> List.of("error", "warning", "assert")
                                .contains(call.path("type").asText()))
                        .map(call -> "console: " + call.path("args"));
            case "Log.entryAdded" ->
                Optional.of(params.path("entry"))
                        .filter(entry -> List.of("error", "warning")
                                .contains(entry.path("level").asText()))
                        .map(entry -> "log: " + entry.path("text").asText() + " "
                                + entry.path("url").asText());
            case "Network.loadingFailed" ->
                Optional.of(params)
                        .filter(failure -> !failure.path("canceled").asBoolean())
                        .map(failure ->
                                "request failed: " + failure.path("errorText").asText());
            case "Network.responseReceived" ->
                Optional.of(params.path("response"))
                        .filter(response -> response.path("status").asInt() >= 400)
                        .map(response -> response.path("status") + " for " + response.path("url"));
            default -> Optional.empty();
        };
    }

    static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// Sends a command to the page and waits for what comes back.
    JsonNode call(String method, ObjectNode params) throws IOException, InterruptedException {
        return call(session, method, params);
    }

    private JsonNode call(String to, String method, ObjectNode params) throws IOException, InterruptedException {
        int id = lastId.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        ObjectNode message = json().put("id", id).put("method", method);
        message.set("params", params);
        if (!to.isEmpty()) {
            message.put("sessionId", to);
        }
        try {
            socket.sendText(message.toString(), true).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            return answer.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException(method + " failed in the browser: " + failed, failed);
        }
    }

    /// Leaves the page for another; complaints are forgotten.
    void open(String url) throws IOException, InterruptedException {
        complaints.clear();
        call("Page.navigate", json().put("url", url));
    }

    /// The value of an expression in the page; a promise is waited for.
    JsonNode evaluate(String expression) throws IOException, InterruptedException {
        JsonNode result = call(
                "Runtime.evaluate",
                json().put("expression", expression).put("returnByValue", true).put("awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IOException("in the page: " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /// The text of the first element that fits, as the page shows it; empty if there is none.
    String text(String selector) throws IOException, InterruptedException {
        return evaluate("document.querySelector('%s')?.innerText ?? ''".formatted(selector))
                .asText();
    }

    /// Waits until an expression in the page is true; gives up at once when a script of the page failed.
    void await(String what, String expression) throws IOException, InterruptedException {
        boolean[] isTrue = {false};
        Patience.until(() -> {
            isTrue[0] = evaluate(expression).asBoolean();
            return isTrue[0] || complaints.stream().anyMatch(complaint -> complaint.startsWith("thrown"));
        });
        if (!isTrue[0]) {
            throw new AssertionError(
                    "no %s in the page: %s; it shows:%n%s%n%s".formatted(what, expression, text("body"), complaints));
        }
    }

    /// Presses and lets go of a key, such as `Tab` or `Enter`.
    void press(String key) throws IOException, InterruptedException {
        ObjectNode event = json().put("key", key).put("code", key).put("windowsVirtualKeyCode", KEYS.get(key));
        if (key.equals("Enter")) {
            event.put("text", "\r");
        }
        call("Input.dispatchKeyEvent", event.put("type", "keyDown"));
        call("Input.dispatchKeyEvent", event.put("type", "keyUp"));
    }

    void type(String text) throws IOException, InterruptedException {
        call("Input.insertText", json().put("text", text));
    }

    void size(int width, int height) throws IOException, InterruptedException {
        call(
                "Emulation.setDeviceMetricsOverride",
                json().put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
    }

    /// @param scheme `light` or `dark`
    void scheme(String scheme) throws IOException, InterruptedException {
        ObjectNode params = json();
        params.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", scheme);
        call("Emulation.setEmulatedMedia", params);
    }

    /// Writes a picture of the whole page, from its top to its end.
    void picture(Path file) throws IOException, InterruptedException {
        JsonNode answer =
                call("Page.captureScreenshot", json().put("format", "png").put("captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(answer.path("data").asText()));
    }

    /// What the page complained of so far.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        end(process);
    }
}
