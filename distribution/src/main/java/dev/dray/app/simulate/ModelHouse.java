package dev.dray.app.simulate;

import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelHealth;
import dev.dray.port.outbound.ModelServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The model servers of one machine: their work, their health, and the sight of what reaches them.
final class ModelHouse implements ModelServer, ModelHealth {
    private static final int THROWS_ONE_IN = 2_000;
    private static final int FLAPS_ONE_IN = 25;

    private final Life life;
    private final Scenario scenario;
    private final Promises promises;
    private final List<SimulatedServer> servers = new ArrayList<>();
    // Serial calls in the air: a lane of a queue at a server holds one.
    private final Map<String, @Nullable SimulatedCall> lanes = new HashMap<>();
    private final Map<String, String> queueOf = new HashMap<>();

    ModelHouse(Life life, Scenario scenario, Promises promises) {
        this.life = life;
        this.scenario = scenario;
        this.promises = promises;
        for (int server = 0; server < scenario.servers(); server++) {
            servers.add(new SimulatedServer(server, life, scenario));
        }
        scenario.routes().forEach(route -> queueOf.put(route.path(), route.queue()));
        life.mischief(this::somethingBreaks);
    }

    List<SimulatedServer> servers() {
        return servers;
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        life.preempt();
        if (life.chance().oneIn(THROWS_ONE_IN)) {
            life.fault(Fault.MODEL_ADAPTER_THREW, "model server", call.server());
            throw new IllegalStateException("planted");
        }
        begin(call, exchange, queueOf.getOrDefault(call.path(), ""));
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        life.later(life.chance().micros(0, 100), () -> begin(call, exchange, ""));
    }

    private void begin(ModelCall call, Exchange exchange, String queue) {
        SimulatedServer server = servers.get(call.server());
        String lane = queue.isEmpty() ? "" : call.server() + queue;
        var simulated = new SimulatedCall(life, scenario, server, call, told(exchange, lane));
        if (!lane.isEmpty() && lanes.put(lane, simulated) != null) {
            promises.broken(
                    Promises.LANES, "two requests of queue %s are at model server %d".formatted(queue, call.server()));
        }
        simulated.begin();
    }

    // The lane is free once the end was told, and not before.
    private Exchange told(Exchange exchange, String lane) {
        return lane.isEmpty()
                ? exchange
                : new Exchange() {
                    @Override
                    public void begun(Abort abort) {
                        exchange.begun(abort);
                    }

                    @Override
                    public void head(int status) {
                        exchange.head(status);
                    }

                    @Override
                    public void ended() {
                        lanes.remove(lane);
                        exchange.ended();
                    }

                    @Override
                    public void failed(ModelFailure failure) {
                        lanes.remove(lane);
                        exchange.failed(failure);
                    }
                };
    }

    @Override
    public void probe(int server, Consumer<Probe> done) {
        SimulatedServer asked = servers.get(server);
        if (asked.isStalled()) {
            life.later(5_000_000_000L, () -> done.accept(new Probe.Bad("no answer within 5 s")));
            return;
        }
        life.later(life.chance().micros(200, 100_000), () -> done.accept(health(asked)));
    }

    private Probe health(SimulatedServer server) {
        if (!server.isLoaded()) {
            return new Probe.Bad("connection refused");
        }
        if (life.chance().oneIn(FLAPS_ONE_IN)) {
            server.flap();
        }
        return server.isFlapping() ? new Probe.Bad("status 503") : new Probe.Good();
    }

    @Override
    public void ask(String url, Duration timeOut, Consumer<Probe> done) {
        life.later(
                life.chance().micros(100, 50_000),
                () -> done.accept(life.chance().percent(50) ? new Probe.Good() : new Probe.Bad("status 404")));
    }

    private void somethingBreaks() {
        life.chance().pick(servers).breakOne();
    }
}
