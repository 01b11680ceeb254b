package dev.dray.app.plugin;

import dev.dray.app.config.Effective;
import dev.dray.app.config.Problem;
import dev.dray.domain.worker.WorkerPlan;
import dev.dray.spi.Backend;
import java.util.List;

/// What became of a plugin and a configuration put together.
public sealed interface Assembly {
    /// A worker can be built from it.
    ///
    /// @param backend   to close at the end of the process
    /// @param plan      for the core
    /// @param model     for the adapters
    /// @param local     what is answered inside the worker
    /// @param mapped    whose answers a plugin makes others of
    /// @param warnings  what is odd, for the operator
    /// @param effective every setting with its origin, the plugin's included
    record Complete(
            Backend backend,
            WorkerPlan plan,
            ModelLocation model,
            LocalRoutes.Served local,
            MappedAnswers.Mapped mapped,
            List<String> warnings,
            List<Effective> effective)
            implements Assembly {
        public Complete {
            warnings = List.copyOf(warnings);
            effective = List.copyOf(effective);
        }
    }

    /// It cannot. The backend, if it started, is closed.
    ///
    /// @param mayPass whether another try may go better: the plugin failed, rather than finding a mistake
    record Refused(List<Problem> problems, List<String> warnings, boolean mayPass) implements Assembly {
        public Refused {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }
}
