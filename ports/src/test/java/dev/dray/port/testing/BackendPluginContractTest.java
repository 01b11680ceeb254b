package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.PluginContext;
import dev.dray.spi.Route;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Shows that the contract can fail: one broken plugin for each promise.
final class BackendPluginContractTest {
    private static final List<Promise> ALL_BUT_THE_LISTING = List.of(
            BackendPluginContract::hasWellFormedNames,
            BackendPluginContract::startsUnderEachOfItsNames,
            BackendPluginContract::saysWhereTheModelServerIs,
            BackendPluginContract::knowsWhatTheLogSays,
            BackendPluginContract::servesRoutesOfDifferentPaths,
            BackendPluginContract::measuresExactlyOneRouteUnlessItKnowsItsCapacity,
            BackendPluginContract::makesBenchmarkPayloadsThatAreJsonAndCostSomething,
            BackendPluginContract::repeatsItsBenchmarkFromTheSameSeed,
            BackendPluginContract::pricesSamplesAsExpected,
            BackendPluginContract::survivesHostilePayloads,
            BackendPluginContract::answersTheSameFromManyThreadsAtOnce,
            BackendPluginContract::closesMoreThanOnce);

    @Test
    void passesAPluginThatKeepsItsPromises() {
        BackendPluginContract contract = contract(new SomePlugin("some", List.of(new SomeRoute("/a", true))));

        for (Promise promise : ALL_BUT_THE_LISTING) {
            assertThatCode(() -> promise.check(contract)).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesAPluginThatIsNotListed() {
        BackendPluginContract contract = contract(new SomePlugin("some", List.of(new SomeRoute("/a", true))));

        assertThatThrownBy(contract::canBeFoundAndMadeByTheWorker).isInstanceOf(AssertionError.class);
    }

    @Test
    void refusesAnIdOfWrongForm() {
        assertBroken(new SomePlugin("Some_One", List.of()), BackendPluginContract::hasWellFormedNames);
    }

    @Test
    void refusesPathsThatStandTwiceOrStartWithoutASlash() {
        var twice = List.<Route>of(new SomeRoute("/a", true), new SomeRoute("/a", false));
        var bare = List.<Route>of(new SomeRoute("a", true));

        assertBroken(new SomePlugin("some", twice), BackendPluginContract::servesRoutesOfDifferentPaths);
        assertBroken(new SomePlugin("some", bare), BackendPluginContract::servesRoutesOfDifferentPaths);
        assertBroken(new SomePlugin("some", List.of()), BackendPluginContract::servesRoutesOfDifferentPaths);
    }

    @Test
    void refusesTwoBenchmarksAndNone() {
        var two = List.<Route>of(new SomeRoute("/a", true), new SomeRoute("/b", true));
        var none = List.<Route>of(new SomeRoute("/a", false));

        assertBroken(
                new SomePlugin("some", two), BackendPluginContract::measuresExactlyOneRouteUnlessItKnowsItsCapacity);
        assertBroken(
                new SomePlugin("some", none), BackendPluginContract::measuresExactlyOneRouteUnlessItKnowsItsCapacity);
    }

    @Test
    void refusesBenchmarkPayloadsThatAreNoJsonOrCostNothing() {
        var noJson = new SomeRoute("/a", true) {
            @Override
            public Optional<BenchmarkPlan> benchmark() {
                return Optional.of(new BenchmarkPlan(1, 1, true, random -> Bytes.utf8("{")));
            }
        };
        var free = new SomeRoute("/a", true) {
            @Override
            public double workload(RequestPayload payload) {
                return 0;
            }
        };

        assertBroken(
                new SomePlugin("some", List.of(noJson)),
                BackendPluginContract::makesBenchmarkPayloadsThatAreJsonAndCostSomething);
        assertBroken(
                new SomePlugin("some", List.of(free)),
                BackendPluginContract::makesBenchmarkPayloadsThatAreJsonAndCostSomething);
    }

    @Test
    void refusesARouteThatStumblesOverAHostilePayload() {
        var stumbling = new SomeRoute("/a", true) {
            @Override
            public double workload(RequestPayload payload) {
                return payload.numeric("/tokens").orElseThrow();
            }
        };
        var infinite = new SomeRoute("/a", true) {
            @Override
            public double workload(RequestPayload payload) {
                return payload.numeric("/tokens").orElse(0);
            }
        };

        assertBroken(new SomePlugin("some", List.of(stumbling)), BackendPluginContract::survivesHostilePayloads);
        assertBroken(new SomePlugin("some", List.of(infinite)), BackendPluginContract::survivesHostilePayloads);
    }

    @Test
    void refusesARouteThatCountsItsCalls() {
        var counting = new SomeRoute("/a", true) {
            private final AtomicInteger calls = new AtomicInteger();

            @Override
            public double workload(RequestPayload payload) {
                return calls.incrementAndGet();
            }
        };

        assertBroken(
                new SomePlugin("some", List.of(counting)), BackendPluginContract::answersTheSameFromManyThreadsAtOnce);
    }

    @Test
    void refusesAWrongPrice() {
        var dear = new SomeRoute("/a", true) {
            @Override
            public double workload(RequestPayload payload) {
                return 1_000;
            }
        };

        assertBroken(new SomePlugin("some", List.of(dear)), BackendPluginContract::pricesSamplesAsExpected);
    }

    @FunctionalInterface
    private interface Promise {
        void check(BackendPluginContract contract) throws Exception;
    }

    private static void assertBroken(BackendPlugin plugin, Promise promise) {
        assertThatThrownBy(() -> promise.check(contract(plugin))).isInstanceOf(AssertionError.class);
    }

    private static BackendPluginContract contract(BackendPlugin plugin) {
        return new BackendPluginContract() {
            @Override
            protected BackendPlugin plugin() {
                return plugin;
            }

            @Override
            protected List<Sample> samples() {
                return List.of(new Sample("/a", "{\"tokens\": 100}", 100));
            }
        };
    }

    private record SomePlugin(String id, List<Route> routes) implements BackendPlugin {
        @Override
        public Backend start(PluginContext context) {
            return new SomeBackend(routes);
        }
    }

    private record SomeBackend(List<Route> routes) implements Backend {
        @Override
        public ModelDefaults model() {
            return new ModelDefaults(
                    "http://127.0.0.1:1", Optional.of("/model.log"), Optional.empty(), Optional.empty());
        }

        @Override
        public LogRules logRules() {
            return new LogRules(List.of("loaded"), List.of(), List.of());
        }
    }

    private static class SomeRoute implements Route {
        private final String path;
        private final boolean measured;

        SomeRoute(String path, boolean measured) {
            this.path = path;
            this.measured = measured;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public Optional<BenchmarkPlan> benchmark() {
            return measured
                    ? Optional.of(new BenchmarkPlan(1, 1, true, random -> Bytes.utf8("{\"tokens\": 1}")))
                    : Optional.empty();
        }
    }
}
