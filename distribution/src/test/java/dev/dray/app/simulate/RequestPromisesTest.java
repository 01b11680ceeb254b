package dev.dray.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.ErrorSource;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.model.PlatformReference;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.RequestStarted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promises hear a worker that lies; a gate that only numbers requests stands in its place.
class RequestPromisesTest {
    private static final Optional<PlatformReference> REFERENCE = Optional.of(new Reference());

    private final Life life = Quiet.life();
    private final Promises promises = Quiet.promises(life, Scenario.draw(life, 1));
    private final NumberingGate gate = new NumberingGate();

    private record Reference() implements PlatformReference {}

    private record Numbered(RequestId id) implements Ticket {}

    private static final class NumberingGate implements RequestGate {
        private long last;

        @Override
        public Set<String> methods(String path) {
            return Set.of("POST");
        }

        @Override
        public Ticket arrive(InboundRequest request, Responder responder) {
            assertThat(request.headers()).isEqualTo(List.<HeaderField>of());
            return new Numbered(new RequestId(++last));
        }

        @Override
        public void proceed(Ticket ticket) {}

        @Override
        public void cancel(Ticket ticket) {}
    }

    @Test
    void noticeASecondOutcome() {
        Client client = admitted(true);
        end(client, Outcome.CANCELLED);
        assertThat(promises.hold()).isTrue();

        end(client, Outcome.SERVED);

        assertBroken(Promises.ONE_OUTCOME, "ends again");
    }

    @Test
    void noticeAStartWithoutATurn() {
        Client client = admitted(true);

        promises.hear(new RequestStarted(id(client), "/serial"));

        assertBroken(Promises.ONE_OUTCOME, "out of turn");
    }

    @Test
    void noticeAnAdmissionDuringTheDrain() {
        promises.requests().draining();

        admitted(false);

        assertBroken(Promises.DOOR, "is admitted");
    }

    @Test
    void noticeAClientThatIsServedAfterItHungUp() {
        Client client = admitted(false);
        client.hangUp(0);

        end(client, Outcome.SERVED);

        assertBroken(Promises.HUNG_UP, "ends as SERVED");
    }

    @Test
    void noticeATurnThatIsToldTwice() {
        Client client = admitted(true);
        client.proceed();
        client.proceed();

        assertBroken(Promises.ANSWER_ONCE, "told twice");
    }

    @Test
    void noticeASecondAnswer() {
        Client client = admitted(true);
        client.reply(Reply.empty(429));
        client.reply(Reply.empty(503));

        assertBroken(Promises.ANSWER_ONCE, "answered again, with 503");
    }

    @Test
    void noticeThatNobodyIsToBlame() {
        Client client = admitted(false);
        client.reply(Reply.empty(502));

        promises.hear(new RequestEnded(record(client, Outcome.ERRORED, Optional.empty())));

        assertBroken(Promises.ONE_OUTCOME, "nobody is to blame");
    }

    private Client admitted(boolean queued) {
        var client = new Client(1, life, promises, gate, _ -> {});
        client.standing.route = 0;
        client.send("POST", "/serial", "");
        promises.hear(new RequestAdmitted(id(client), REFERENCE, "/serial", 3, queued, 0));
        return client;
    }

    private void end(Client client, Outcome outcome) {
        promises.hear(new RequestEnded(record(client, outcome, Optional.empty())));
    }

    private static RequestRecord record(Client client, Outcome outcome, Optional<ErrorSource> source) {
        return new RequestRecord(
                id(client), REFERENCE, Correlation.NONE, "/serial", outcome, 3, 0, "", source, 0, 0, 0, 0, 0);
    }

    private static RequestId id(Client client) {
        return new RequestId(client.requestNumber());
    }

    private void assertBroken(String promise, String how) {
        assertThat(promises.firstBroken()).hasValueSatisfying(broken -> {
            assertThat(broken.promise()).isEqualTo(promise);
            assertThat(broken.how()).contains(how);
        });
    }
}
