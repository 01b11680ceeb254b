package dev.dray.app.planner;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.planner.PlanReport.Figures;
import dev.dray.app.planner.PlanReport.Times;
import java.util.List;
import java.util.Locale;

/// A report for a script. Times are seconds.
public final class PlanJson {
    private static final int STEPS = 200;

    private PlanJson() {}

    /// The report as one JSON object.
    public static ObjectNode of(PlanReport report, List<Theory> theory) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        PlanOrder order = report.order();
        root.put("workers", order.workers())
                .put("servers", order.machine().servers())
                .put("capacity-units-per-second", order.machine().capacity())
                .put("at-once", order.machine().slots())
                .put("serial", order.machine().serial())
                .put("router", order.router().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("seconds", order.horizon().toNanos() / 1e9)
                .put("utilisation", report.utilisation());
        figures(root, report.total());
        ObjectNode routes = root.putObject("routes");
        report.byRoute().forEach((route, figures) -> figures(routes.putObject(route), figures));
        ArrayNode known = root.putArray("theory");
        theory.forEach(one -> {
            ObjectNode node = known.addObject().put("model", one.model()).put("formula", one.formula());
            if (Double.isInfinite(one.meanWait())) {
                node.putNull("mean-wait");
            } else {
                node.put("mean-wait", one.meanWait());
            }
        });
        return root;
    }

    /// The same with the wait of each request; negative for one that was sent away.
    public static ObjectNode withEach(PlanReport report, List<Theory> theory) {
        ObjectNode root = of(report, theory);
        ArrayNode waits = root.putArray("waits");
        report.waits().forEach(waits::add);
        return root;
    }

    /// The same with what a page draws.
    static ObjectNode forPage(PlanReport report, List<Theory> theory) {
        ObjectNode root = of(report, theory);
        ArrayNode moments = root.putArray("moments");
        report.moments()
                .forEach(moment -> moments.addObject()
                        .put("at", moment.at())
                        .put("waiting", moment.waiting())
                        .put("busy", moment.busy()));
        steps(root.putArray("wait-steps"), report.total().waited());
        steps(root.putArray("latency-steps"), report.total().latency());
        return root;
    }

    private static void figures(ObjectNode node, Figures figures) {
        node.put("requests", figures.requests())
                .put("units", figures.units())
                .put("served", figures.served())
                .put("shed", figures.shed())
                .put("expelled", figures.expelled())
                .put("shed-share", figures.shedShare());
        times(node.putObject("wait"), figures.waited());
        times(node.putObject("latency"), figures.latency());
    }

    private static void times(ObjectNode node, Times times) {
        node.put("mean", times.mean())
                .put("p50", times.p50())
                .put("p90", times.p90())
                .put("p95", times.p95())
                .put("p99", times.p99())
                .put("max", times.max());
    }

    // The time at each half percent: enough to draw by.
    private static void steps(ArrayNode steps, Times times) {
        int last = times.sorted().size() - 1;
        for (int step = 0; step <= STEPS && last >= 0; step++) {
            steps.add(times.sorted().get((int) ((long) last * step / STEPS)));
        }
    }
}
