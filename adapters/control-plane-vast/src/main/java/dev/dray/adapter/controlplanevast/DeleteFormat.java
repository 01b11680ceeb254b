package dev.dray.adapter.controlplanevast;

/// The shape of `/delete_requests/`.
public enum DeleteFormat {
    /// A record per request, with status and times: what the platform reads today.
    RECORDS,
    /// Two lists of `request_idx`, successes and failures: the shape before that.
    LISTS
}
