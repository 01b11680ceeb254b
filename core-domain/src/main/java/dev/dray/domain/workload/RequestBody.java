package dev.dray.domain.workload;

import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import dev.dray.port.outbound.ModelBody;
import dev.dray.spi.ModelRequest;
import java.util.List;

/// Turns what a plugin says is to be sent into the body of a call.
public final class RequestBody {
    private RequestBody() {}

    /// The body of one request.
    ///
    /// @param own the payload's own bytes, sent where the plugin changes nothing
    public static ModelBody of(ModelRequest said, Bytes own) {
        return switch (said) {
            case ModelRequest.Unchanged _ -> ModelBody.json(own);
            case ModelRequest.Json(Bytes json) -> ModelBody.json(json);
            case ModelRequest.Multipart(List<FormPart> parts) -> new ModelBody.Form(parts);
        };
    }
}
