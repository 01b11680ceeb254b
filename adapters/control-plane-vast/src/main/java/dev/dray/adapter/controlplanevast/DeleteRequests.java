package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Conversation.Message;
import dev.dray.adapter.controlplanevast.OutcomeQueue.Batch;
import java.util.List;
import java.util.stream.Collectors;

/// Body of `/delete_requests/`, which tells what became of a batch.
record DeleteRequests(VastSettings settings, Batch batch) implements Message {
    /// The messages that tell of a batch, in the order to send them.
    static List<DeleteRequests> of(VastSettings settings, Batch batch) {
        return switch (settings.deleteFormat()) {
            case RECORDS -> List.of(new DeleteRequests(settings, batch));
            case LISTS ->
                List.of(true, false).stream()
                        .map(success -> new DeleteRequests(settings, batch.having(success)))
                        .filter(message -> !message.batch().isEmpty())
                        .toList();
        };
    }

    @Override
    public String json() {
        return switch (settings.deleteFormat()) {
            case RECORDS -> records();
            case LISTS -> lists();
        };
    }

    private String records() {
        var json = new StringBuilder(batch.owed().size() * 190 + 100);
        json.append("{\"worker_id\": ").append(settings.containerId());
        PythonJson.quote(json.append(", \"mtoken\": "), settings.masterToken());
        json.append(", \"requests\": ");
        String separator = "[";
        for (OutcomeQueue.Owed owed : batch.owed()) {
            owed.outcome().print(json.append(separator));
            separator = ", ";
        }
        return json.append("]}").toString();
    }

    // The older shape is written without white space, as that platform has it.
    private String lists() {
        String idxs = batch.owed().stream()
                .map(owed -> owed.outcome().requestIdx())
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"worker_id\":" + settings.containerId()
                + ",\"mtoken\":" + PythonJson.quote(settings.masterToken())
                + ",\"request_idxs\":" + idxs
                + ",\"success\":" + batch.owed().getFirst().outcome().isSuccess() + "}";
    }
}
