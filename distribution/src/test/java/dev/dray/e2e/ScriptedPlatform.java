package dev.dray.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// The platform as a script: gives a key, takes reports and outcomes, signs ways to the worker.
final class ScriptedPlatform implements AutoCloseable {
    static final String KEY = "/pubkey/";
    static final String STATUS = "/worker_status/";
    static final String OUTCOMES = "/delete_requests/";

    private final Wire wire;
    private volatile Signer signer = Signer.create();

    ScriptedPlatform() throws IOException {
        wire = new Wire(call -> call.answer(200, "{}"));
        giveKey();
    }

    Wire wire() {
        return wire;
    }

    String url() {
        return wire.url();
    }

    /// Gives the key whenever it is asked for.
    void giveKey() {
        wire.on(KEY, call -> call.answer(200, "text/plain", signer.pem().getBytes(StandardCharsets.US_ASCII)));
    }

    /// Signs with another key from now on.
    void changeKey() {
        signer = Signer.create();
    }

    Signer signer() {
        return signer;
    }

    /// A path answers with this status from now on.
    void answer(String path, int status) {
        wire.on(path, call -> call.answer(status, "{}"));
    }

    /// `auth_data` as the client gets it from `/route/`.
    String authData(int requestIdx, String workerUrl) {
        return """
                {"cost": 1, "endpoint": "local", "reqnum": %d, "request_idx": %d, "signature": "%s", "url": "%s",\
                 "__request_id": "r-%d", "status": "ready"}""".formatted(requestIdx, requestIdx, signer.sign(workerUrl), workerUrl, requestIdx);
    }

    /// Every report so far, oldest first.
    List<JsonNode> reports() {
        return wire.calls(STATUS).stream().map(Call::json).toList();
    }

    /// Every report that was acknowledged, oldest first.
    List<JsonNode> takenReports() {
        return wire.calls(STATUS).stream()
                .filter(call -> call.status() == 200)
                .map(Call::json)
                .toList();
    }

    /// Every outcome that was acknowledged, in the order of delivery.
    List<JsonNode> outcomes() {
        return wire.calls(OUTCOMES).stream()
                .filter(call -> call.status() == 200)
                .flatMap(call ->
                        StreamSupport.stream(call.json().path("requests").spliterator(), false))
                .toList();
    }

    Optional<JsonNode> outcome(int requestIdx) {
        return outcomes().stream()
                .filter(outcome -> outcome.path("request_idx").asInt() == requestIdx)
                .findFirst();
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
