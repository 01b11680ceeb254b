package dev.dray.app.plugin;

import dev.dray.port.exchange.Exchange;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import dev.dray.spi.AnswerMapper;
import java.time.Duration;
import java.util.Map;

/// Holds the answers of the routes whose plugin makes another of them; all others pass untouched.
///
/// The benchmark's calls are not mapped: it only counts and times what the model server sends.
public final class MappedAnswers implements ModelServer {
    private final Mapped mapped;
    private final long mostBytes;
    private final ModelServer below;

    /// What a plugin maps.
    ///
    /// @param mappers   by path; may be empty
    /// @param timeLimit of one call of a mapper
    public record Mapped(PluginEntry plugin, Map<String, AnswerMapper> mappers, Duration timeLimit) {
        public Mapped {
            mappers = Map.copyOf(mappers);
        }
    }

    /// @param mostBytes of one answer
    /// @param below     answers
    public MappedAnswers(Mapped mapped, long mostBytes, ModelServer below) {
        this.mapped = mapped;
        this.mostBytes = mostBytes;
        this.below = below;
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        AnswerMapper mapper = mapped.mappers().get(call.path());
        if (mapper == null) {
            below.start(call, exchange);
            return;
        }
        var answer = new HeldAnswer(call, exchange, new HeldAnswer.Mapping(mapped, mapper, mostBytes));
        below.start(call.to(answer.sink()), answer);
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        below.launch(call, exchange);
    }
}
