package dev.dray.adapter.modelclient;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/// What callbacks need to know.
///
/// @param modelUrls    the model servers: targets that are paths go to one of them, and all are always allowed;
///     one or more
/// @param allowPrivate whether private, provider-internal and loopback addresses are allowed too. Default false
/// @param version      of dray, for `User-Agent: dray/<version>`
public record CallbackSettings(List<URI> modelUrls, boolean allowPrivate, String version) {
    /// @throws IllegalArgumentException if there is no model server, or its URL cannot be connected to
    public CallbackSettings {
        modelUrls = List.copyOf(modelUrls);
        if (modelUrls.isEmpty()) {
            throw new IllegalArgumentException("no model server is named; expected one or more URLs");
        }
        modelUrls.forEach(Origin::of);
        Objects.requireNonNull(version, "version");
    }
}
