package dev.dray.app.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dray.app.planner.PlanOrder.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Machine SERIAL = new Machine(1, 100, 1, true);

    @Test
    void requestsWaitForThoseBeforeThem() {
        PlanReport report = Planner.plan(order(atOnce(3), 1, SERIAL, Optional.empty(), Optional.empty()));

        assertThat(report.total().waited().sorted()).containsExactly(0.0, 1.0, 2.0);
        assertThat(report.total().latency().max()).isEqualTo(3);
        assertThat(report.total().waited().p50()).isEqualTo(1);
        assertThat(report.utilisation()).isCloseTo(0.3, within(1e-9));
    }

    @Test
    void slotsShareTheCapacity() {
        PlanReport report =
                Planner.plan(order(atOnce(3), 1, new Machine(1, 100, 2, false), Optional.empty(), Optional.empty()));

        assertThat(report.total().waited().sorted()).containsExactly(0.0, 0.0, 2.0);
        assertThat(report.total().latency().max()).isEqualTo(4);
    }

    @Test
    void theRouterSpreadsThemOverWorkers() {
        PlanReport report = Planner.plan(order(atOnce(4), 4, SERIAL, Optional.empty(), Optional.empty()));

        assertThat(report.total().waited().max()).isZero();
    }

    @Test
    void whoWouldWaitTooLongIsShedAtOnce() {
        PlanReport report =
                Planner.plan(order(atOnce(5), 1, SERIAL, Optional.of(Duration.ofMillis(1_500)), Optional.empty()));

        assertThat(report.total().served()).isEqualTo(2);
        assertThat(report.total().shed()).isEqualTo(3);
        assertThat(report.total().shedShare()).isCloseTo(0.6, within(1e-9));
    }

    @Test
    void whoHasWaitedTooLongIsSentAway() {
        PlanReport report =
                Planner.plan(order(atOnce(5), 1, SERIAL, Optional.empty(), Optional.of(Duration.ofMillis(1_500))));

        assertThat(report.total().served()).isEqualTo(2);
        assertThat(report.total().expelled()).isEqualTo(3);
    }

    @Test
    void routesShareAQueueAndHaveFiguresOfTheirOwn() {
        List<Arrival> arrivals = List.of(new Arrival(0, 100, "/a"), new Arrival(0, 100, "/b"));

        PlanReport report = Planner.plan(order(arrivals, 1, SERIAL, Optional.empty(), Optional.empty()));

        assertThat(figures(report, "/a").waited().mean()).isZero();
        assertThat(figures(report, "/b").waited().mean()).isEqualTo(1);
    }

    @Test
    void thePageHoldsAllItNeeds() throws Exception {
        PlanReport report = Planner.plan(order(atOnce(3), 1, SERIAL, Optional.empty(), Optional.empty()));

        String page = PlanPage.of(report, List.of(new Theory("M/D/1", "</script>", 1)));

        assertThat(page)
                .contains("uPlot")
                .contains("\"utilisation\"")
                .doesNotContain("/*style*/", "/*charts*/", "/*script*/", "/*data*/", "src=");
        assertThat(page.split("</script>", -1))
                .as("nothing in the figures ends them")
                .hasSize(4);
    }

    private static PlanReport.Figures figures(PlanReport report, String route) {
        return Objects.requireNonNull(report.byRoute().get(route), route);
    }

    private static List<Arrival> atOnce(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> new Arrival(0, 100, Arrival.ANY_ROUTE))
                .toList();
    }

    private static PlanOrder order(
            List<Arrival> arrivals,
            int workers,
            Machine machine,
            Optional<Duration> maxQueueTime,
            Optional<Duration> queueTimeOut) {
        return new PlanOrder(
                arrivals,
                Duration.ofSeconds(10),
                workers,
                machine,
                maxQueueTime,
                queueTimeOut,
                Router.Policy.LEAST_LOADED,
                1);
    }
}
