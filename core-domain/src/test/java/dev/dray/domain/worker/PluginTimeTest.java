package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.domain.worker.RequestWorld.ScriptedRoute;
import dev.dray.model.Outcome;
import dev.dray.model.ReadinessState;
import dev.dray.port.outbound.Refusal.Kind;
import dev.dray.port.outbound.WorkerEvent.PluginWrittenOff;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Calls to the plugin that take too long: time passes inside them.
class PluginTimeTest {
    private static final Duration TOO_LONG = Duration.ofSeconds(3);

    private final ScriptedRoute slow = new ScriptedRoute("/slow");
    private final RequestWorld world = new RequestWorld(
            RequestWorld.plan(slow, Concurrency.serial()), RequestWorld.plan("/quick", Concurrency.serial()));

    enum Method {
        CHECK,
        WORKLOAD,
        REQUEST
    }

    private void take(Method method, Duration time) {
        switch (method) {
            case CHECK ->
                slow.check = _ -> {
                    world.time.pass(time);
                    return Map.of();
                };
            case WORKLOAD ->
                slow.workload = _ -> {
                    world.time.pass(time);
                    return 7.0;
                };
            case REQUEST ->
                slow.request = _ -> {
                    world.time.pass(time);
                    return ModelRequest.unchanged();
                };
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsTheRequestNamingPluginMethodAndRoute(Method method) {
        take(method, TOO_LONG);

        Client client = world.running("/slow", 1);

        assertThat(client.forsaken).isNotEmpty().allMatch(reply -> reply.status() == 500);
        assertThat(client.replies).isEmpty();
        assertThat(client.reachedModel()).isFalse();
        assertThat(world.refusal().kind()).isEqualTo(Kind.PLUGIN_FAULT);
        String name = method.name().toLowerCase(Locale.ROOT);
        assertThat(world.refusal().message()).contains("'fake'", name + " for /slow", "1000 ms");
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.ERRORED);
        assertThat(world.record(client).status()).isEqualTo(500);
        assertThat(world.told(PluginWrittenOff.class)).singleElement().satisfies(lost -> {
            assertThat(lost.plugin()).isEqualTo("fake");
            assertThat(lost.method()).isEqualTo(name);
            assertThat(lost.route()).isEqualTo("/slow");
            assertThat(lost.number()).isEqualTo(1);
            assertThat(lost.last()).isFalse();
            assertThat(lost.stack())
                    .anyMatch(frame -> frame.getClassName().endsWith("PluginTimeTest")
                            && frame.getMethodName().contains("take"));
        });
        assertThat(world.desk().load().inFlight()).isZero();
        assertThat(world.desk().load().currentUnits()).isZero();
        assertThat(world.time.waiting()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void letsAShorterCallPass(Method method) {
        take(method, Duration.ofMillis(990));

        Client client = world.running("/slow", 1);

        assertThat(client.forsaken).isEmpty();
        client.call().answer(200);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.SERVED);
        assertThat(world.told(PluginWrittenOff.class)).isEmpty();
    }

    @Test
    void givesTheLaneToTheNextRequest() {
        Client first = world.arrive("/slow", 1);
        Client next = world.arrive("/quick", 1);
        take(Method.REQUEST, TOO_LONG);

        world.run();

        assertThat(first.forsaken).isNotEmpty();
        next.call().answer(200);
        assertThat(world.record(next).outcome()).isEqualTo(Outcome.SERVED);
    }

    @Test
    void countsAsCancelledWhereTheClientWentMeanwhile() {
        Client client = world.arrive("/slow", 1);
        slow.request = _ -> {
            client.hangUp();
            world.time.pass(TOO_LONG);
            return ModelRequest.unchanged();
        };

        world.run();

        assertThat(world.record(client).outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void ignoresWhatTheThreadDoesAfterwards() {
        slow.check = _ -> {
            world.time.pass(TOO_LONG);
            throw new IllegalStateException("late");
        };

        Client client = world.arrive("/slow", 1);

        assertThat(client.forsaken).hasSize(1);
        assertThat(world.record(client).reason()).contains("did not return");
        assertThat(world.told(RequestAdmitted.class)).isEmpty();
        client.hangUp();
        assertThat(world.ended()).hasSize(1);
    }

    @Test
    void callsThePluginNoMoreAfterTheFifth() {
        take(Method.CHECK, TOO_LONG);
        for (int i = 0; i < PluginCalls.MOST_WRITE_OFFS; i++) {
            world.arrive("/slow", 1);
        }

        Client client = world.arrive("/quick", 1);

        assertThat(client.status()).isEqualTo(503);
        assertThat(world.refusal().kind()).isEqualTo(Kind.DRAINING);
        assertThat(world.told(PluginWrittenOff.class))
                .extracting(PluginWrittenOff::last)
                .containsExactly(false, false, false, false, true);
    }

    @Test
    void makeTheWorkerFailedForGoodAfterTheFifth() {
        List<RoutePlan> plans = List.of(RequestWorld.plan(slow, Concurrency.serial()));
        var worker = new Worker(RequestWorld.workerPlan(WorkerPlan.Limits.DEFAULT, plans), world.ports());
        worker.start();
        take(Method.CHECK, TOO_LONG);
        for (int i = 0; i < PluginCalls.MOST_WRITE_OFFS; i++) {
            assertThat(worker.readiness().state()).isEqualTo(ReadinessState.READY);
            world.arriveAt(worker, "/slow", 1);
        }

        assertThat(worker.readiness().state()).isEqualTo(ReadinessState.FAILED);
        assertThat(worker.readiness().reason()).contains("plugin 'fake'", "check for /slow");
        worker.runBegan("the log");
        assertThat(worker.readiness().state()).isEqualTo(ReadinessState.FAILED);
        var idle = new int[1];
        worker.drain(() -> idle[0]++);
        assertThat(idle[0]).isEqualTo(1);
        assertThat(worker.readiness().state()).isEqualTo(ReadinessState.STOPPED);
    }

    @Test
    void letsTheOtherHeldRequestsGoOn() {
        var holding = new RequestWorld(
                WorkerPlan.Limits.DEFAULT,
                Optional.of(Duration.ofSeconds(60)),
                RequestWorld.plan(slow, Concurrency.parallel()),
                RequestWorld.plan("/quick", Concurrency.parallel()));
        holding.standing = RequestWorld.standing(ReadinessState.LOADING, false, false, 0);
        Client stuck = holding.arrive("/slow", 1);
        Client other = holding.arrive("/quick", 1);
        int[] turns = new int[1];
        slow.check = _ -> {
            holding.time.pass(TOO_LONG);
            turns[0] = other.turnsTold;
            return Map.of();
        };

        holding.standing = RequestWorld.READY;
        holding.desk().readinessChanged();
        holding.time.pass(Duration.ZERO);

        assertThat(stuck.forsaken).hasSize(1);
        assertThat(turns[0]).isEqualTo(1);
        holding.run();
        other.call().answer(200);
        assertThat(holding.record(other).outcome()).isEqualTo(Outcome.SERVED);
    }

    @Test
    void namesAMistakeWithoutFieldOrMessageAsThePluginsFault() {
        slow.check = _ -> Collections.singletonMap("field", null);

        assertThat(world.arrive("/slow", 1).status()).isEqualTo(500);
        assertThat(world.refusal().kind()).isEqualTo(Kind.PLUGIN_FAULT);
    }
}
