package dev.dray.adapter.telemetry;

import dev.dray.model.RequestId;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at the answers of a model server as they pass: every byte goes on as it came, and before it is looked at.
///
/// The benchmark's calls are not looked at: they are nobody's requests.
final class MeasuredModelServer implements ModelServer {
    private final AnswerMeters meters;
    private final Map<RequestId, Passage> passages;
    private final Optional<RequestSpans> spans;
    private final ModelServer below;

    MeasuredModelServer(
            AnswerMeters meters, Map<RequestId, Passage> passages, Optional<RequestSpans> spans, ModelServer below) {
        this.meters = meters;
        this.passages = passages;
        this.spans = spans;
        this.below = below;
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        Passage passage = passage(call);
        if (passage == null) {
            below.start(call, exchange);
            return;
        }
        ModelCall traced = spans.map(each -> each.begin(call, passage)).orElse(call);
        var answer = new MeasuredAnswer(meters, passage, call.sink(), exchange);
        below.start(traced.to(answer), answer);
    }

    private @Nullable Passage passage(ModelCall call) {
        return call.work().request().map(passages::get).orElse(null);
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        below.launch(call, exchange);
    }
}
