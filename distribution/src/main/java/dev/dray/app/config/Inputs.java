package dev.dray.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything settings are read from.
///
/// @param file        `worker.yaml`; empty: there is none
/// @param environment all variables; a set but empty one counts as not set
/// @param flags       what the command line says
/// @param directory   relative paths of flags and variables start here; those in the file start at the file
/// @param heapBytes   largest heap, of which bodies may fill a quarter
/// @param purpose     what for
public record Inputs(
        Optional<Path> file,
        Map<String, String> environment,
        List<FlagValue> flags,
        Path directory,
        long heapBytes,
        Purpose purpose) {
    public Inputs {
        environment = Map.copyOf(environment);
        flags = List.copyOf(flags);
    }

    /// A flag that sets a key.
    ///
    /// @param flag  with its dashes, for messages: `--backend`
    /// @param key   dotted key it sets: `backend`
    /// @param value as given
    public record FlagValue(String flag, String key, String value) {}

    /// What the settings are for.
    public enum Purpose {
        /// A worker that serves: in `vast` mode all of the platform's variables must be there.
        SERVE,
        /// Checking, explaining, measuring: the platform's variables may be missing.
        INSPECT
    }
}
