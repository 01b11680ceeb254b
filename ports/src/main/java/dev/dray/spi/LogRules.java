package dev.dray.spi;

import java.util.List;

/// Markers in the model server's log: case-sensitive substrings of a line.
///
/// A line is matched against the load markers first, then the error markers, then the info markers.
///
/// Lists may be empty, never null; a marker is never blank. A line that is still being written is
/// matched as it stands, and again as it grows; each marker counts once for each line.
///
/// @param onLoad  the model is loaded and may be benchmarked
/// @param onError the model server is broken; the marker, not the line, is told to the platform
/// @param onInfo  worth showing to the operator
/// @since 1.0
public record LogRules(List<String> onLoad, List<String> onError, List<String> onInfo) {
    public LogRules {
        onLoad = List.copyOf(onLoad);
        onError = List.copyOf(onError);
        onInfo = List.copyOf(onInfo);
    }
}
