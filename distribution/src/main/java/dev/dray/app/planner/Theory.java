package dev.dray.app.planner;

import java.util.List;

/// What queueing theory says of a plan, where it says anything: the mean wait, exactly, for ever and ever.
///
/// @param model    in Kendall's notation, as M/M/c
/// @param formula  whose
/// @param meanWait in seconds; infinite where more comes than can be done
public record Theory(String model, String formula, double meanWait) {
    /// For Poisson arrivals before one queue; nothing of plans that shed, or that have a queue at each of several
    /// workers.
    public static List<Theory> of(PlanOrder order, double rate, Sizes sizes) {
        int atOnce = order.machine().atOnce();
        boolean oneQueue = order.workers() == 1
                && (order.machine().serial() || order.machine().servers() == 1);
        if (!oneQueue
                || order.maxQueueTime().isPresent()
                || order.queueTimeOut().isPresent()) {
            return List.of();
        }
        double speed = order.machine().unitsPerSecondEach();
        double mean = sizes.mean() / speed;
        if (sizes instanceof Sizes.Exponential) {
            return List.of(new Theory("M/M/" + atOnce, "Erlang C", QueueTheory.erlangWait(rate, 1 / mean, atOnce)));
        }
        if (atOnce > 1) {
            return List.of();
        }
        double meanSquare = sizes.meanSquare() / (speed * speed);
        return List.of(new Theory(
                sizes instanceof Sizes.Fixed ? "M/D/1" : "M/G/1",
                "Pollaczek-Khinchine",
                QueueTheory.pollaczekKhinchineWait(rate, mean, meanSquare)));
    }

    String text() {
        return Double.isInfinite(meanWait)
                ? "theory        %s: more comes than can be done, the queue grows for ever".formatted(model)
                : "theory        %s (%s): mean wait %s s".formatted(model, formula, PlanText.number(meanWait));
    }
}
