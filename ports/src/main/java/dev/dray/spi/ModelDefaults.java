package dev.dray.spi;

import java.util.Objects;
import java.util.Optional;

/// Where the model server is found, unless the configuration says otherwise.
///
/// @param url     scheme, host and port, no path, for example `http://127.0.0.1:18000`
/// @param logFile path of its log; empty where it writes none that is worth following
/// @param health  path or absolute URL that answers 200 when it is well; empty for none
/// @param name    name of the model it serves; empty where unknown
/// @since 1.0
public record ModelDefaults(String url, Optional<String> logFile, Optional<String> health, Optional<String> name) {
    public ModelDefaults {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(logFile, "logFile");
        Objects.requireNonNull(health, "health");
        Objects.requireNonNull(name, "name");
    }
}
