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
    /// @param warnings  what is odd, for the operator
    /// @param effective every setting with its origin, the plugin's included
    record Complete(
            Backend backend, WorkerPlan plan, ModelLocation model, List<String> warnings, List<Effective> effective)
            implements Assembly {
        public Complete {
            warnings = List.copyOf(warnings);
            effective = List.copyOf(effective);
        }
    }

    /// It cannot: exit 2. The backend, if it started, is closed.
    record Refused(List<Problem> problems, List<String> warnings) implements Assembly {
        public Refused {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }
}
