package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.SessionAnswer;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.spi.Concurrency;
import org.junit.jupiter.api.Test;

/// The platform's own paths, on both listeners.
class PlatformPathsTest {
    private final RequestWorld world = new RequestWorld(
            RequestWorld.plan("/serial", Concurrency.serial()),
            RequestWorld.plan(FakeRoutes.UPDATE, Concurrency.serial()));
    private final RequestGate internal = world.desk().internal();

    @Test
    void answerToPostBesideTheBackendsRoutes() {
        assertThat(world.desk().methods(FakeRoutes.CREATE)).containsExactly("POST");
        assertThat(world.desk().methods("/serial")).containsExactly("POST");
        assertThat(world.desk().methods("/other")).isEmpty();

        Client client = world.arrive("PUT", FakeRoutes.CREATE, "");
        assertThat(client.status()).isEqualTo(405);
        assertThat(client.replies.getLast().headers()).contains(new HeaderField("Allow", "POST"));
        assertThat(world.record(client).route()).isEqualTo(FakeRoutes.CREATE);
    }

    @Test
    void winOverABackendsRouteOfTheSamePath() {
        Client client = world.ask(FakeRoutes.UPDATE);

        assertThat(client.text()).isEqualTo("no");
        assertThat(world.calls).isEmpty();
    }

    @Test
    void areAnsweredAndToldOnceWithoutATraceAtThePlatform() {
        Client client = world.ask(FakeRoutes.UPDATE);

        assertThat(client.status()).isEqualTo(401);
        assertThat(world.events).singleElement().isInstanceOf(RequestEnded.class);
        assertThat(world.record(client).route()).isEqualTo(FakeRoutes.UPDATE);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.UNVERIFIED);
        assertThat(world.record(client).reason()).isEqualTo("wrong token");
        assertThat(world.record(client).reference()).isEmpty();
        assertThat(world.desk().load().requestsReceived()).isZero();
        client.hangUp();
        client.goOn();
        assertThat(world.events).hasSize(1);
    }

    @Test
    void onTheInternalListenerAreItsOwnAndNothingElse() {
        assertThat(internal.methods(FakeRoutes.END)).containsExactly("POST");
        assertThat(internal.methods(FakeRoutes.CREATE)).isEmpty();
        assertThat(internal.methods("/serial")).isEmpty();

        Client client = world.arriveAt(internal, FakeRoutes.CREATE, 1);
        assertThat(client.status()).isEqualTo(404);
        assertThat(world.record(client).route()).isEqualTo("other");
        assertThat(world.arriveAt(internal, "/serial", 1).status()).isEqualTo(404);
        assertThat(world.desk().load().sessions()).isZero();
    }

    @Test
    void endASessionOnTheInternalListenerToo() {
        String id = world.session();

        Client client = world.arriveAt(internal, FakeRoutes.END, 0, new HeaderField("id", id));

        assertThat(client.status()).isEqualTo(200);
        assertThat(world.routes.answers.getLast()).isEqualTo(new SessionAnswer.Ended(id));
        assertThat(world.desk().load().sessions()).isZero();
    }

    @Test
    void endAlsoWhereThePlatformsAdapterFails() {
        world.routes.faulty = true;

        Client client = world.ask(FakeRoutes.CREATE);

        assertThat(client.status()).isEqualTo(500);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.ERRORED);
        int[] idle = {0};
        world.desk().drain(() -> idle[0]++);
        assertThat(idle[0]).isEqualTo(1);
    }
}
