package dev.dray.app.planner;

import dev.dray.app.planner.PlanReport.Figures;
import dev.dray.app.planner.PlanReport.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A report as a table for a person.
public final class PlanText {
    private static final String LINE = "%-22s %10s %10s %10s %10s %10s %10s";

    private PlanText() {}

    /// The lines of the table.
    ///
    /// @param theory what queueing theory says of the mean wait; empty where it says nothing of such a plan
    public static List<String> of(PlanReport report, List<Theory> theory) {
        var lines = new ArrayList<String>();
        Figures total = report.total();
        PlanOrder.Machine machine = report.order().machine();
        lines.add("%d worker%s, each %d model server%s of %s units/s, %s; requests go to %s"
                .formatted(
                        report.order().workers(),
                        report.order().workers() == 1 ? "" : "s",
                        machine.servers(),
                        machine.servers() == 1 ? "" : "s",
                        number(machine.capacity()),
                        machine.serial() ? "one request at a time" : machine.slots() + " requests at once",
                        switch (report.order().router()) {
                            case LEAST_LOADED -> "the least loaded";
                            case ROUND_ROBIN -> "one after the other";
                            case RANDOM -> "any";
                        }));
        lines.add("%d requests in %s s: %s requests/s, %s units/s of %s"
                .formatted(
                        total.requests(),
                        number(seconds(report)),
                        number(total.requests() / seconds(report)),
                        number(total.units() / seconds(report)),
                        number(machine.capacity()
                                * machine.servers()
                                * report.order().workers())));
        lines.add("");
        lines.add(LINE.formatted("seconds", "mean", "p50", "p90", "p95", "p99", "longest"));
        lines.add(times("wait", total.waited()));
        lines.add(times("wait and work", total.latency()));
        if (report.byRoute().size() > 1) {
            report.byRoute().forEach((route, figures) -> lines.add(times("wait, " + route, figures.waited())));
        }
        lines.add("");
        lines.add("shed          %s %%  (%d at once, %d after a wait, of %d)"
                .formatted(percent(total.shedShare()), total.shed(), total.expelled(), total.requests()));
        lines.add("utilisation   %s %%".formatted(percent(report.utilisation())));
        theory.forEach(one -> lines.add(one.text()));
        return lines;
    }

    private static double seconds(PlanReport report) {
        return report.order().horizon().toNanos() / 1e9;
    }

    private static String times(String name, Times times) {
        return LINE.formatted(
                name,
                number(times.mean()),
                number(times.p50()),
                number(times.p90()),
                number(times.p95()),
                number(times.p99()),
                number(times.max()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", share * 100);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.3f", value);
    }
}
