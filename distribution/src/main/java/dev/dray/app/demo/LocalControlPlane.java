package dev.dray.app.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.adapter.controlplanevast.VastSigner;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A control plane for one laptop: issues a key, hears reports, and sends clients to a worker with a signed address.
///
/// It speaks what the platform's worker and its public client expect: `/pubkey/`, `/worker_status/`,
/// `/delete_requests/`, `/route/`, `/get_endpoint_workers/` and the look-up of endpoints. `GET /workers` shows the
/// last report of each worker.
public final class LocalControlPlane implements RequestGate {
    private static final Set<String> POST = Set.of("POST");
    private static final Set<String> GET = Set.of("GET");
    private static final String ENDPOINTS = "/api/v0/endptjobs/";
    private static final JsonMapper JSON = new JsonMapper();

    private final VastSigner signer;
    private final ReportedWorkers workers;
    private final Consumer<String> journal;
    private final AtomicLong arrivals = new AtomicLong();
    private final AtomicLong requestIndexes = new AtomicLong();
    private final AtomicLong requestNumbers = new AtomicLong();

    /// @param journal takes one line for every change worth reading
    LocalControlPlane(VastSigner signer, ReportedWorkers workers, Consumer<String> journal) {
        this.signer = signer;
        this.workers = workers;
        this.journal = journal;
    }

    private record Visit(RequestId id) implements Ticket {}

    @Override
    public Set<String> methods(String path) {
        return switch (path) {
            case "/pubkey/", "/workers" -> GET;
            case "/worker_status/", "/delete_requests/", "/route/", "/get_endpoint_workers/" -> POST;
            default -> path.startsWith(ENDPOINTS) ? GET : Set.of();
        };
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        responder.reply(answer(request));
        return new Visit(new RequestId(arrivals.incrementAndGet()));
    }

    @Override
    public void proceed(Ticket ticket) {
        throw new IllegalStateException("the control plane answers at arrival; nothing proceeds");
    }

    @Override
    public void cancel(Ticket ticket) {
        // Every answer is complete at arrival: there is nothing left to cancel.
    }

    private Reply answer(InboundRequest request) {
        try {
            return switch (request.path()) {
                case "/pubkey/" -> Reply.text(200, signer.publicKeyPem());
                case "/workers" -> Reply.json(200, workers.all().toString());
                case "/worker_status/" -> status(body(request));
                case "/delete_requests/" -> outcomes(body(request));
                case "/route/" -> route(body(request));
                case "/get_endpoint_workers/" -> Reply.json(200, workers.all().toString());
                default -> endpoints(request.path());
            };
        } catch (JsonProcessingException fault) {
            return Reply.json(422, "{\"error\": \"invalid JSON\"}");
        }
    }

    private static JsonNode body(InboundRequest request) throws JsonProcessingException {
        return JSON.readTree(request.body().utf8Text());
    }

    private Reply status(JsonNode report) {
        workers.report(report).ifPresent(journal);
        return Reply.json(200, "{\"success\": true}");
    }

    private Reply outcomes(JsonNode batch) {
        var words = new StringBuilder();
        for (JsonNode outcome : batch.path("requests")) {
            words.append(' ')
                    .append(outcome.path("request_idx").asText())
                    .append('=')
                    .append(outcome.path("status").asText());
        }
        journal.accept("outcomes worker=" + batch.path("worker_id").asText() + words);
        return Reply.json(200, "{\"success\": true}");
    }

    private Reply route(JsonNode question) {
        long asked = question.path("request_idx").asLong(0);
        long requestIndex = asked > 0 ? asked : requestIndexes.incrementAndGet();
        String endpoint = question.path("endpoint").asText("");
        ObjectNode answer =
                JSON.createObjectNode().put("request_idx", requestIndex).put("endpoint", endpoint);
        Optional<String> url = workers.leastLoaded();
        if (url.isEmpty()) {
            return Reply.json(200, answer.put("status", workers.why()).toString());
        }
        answer.put("url", url.get());
        answer.set("cost", question.path("cost"));
        answer.put("reqnum", requestNumbers.incrementAndGet());
        answer.put("signature", signer.sign(url.get()));
        answer.put("__request_id", "local-" + requestIndex);
        return Reply.json(200, answer.toString());
    }

    // One endpoint, by whatever name the client asks for it: the public client picks by name from this list.
    private static Reply endpoints(String path) {
        ObjectNode endpoint = JSON.createObjectNode()
                .put("id", 1)
                .put("endpoint_name", "local")
                .put("api_key", "local")
                .put("user_id", 1)
                .put("created_at", 0);
        ObjectNode answer = JSON.createObjectNode();
        if (path.equals(ENDPOINTS)) {
            answer.putArray("results").add(endpoint);
        } else {
            answer.set("result", endpoint);
        }
        return Reply.json(200, answer.toString());
    }
}
