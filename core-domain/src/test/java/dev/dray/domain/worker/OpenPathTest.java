package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.model.Outcome;
import dev.dray.model.ReadinessState;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.spi.Concurrency;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OpenPathTest {
    private static final String PATH = "/v1/models";

    private final RequestWorld world = new RequestWorld(RequestWorld.plan("/serial", Concurrency.serial()));

    private Client arrive() {
        return world.arrive("GET", PATH, "");
    }

    private Client running() {
        Client client = arrive();
        world.run();
        return client;
    }

    @Test
    void goesToTheModelServerWithoutBodyAndIsNoLoad() {
        LoadSnapshot before = world.desk().load();
        Client client = running();
        assertThat(client.call().call.method()).isEqualTo("GET");
        assertThat(client.call().call.path()).isEqualTo(PATH);
        assertThat(client.call().call.body()).isEqualTo(ModelBody.NONE);
        assertThat(world.desk().load()).isEqualTo(before);
        client.call().answer(200);

        assertThat(world.desk().load()).isEqualTo(before);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.SERVED);
        assertThat(world.record(client).units()).isZero();
        assertThat(world.record(client).status()).isEqualTo(200);
        assertThat(world.record(client).reference()).isEmpty();
        assertThat(world.record(client).route()).isEqualTo(PATH);
    }

    @Test
    void goesToTheFirstModelServerThatServes() {
        var two = new RequestWorld(2, WorkerPlan.Limits.DEFAULT, Optional.empty());
        two.desk().serveWith(0b10);
        Client client = two.arrive("GET", PATH, "");
        two.run();

        assertThat(client.call().call.server()).isEqualTo(1);
    }

    @Test
    void waitsForNothing() {
        world.running("/serial", 1_000);
        world.arrive("/serial", 1_000);
        world.standing = RequestWorld.standing(ReadinessState.LOADING, false, false, 0);

        assertThat(running().reachedModel()).isTrue();
    }

    @Test
    void answersToGetAlone() {
        assertThat(world.desk().methods(PATH)).containsExactly("GET");
        Client client = world.arrive("POST", PATH, "{}");
        assertThat(client.status()).isEqualTo(405);
        assertThat(client.replies.getLast().headers())
                .anyMatch(field -> field.value().equals("GET"));
    }

    @Test
    void asksForTheKey() {
        world.platform.verdict = Verdict.UNVERIFIED;
        Client client = arrive();

        assertThat(client.status()).isEqualTo(401);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.UNVERIFIED);
        assertThat(world.model.calls).isEmpty();
    }

    @Test
    void tellsThatTheModelServerFailed() {
        Client client = running();
        client.call().fail(ModelFailure.Kind.REFUSED);

        assertThat(client.status()).isEqualTo(502);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.ERRORED);
    }

    @Test
    void breaksOffAnAnswerThatBroke() {
        Client client = running();
        client.call().head(200);
        client.call().fail(ModelFailure.Kind.RESET);

        assertThat(client.replies).isEmpty();
        assertThat(client.brokenOff).isEqualTo(1);
    }

    @Test
    void clientThatHangsUpEndsIt() {
        Client client = running();
        client.hangUp();
        assertThat(client.call().aborts).isEqualTo(1);
        client.call().fail(ModelFailure.Kind.ABORTED);

        assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(client.replies).isEmpty();
    }

    @Test
    void clientThatHangsUpBeforeItsTurnNeverReachesTheModelServer() {
        Client client = arrive();
        client.hangUp();
        world.run();

        assertThat(world.model.calls).isEmpty();
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void drainWaitsForItAndLetsNoMoreIn() {
        Client client = running();
        int[] idle = {0};
        world.standing = RequestWorld.standing(ReadinessState.DRAINING, true, true, 10);
        world.desk().drain(() -> idle[0]++);
        assertThat(arrive().status()).isEqualTo(503);
        assertThat(idle[0]).isZero();
        client.call().answer(200);
        assertThat(idle[0]).isEqualTo(1);
    }

    @Test
    void abandonAbortsIt() {
        Client client = running();
        world.desk().abandon();
        assertThat(client.call().aborts).isEqualTo(1);
        client.call().fail(ModelFailure.Kind.ABORTED);

        assertThat(client.status()).isEqualTo(503);
    }

    @Test
    void asManyRunAsTheLimitAllows() {
        var small = new RequestWorld(new WorkerPlan.Limits(10, 1, OptionalInt.empty()));
        Client first = small.arrive("GET", PATH, "");
        small.run();
        assertThat(small.arrive("GET", PATH, "").status()).isEqualTo(429);
        first.call().answer(200);
        assertThat(small.arrive("GET", PATH, "").replies).isEmpty();
    }
}
