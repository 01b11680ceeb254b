package dev.dray.plugin.openai;

import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.spi.BenchmarkPlan.Payloads;
import dev.dray.spi.ModelRequest;
import java.util.random.RandomGenerator;

/// Benchmark payloads that go to the model server as forms, made of JSON as a client's are.
///
/// @param json makes the JSON
/// @param form turns it into a form
record FormPayloads(Payloads json, FormMaker form) implements Payloads {
    @Override
    public Bytes next(RandomGenerator random) {
        return json.next(random);
    }

    @Override
    public ModelRequest request(RequestPayload payload) {
        return form.request(payload);
    }
}
