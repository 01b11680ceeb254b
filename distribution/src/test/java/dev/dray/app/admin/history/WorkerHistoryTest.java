package dev.dray.app.admin.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.adapter.inmemory.ManualTicker;
import dev.dray.model.Outcome;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.outbound.WorkerEvent.BenchmarkProgress;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerHistoryTest {
    private final ManualTicker time = new ManualTicker();
    private final LookedAtWorker worker = new LookedAtWorker(time);
    private final WorkerHistory history = new WorkerHistory(time, time);
    private long lastId;

    @BeforeEach
    void observe() {
        history.observe(worker);
    }

    /// Lets time pass in steps, with a look after each.
    private List<Point> pass(Duration duration) {
        var closed = new ArrayList<Point>();
        for (long left = duration.toMillis(); left > 0; left -= 250) {
            time.advance(Duration.ofMillis(Math.min(250, left)));
            closed.addAll(history.look());
        }
        return closed;
    }

    private void ended(Outcome outcome, double units, Duration ran) {
        long now = time.nanos();
        long started = now - ran.toNanos();
        long arrived = started - Duration.ofMillis(20).toNanos();
        history.accept(new RequestEnded(new RequestRecord(
                new RequestId(++lastId),
                Optional.empty(),
                Correlation.NONE,
                "/v1/completions",
                outcome,
                units,
                200,
                outcome == Outcome.SERVED ? "" : "because",
                arrived,
                arrived + Duration.ofMillis(1).toNanos(),
                started,
                started + Duration.ofMillis(80).toNanos(),
                now)));
    }

    @Test
    void closesAPointEachFiveSecondsOnTheClocksGrid() {
        List<Point> closed = pass(Duration.ofSeconds(17));

        assertThat(closed).hasSize(3);
        assertThat(closed)
                .extracting(Point::at)
                .allMatch(at -> at % 5 == 0)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(history.points()).hasSize(4);
        assertThat(history.points().getLast().at()).isEqualTo(closed.getLast().at() + 5);
    }

    @Test
    void keepsAnHour() {
        pass(Duration.ofMinutes(61));

        List<Point> points = history.points();
        assertThat(points).hasSize(720);
        assertThat(points.getLast().at() - points.getFirst().at()).isEqualTo(3_595);
    }

    @Test
    void catchesUpWhenNobodyLookedForALongTime() {
        time.advance(Duration.ofSeconds(32));

        assertThat(history.look()).hasSize(6);
        assertThat(history.points().getLast().at()).isEqualTo(time.instant().getEpochSecond() / 5 * 5);
    }

    @Test
    void showsTheMostThatWaitedAndRanWithinAPoint() {
        worker.load(7, 3);
        pass(Duration.ofSeconds(1));
        worker.load(2, 4);
        Point point = pass(Duration.ofSeconds(4)).getFirst();

        assertThat(point.load()).isEqualTo(new Point.Load(7, 4));
        assertThat(history.open().load()).isEqualTo(new Point.Load(2, 4));
    }

    @Test
    void timesTheFirstTokenOfStreamsApartFromTheFirstByte() {
        ended(Outcome.SERVED, 10, Duration.ofMillis(500));
        history.firstToken(Duration.ofMillis(300).toNanos());
        Point point = pass(Duration.ofSeconds(5)).getFirst();
        Point next = pass(Duration.ofSeconds(5)).getFirst();

        assertThat(point.json().path("first-token-p95").asDouble()).isCloseTo(0.3, Offset.offset(0.01));
        assertThat(point.json().path("first-byte-p95").asDouble()).isCloseTo(0.1, Offset.offset(0.01));
        assertThat(next.json().path("first-token-p95").isNull()).isTrue();
    }

    @Test
    void countsEachOutcomeInThePointItEndedIn() {
        ended(Outcome.SERVED, 10, Duration.ofMillis(100));
        ended(Outcome.REJECTED, 10, Duration.ZERO);
        Point first = pass(Duration.ofSeconds(5)).getFirst();
        ended(Outcome.SERVED, 10, Duration.ofMillis(100));
        Point second = pass(Duration.ofSeconds(5)).getFirst();

        assertThat(first.json().path("requests").path("served").asInt()).isEqualTo(1);
        assertThat(first.json().path("requests").path("rejected").asInt()).isEqualTo(1);
        assertThat(second.json().path("requests").path("served").asInt()).isEqualTo(1);
        assertThat(second.json().path("requests").path("rejected").asInt()).isZero();
        assertThat(described().path("requests").path("served").asInt()).isEqualTo(2);
    }

    @Test
    void spreadsTheUnitsOfALongRequestOverThePointsItRanIn() {
        pass(Duration.ofSeconds(20));

        ended(Outcome.SERVED, 400, Duration.ofSeconds(20));

        assertThat(history.points())
                .extracting(Point::unitsPerSecond)
                .satisfies(rates -> assertThat(rates.subList(0, 4)).allMatch(rate -> Math.abs(rate - 20) < 1e-6));
    }

    @Test
    void countsNoWorkOfRequestsThatWereNotServed() {
        ended(Outcome.CANCELLED, 400, Duration.ofSeconds(1));
        ended(Outcome.ERRORED, 400, Duration.ofSeconds(1));

        assertThat(pass(Duration.ofSeconds(5)).getFirst().unitsPerSecond()).isZero();
    }

    @Test
    void measuresFirstByteAndOverheadOfThePointAlone() {
        ended(Outcome.SERVED, 1, Duration.ofSeconds(1));
        JsonNode first = pass(Duration.ofSeconds(5)).getFirst().json();
        JsonNode second = pass(Duration.ofSeconds(5)).getFirst().json();

        assertThat(first.path("first-byte-p50").asDouble()).isBetween(0.099, 0.102);
        assertThat(first.path("overhead-p95").asDouble()).isBetween(0.00099, 0.00102);
        assertThat(second.path("first-byte-p50").isNull()).isTrue();
        assertThat(second.path("overhead-p95").isNull()).isTrue();
    }

    @Test
    void remembersTheLastHundredChangesOfReadiness() {
        for (int i = 0; i < 120; i++) {
            history.accept(new ReadinessChanged(worker.readiness(), readiness(ReadinessState.FAILED, "crash " + i)));
        }

        JsonNode changes = described().path("readiness-history");
        assertThat(changes).hasSize(100);
        assertThat(changes.path(99).path("reason").asText()).isEqualTo("crash 119");
        assertThat(changes.path(99).path("state").asText()).isEqualTo("failed");
    }

    @Test
    void beginsWithTheStateBeforeTheFirstChange() {
        history.accept(new ReadinessChanged(worker.readiness(), readiness(ReadinessState.LOADING, "")));

        assertThat(described().path("readiness-history"))
                .extracting(change -> change.path("state").asText())
                .containsExactly("starting", "loading");
    }

    @Test
    void showsABenchmarkWhileItRuns() {
        history.accept(new ReadinessChanged(worker.readiness(), readiness(ReadinessState.BENCHMARKING, "")));
        history.accept(new BenchmarkProgress(0, 8, Optional.empty()));
        JsonNode warmingUp = described().path("benchmark-running");
        history.accept(new BenchmarkProgress(1, 8, Optional.of(3802.1)));
        JsonNode second = described().path("benchmark-running");
        history.accept(new ReadinessChanged(worker.readiness(), readiness(ReadinessState.VERIFYING, "")));

        assertThat(warmingUp.path("round").asInt(-1)).isZero();
        assertThat(second.toString()).isEqualTo("{\"round\":2,\"max-rounds\":8,\"rounds\":[3802.1]}");
        assertThat(described().has("benchmark-running")).isFalse();
    }

    @Test
    void keepsTheLastTwentyFailuresOldestFirst() {
        for (int i = 0; i < 30; i++) {
            ended(Outcome.SERVED, 1, Duration.ofMillis(1));
            ended(Outcome.CANCELLED, 1, Duration.ofMillis(1));
            ended(Outcome.ERRORED, 1, Duration.ofMillis(1));
            time.advance(Duration.ofMillis(1));
        }

        JsonNode failures = described().path("failures");
        assertThat(failures).hasSize(20);
        assertThat(failures.path(19).path("request").asText()).isEqualTo("90");
        assertThat(failures.path(0).path("request").asText()).isEqualTo("33");
        assertThat(failures.path(19).path("outcome").asText()).isEqualTo("errored");
        assertThat(failures.path(19).path("at").asText())
                .isEqualTo(time.instant().minusMillis(1).toString());
    }

    @Test
    void ringsWhenSomethingChangesThatIsToldAtOnce() {
        var rung = new ArrayList<Boolean>();
        history.ring(() -> rung.add(true));

        ended(Outcome.SERVED, 1, Duration.ofMillis(1));
        assertThat(rung).isEmpty();

        history.accept(new ReadinessChanged(worker.readiness(), readiness(ReadinessState.LOADING, "")));
        assertThat(rung).hasSize(1);
    }

    private Readiness readiness(ReadinessState state, String reason) {
        return new Readiness(state, time.instant(), reason);
    }

    private ObjectNode described() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        history.describe(root);
        return root;
    }
}
