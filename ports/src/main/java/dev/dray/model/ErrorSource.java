package dev.dray.model;

import java.util.Locale;

/// Who is to blame for a failed request; told to the client in `X-Dray-Error-Source`.
public enum ErrorSource {
    CLIENT,
    WORKER,
    PLUGIN,
    MODEL,
    PLATFORM;

    /// The word on the wire: `client`, `worker`, `plugin`, `model` or `platform`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
