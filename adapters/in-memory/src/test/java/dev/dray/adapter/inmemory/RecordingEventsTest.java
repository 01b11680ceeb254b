package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.outbound.WorkerEvent.ModelLogNoted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.RequestStarted;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingEventsTest {
    @Test
    void keepsEventsInOrderAndFindsThemByKind() {
        var events = new RecordingEvents();
        var started = new RequestStarted(new RequestId(1), "/v1/completions");
        var noted = new ModelLogNoted("Download", "Download 12 %");
        var ended = new RequestRecord(
                new RequestId(1),
                Optional.empty(),
                Correlation.NONE,
                "/v1/completions",
                Outcome.SERVED,
                7,
                200,
                "",
                1,
                2,
                3,
                4,
                5);

        events.accept(started);
        events.accept(noted);
        events.accept(new RequestEnded(ended));

        assertThat(events.all()).containsExactly(started, noted, new RequestEnded(ended));
        assertThat(events.of(ModelLogNoted.class)).containsExactly(noted);
        assertThat(events.ended()).containsExactly(ended);

        events.clear();
        assertThat(events.all()).isEmpty();
    }
}
