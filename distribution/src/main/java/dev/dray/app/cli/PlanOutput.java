package dev.dray.app.cli;

import dev.dray.app.planner.PlanJson;
import dev.dray.app.planner.PlanOrder;
import dev.dray.app.planner.PlanPage;
import dev.dray.app.planner.PlanReport;
import dev.dray.app.planner.PlanText;
import dev.dray.app.planner.Planner;
import dev.dray.app.planner.Theory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Prints a plan.
record PlanOutput(Terminal terminal, boolean json, PlanOptions options) {
    void print(PlanOrder order, List<Theory> theory) throws IOException {
        PlanReport report = Planner.plan(order);
        if (json) {
            var object = options.each() ? PlanJson.withEach(report, theory) : PlanJson.of(report, theory);
            terminal.print(object.toString());
        } else {
            PlanText.of(report, theory).forEach(terminal::print);
        }
        Optional<Path> html = options.html();
        if (html.isPresent()) {
            Files.writeString(html.get(), PlanPage.of(report, theory));
            terminal.say("charts are in " + html.get());
        }
    }
}
