package dev.dray.adapter.telemetry;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import java.util.List;

/// Calls to a model server.
final class Calls {
    private Calls() {}

    static ModelCall to(String path, ModelCall.Work work, List<HeaderField> fields, ResponseSink sink) {
        return new ModelCall(0, "POST", path, ModelBody.NONE, fields, ModelCall.TimeOuts.PARALLEL, work, sink);
    }
}
