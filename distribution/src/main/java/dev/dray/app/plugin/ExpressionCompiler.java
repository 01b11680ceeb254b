package dev.dray.app.plugin;

import dev.dray.app.config.Config.Handler;
import dev.dray.app.config.HandlerExpressions;
import dev.dray.app.config.Origin;
import dev.dray.app.config.Problem;
import dev.dray.app.plugin.Containment.Result;
import dev.dray.spi.BenchmarkPlan.Payloads;
import dev.dray.spi.HandlerOverlay;
import dev.dray.spi.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The plugin that compiles the expressions under `handlers`, whichever plugin the routes are of.
public final class ExpressionCompiler {
    private static final String PREFERRED = "declarative";

    private final Optional<Found> found;

    private record Found(PluginEntry plugin, HandlerOverlay overlay) {}

    /// A route with expressions laid over it.
    ///
    /// @param template what makes the payloads of a benchmark; empty: no expression does
    record Laid(Route route, Optional<Payloads> template) {}

    private ExpressionCompiler(Optional<Found> found) {
        this.found = found;
    }

    /// Asks every plugin whether it can; of several, `declarative` is the one.
    public static ExpressionCompiler in(PluginCatalog catalog) {
        var able = new ArrayList<Found>();
        for (PluginEntry plugin : catalog.entries()) {
            Result<Optional<HandlerOverlay>> asked =
                    Containment.call(plugin.loader(), () -> plugin.plugin().overlay());
            if (asked instanceof Result.Returned<Optional<HandlerOverlay>>(Optional<HandlerOverlay> overlay)) {
                overlay.ifPresent(said -> able.add(new Found(plugin, said)));
            }
        }
        return new ExpressionCompiler(able.stream()
                .filter(one -> one.plugin().id().equals(PREFERRED))
                .findFirst()
                .or(() -> able.stream().findFirst()));
    }

    /// Lays what an entry has of expressions over a route.
    ///
    /// @param problems takes the mistakes in them
    Laid over(Route base, Handler handler, List<Problem> problems) {
        var plain = new Laid(base, Optional.empty());
        if (handler.expressions().isEmpty()) {
            return plain;
        }
        HandlerExpressions expressions = handler.expressions().get();
        if (found.isEmpty()) {
            problems.add(expressions.orphaned());
            return plain;
        }
        Found by = found.get();
        var mistakes = new ArrayList<Problem>();
        Result<Laid> laid = Containment.call(by.plugin().loader(), () -> {
            Route route = by.overlay()
                    .over(
                            base,
                            expressions.entry(),
                            (pointer, offset, message) -> mistakes.add(expressions.problem(pointer, offset, message)));
            boolean isMade = mistakes.isEmpty() && expressions.makePayloads();
            return new Laid(route, isMade ? route.benchmark().map(plan -> plan.payloads()) : Optional.empty());
        });
        problems.addAll(mistakes);
        return switch (laid) {
            case Result.Returned<Laid>(Laid over) -> mistakes.isEmpty() ? over : plain;
            case Result.Threw<Laid>(Throwable _, String reason) -> {
                problems.add(Problem.said(
                        new Origin.Plugin(by.plugin().id()),
                        handler.route(),
                        "failed to compile the expressions of this route: " + reason));
                yield plain;
            }
        };
    }
}
