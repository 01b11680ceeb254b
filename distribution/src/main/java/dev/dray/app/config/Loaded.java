package dev.dray.app.config;

import java.util.List;
import java.util.Optional;

/// What became of the settings.
public sealed interface Loaded {
    /// All is well.
    record Complete(Config config) implements Loaded {}

    /// There are mistakes: exit 2.
    ///
    /// @param problems  all of them, in the order of the file
    /// @param reachable present where enough is known to tell the platform that this worker cannot start
    record Refused(List<Problem> problems, Optional<Config.Platform> reachable) implements Loaded {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
