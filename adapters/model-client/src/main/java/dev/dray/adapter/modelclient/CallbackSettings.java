package dev.dray.adapter.modelclient;

import java.net.URI;
import java.util.Objects;

/// What callbacks need to know.
///
/// @param modelUrl     the model server: targets that are paths go to it, and it is always allowed
/// @param allowPrivate whether private, provider-internal and loopback addresses are allowed too. Default false
/// @param version      of dray, for `User-Agent: dray/<version>`
public record CallbackSettings(URI modelUrl, boolean allowPrivate, String version) {
    /// @throws IllegalArgumentException if the model server's URL cannot be connected to
    public CallbackSettings {
        Origin.of(modelUrl);
        Objects.requireNonNull(version, "version");
    }
}
