package dev.dray.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.benchmark.report.Results.Measure;
import dev.dray.benchmark.report.Target.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final Measure RATE = new Measure("requests-64", "requests/s", "");
    private static final Measure CPU = new Measure("requests-64", "CPU per request", "us");
    private static final Measure P50 = new Measure("requests-1", "p50", "ms");

    private final Results results = new Results();

    @Test
    void moreIsBetterForARateAndLessForACost() {
        measured(RATE, 80, 100);
        measured(CPU, 25, 10);

        assertThat(verdict("requests/s at c=64")).isEqualTo(Verdict.MET);
        assertThat(verdict("CPU per request at c=64")).isEqualTo(Verdict.MISSED);
    }

    @Test
    void seesTheStretch() {
        measured(RATE, 120, 100);
        measured(CPU, 12, 10);

        assertThat(verdict("requests/s at c=64")).isEqualTo(Verdict.STRETCH);
        assertThat(verdict("CPU per request at c=64")).isEqualTo(Verdict.STRETCH);
    }

    @Test
    void whatIsAddedAtOneClientIsTheDifferenceToTheModelServerItself() {
        results.add(P50, "direct", 0.02);
        results.add(P50, "worker", 0.09);

        assertThat(verdict("added p50 at c=1")).isEqualTo(Verdict.MET);
    }

    @Test
    void withoutTheOtherContenderNothingIsSaid() {
        results.add(RATE, "worker", 80);

        assertThat(verdict("requests/s at c=64")).isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void theReportSaysWhatWasReachedAndWhatNot() {
        measured(RATE, 80, 100);
        measured(CPU, 25, 10);
        results.note("requests-64: 3 requests of worker failed; the first: status 503");
        var run = new Run(
                "2026-11-29T00:00:00Z",
                "2 cores",
                "0.1",
                List.of(),
                List.of("nginx", "worker"),
                List.of("worker"),
                results);

        assertThat(new TextReport(run).toString())
                .containsPattern("requests/s at c=64, against nginx +>= 0.750 x +0.800 x +met")
                .containsPattern("CPU per request at c=64, against nginx +<= 2.00 x +2.50 x +MISSED")
                .containsPattern("requests/s +100 \\[100, 100\\] +80.0 \\[80.0, 80.0\\] 0.80 x")
                .contains("note: requests-64: 3 requests of worker failed");
        assertThat(new JsonReport(run).tree().at("/figures/0/worker/median").asDouble())
                .isEqualTo(80);
    }

    private void measured(Measure measure, double worker, double nginx) {
        results.add(measure, "nginx", nginx);
        results.add(measure, "worker", worker);
    }

    private Verdict verdict(String what) {
        return new Targets("worker")
                .all().stream()
                        .filter(target -> target.what().startsWith(what))
                        .findFirst()
                        .orElseThrow()
                        .verdict(results);
    }
}
