package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.domain.worker.RequestWorld.ScriptedRoute;
import dev.dray.model.ErrorSource;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.model.ReadinessState;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.port.outbound.Refusal.Kind;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that can be said against a request before admission, and in which order (decision 5).
class RequestChecksTest {
    private static final HeaderField SESSION = new HeaderField("session", "s1");

    private final ScriptedRoute route = new ScriptedRoute("/serial");
    private final RequestWorld world = new RequestWorld(RequestWorld.plan(route, Concurrency.serial()));

    @Test
    void answersToPostOnItsRoutesAndToNothingElse() {
        assertThat(world.desk().methods("/serial")).containsExactly("POST");
        assertThat(world.desk().methods("/other")).isEmpty();
    }

    @Test
    void saysNotFoundBeforeItOpensTheEnvelope() {
        Client client = world.arrive("/nowhere", "malformed");

        assertThat(client.status()).isEqualTo(404);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.INVALID);
        assertThat(world.record(client).source()).hasValue(ErrorSource.CLIENT);
        assertThat(world.record(client).route()).isEqualTo("other");
        assertThat(world.calls).isEmpty();
    }

    @Test
    void saysMethodNotAllowedBeforeItOpensTheEnvelope() {
        Client client = world.arrive("PUT", "/serial", "malformed");

        assertThat(client.status()).isEqualTo(405);
        assertThat(client.replies.getLast().headers()).contains(new HeaderField("Allow", "POST"));
        assertThat(world.calls).isEmpty();
    }

    @Test
    void answersAMalformedEnvelopeInThePlatformsWordsAndLeavesNoTrace() {
        world.platform.verdict = Verdict.UNVERIFIED;

        Client client = world.arrive("/serial", "malformed");

        assertThat(client.status()).isEqualTo(422);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.INVALID);
        assertThat(world.record(client).reference()).isEmpty();
        assertThat(world.calls).containsExactly("open");
        assertNoTrace();
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"UNVERIFIED", "KEY_MISSING"})
    void refusesAnUnverifiedRequestBeforeStateAndPluginAndLeavesNoTrace(Verdict verdict) {
        world.platform.verdict = verdict;
        world.standing = RequestWorld.standing(ReadinessState.LOADING, false, true, 0);
        route.check = _ -> Map.of("field", "wrong");

        Client client = world.arrive("/serial", "{}", SESSION);

        assertThat(client.status()).isEqualTo(401);
        assertThat(world.refusal().kind())
                .isEqualTo(verdict == Verdict.UNVERIFIED ? Kind.UNVERIFIED : Kind.KEY_MISSING);
        assertThat(world.refusal().source())
                .isEqualTo(verdict == Verdict.UNVERIFIED ? ErrorSource.CLIENT : ErrorSource.PLATFORM);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.UNVERIFIED);
        assertThat(world.record(client).reference()).isEmpty();
        assertNoTrace();
    }

    @Test
    void refusesBeforeTheFirstReadyAheadOfThePluginsCheck() {
        world.standing = RequestWorld.standing(ReadinessState.BENCHMARKING, false, false, 0);
        route.check = _ -> Map.of("field", "wrong");

        Client client = world.arrive("/serial", "{}", SESSION);

        assertRefused(client, Kind.NOT_READY, ErrorSource.WORKER);
        assertThat(world.refusal().retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(world.refusal().message()).contains("BENCHMARKING").contains("because");
    }

    @Test
    void refusesWhileDraining() {
        world.standing = RequestWorld.standing(ReadinessState.DRAINING, true, true, 10);

        assertRefused(world.arrive("/serial", "{}"), Kind.DRAINING, ErrorSource.WORKER);
        assertThat(world.refusal().retryAfter()).contains(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = ReadinessState.class,
            names = {"UNHEALTHY", "FAILED", "LOADING"})
    void forwardsInEveryStateAfterTheFirstReady(ReadinessState state) {
        world.standing = RequestWorld.standing(state, true, false, 10);

        Client client = world.running("/serial", 1);

        assertThat(client.reachedModel()).isTrue();
    }

    @Test
    void namesTheFieldsThePluginObjectsToInItsOrderAheadOfTheSession() {
        var mistakes = new LinkedHashMap<String, String>();
        mistakes.put("zeta", "too long");
        mistakes.put("alpha", "missing");
        route.check = _ -> mistakes;

        Client client = world.arrive("/serial", "{}", SESSION);

        assertRefused(client, Kind.INVALID_PAYLOAD, ErrorSource.CLIENT);
        assertThat(world.refusal().fields().keySet()).containsExactly("zeta", "alpha");
        assertThat(world.record(client).units()).isZero();
    }

    @Test
    void namesThePluginThatFailsInItsCheckWithoutQuotingIt() {
        route.check = _ -> {
            throw new IllegalStateException("secret prompt");
        };

        Client client = world.arrive("/serial", "{}", SESSION);

        assertThat(client.status()).isEqualTo(500);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.ERRORED);
        assertThat(world.refusal().kind()).isEqualTo(Kind.PLUGIN_FAULT);
        assertThat(world.refusal().source()).isEqualTo(ErrorSource.PLUGIN);
        assertThat(world.record(client).source()).hasValue(ErrorSource.PLUGIN);
        assertThat(world.refusal().message())
                .contains("'fake'")
                .contains("IllegalStateException")
                .doesNotContain("secret");
        assertThat(world.desk().load().requestsReceived()).isEqualTo(1);
        assertThat(world.desk().load().erroredUnits()).isZero();
    }

    @Test
    void countsAnErrorOfThePluginAsAPluginFaultToo() {
        route.check = _ -> {
            throw new NoClassDefFoundError("gone");
        };

        assertThat(world.arrive("/serial", "{}").status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
    void pricesARequestThePluginCannotPriceAtOneHundred(double units) {
        route.workload = _ -> units;

        world.running("/serial", 1);

        assertThat(world.desk().load().currentUnits()).isEqualTo(100);
    }

    @Test
    void refusesEverySessionAfterPricingAheadOfTheQueueTime() {
        world.running("/serial", 1_000);

        Client client = world.arrive("/serial", "{\"units\": 7}", SESSION);

        assertRefused(client, Kind.UNKNOWN_SESSION, ErrorSource.CLIENT);
        assertThat(world.record(client).units()).isEqualTo(7);
    }

    @Test
    void shedsByQueueTimeLastAndCountsTheLoad() {
        world.running("/serial", 1_000);

        Client client = world.arrive("/serial", 7);

        assertThat(client.status()).isEqualTo(429);
        assertThat(world.refusal().kind()).isEqualTo(Kind.WAIT_TOO_LONG);
        assertThat(world.record(client).source()).hasValue(ErrorSource.WORKER);
        assertThat(world.refusal().message()).contains("100.0 s").contains("30.0 s");
        assertThat(world.refusal().retryAfter()).isPresent();
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.desk().load().rejectedUnits()).isEqualTo(7);
        assertThat(world.desk().load().requestsReceived()).isEqualTo(2);
    }

    @Test
    void answersAFaultOfThePlatformsAdapterAndEndsTheRequest() {
        Client client = world.arrive("/serial", "this is no JSON and the fake throws");

        assertThat(client.status()).isEqualTo(500);
        assertThat(world.refusal().kind()).isEqualTo(Kind.WORKER_FAULT);
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.INVALID);
        var idle = new boolean[1];
        world.desk().drain(() -> idle[0] = true);
        assertThat(idle[0]).isTrue();
    }

    private void assertRefused(Client client, Kind kind, ErrorSource source) {
        assertThat(world.refusal().kind()).isEqualTo(kind);
        assertThat(world.refusal().source()).isEqualTo(source);
        assertThat(client.status()).isEqualTo(kind.status());
        assertThat(client.turnsTold).isZero();
        assertThat(world.record(client).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.record(client).status()).isEqualTo(kind.status());
        assertThat(world.record(client).reference()).isPresent();
        assertThat(world.desk().load().requestsReceived()).isPositive();
        assertThat(world.desk().load().rejectedUnits()).isZero();
    }

    private void assertNoTrace() {
        assertThat(world.desk().load().requestsReceived()).isZero();
        assertThat(world.desk().load().receivedUnits()).isZero();
        assertThat(world.desk().load().rejectedUnits()).isZero();
        assertThat(world.events).singleElement().isInstanceOf(RequestEnded.class);
    }
}
