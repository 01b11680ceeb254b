package dev.dray.app.simulate;

import dev.dray.domain.worker.RoutePlan;
import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A route of a plugin that does what the payload says: prices it, refuses it, throws, or never comes back.
///
/// @param plan as the worker serves it
/// @param queue name of its queue; empty where it is parallel
record SimulatedRoute(RoutePlan plan, String queue) {
    /// The member of a payload that says what goes wrong.
    static final String FAULT = "fault";

    private static final TimeOuts TIME_OUTS =
            new TimeOuts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(60));
    private static final int BENCHMARK_UNITS = 5;

    static List<SimulatedRoute> draw(Life life) {
        var routes = new ArrayList<SimulatedRoute>();
        routes.add(route(life, "/serial", Concurrency.serial(), true));
        routes.add(route(life, "/same", Concurrency.serial(), false));
        routes.add(route(life, "/own", new Concurrency.Serial("own"), false));
        routes.add(route(life, "/parallel", Concurrency.parallel(), false));
        return List.copyOf(routes);
    }

    String path() {
        return plan.path();
    }

    private static SimulatedRoute route(Life life, String path, Concurrency concurrency, boolean benchmarked) {
        Chance chance = life.chance();
        Optional<BenchmarkPlan> benchmark = benchmarked
                ? Optional.of(new BenchmarkPlan(
                        chance.between(1, 5),
                        chance.between(1, 6),
                        chance.percent(50),
                        _ -> Bytes.utf8("{\"units\": " + BENCHMARK_UNITS + "}")))
                : Optional.empty();
        var plan = new RoutePlan(
                new Plugin(path, life),
                concurrency,
                chance.percent(40) ? Optional.empty() : Optional.of(Duration.ofSeconds(chance.between(0, 30))),
                chance.percent(40) ? Optional.empty() : Optional.of(Duration.ofMillis(chance.between(1, 12_000))),
                TIME_OUTS,
                benchmark);
        return new SimulatedRoute(plan, concurrency instanceof Concurrency.Serial(String queue) ? queue : "");
    }

    private record Plugin(String path, Life life) implements Route {
        @Override
        public Map<String, String> check(RequestPayload payload) {
            life.preempt();
            return switch (fault(payload)) {
                case "check" -> throw planted(Fault.PLUGIN_CHECK_THREW);
                case "refuse" -> {
                    life.count(Fault.PLUGIN_CHECK_REFUSED);
                    yield Map.of("units", "is not to our liking");
                }
                case "hang" -> {
                    life.fault(Fault.PLUGIN_HUNG, "plugin", 0);
                    life.stuck(life.chance().millis(200, 4_000));
                    yield Map.of();
                }
                default -> Map.of();
            };
        }

        @Override
        public double workload(RequestPayload payload) {
            life.preempt();
            return payload.numeric("/units").orElseThrow();
        }

        @Override
        public ModelRequest request(RequestPayload payload) {
            life.preempt();
            return switch (fault(payload)) {
                case "request" -> throw planted(Fault.PLUGIN_REQUEST_THREW);
                case "hang late" -> {
                    life.fault(Fault.PLUGIN_HUNG, "plugin", 0);
                    life.stuck(life.chance().millis(200, 4_000));
                    yield ModelRequest.unchanged();
                }
                default -> ModelRequest.unchanged();
            };
        }

        private static String fault(RequestPayload payload) {
            return payload.text("/" + FAULT).orElse("");
        }

        private IllegalStateException planted(Fault fault) {
            life.count(fault);
            return new IllegalStateException("planted");
        }
    }
}
