package dev.dray.app.config;

import java.util.Optional;

/// One row of the table of settings.
///
/// @param path        dotted key; `handlers[].route` for a key of each handler
/// @param kind        how it is read
/// @param defaultText what counts where nobody says anything, in the words of the file; empty for none
/// @param variable    environment variable that may give it
/// @param meaning     one sentence for the reference
/// @param rank        whether it may stand in the file, and be shown
/// @param <T>         its type
record Key<T>(
        String path, Kind<T> kind, Optional<String> defaultText, Optional<String> variable, String meaning, Rank rank) {
    enum Rank {
        PLAIN,
        /// Its value is never shown.
        SECRET,
        /// Given by a variable alone, and never shown: it has no place in a file that is handed around.
        SECRET_VARIABLE
    }

    static <T> Key<T> of(String path, Kind<T> kind, String meaning) {
        return new Key<>(path, kind, Optional.empty(), Optional.empty(), meaning, Rank.PLAIN);
    }

    Key<T> byDefault(String text) {
        return new Key<>(path, kind, Optional.of(text), variable, meaning, rank);
    }

    Key<T> from(String environmentVariable) {
        return new Key<>(path, kind, defaultText, Optional.of(environmentVariable), meaning, rank);
    }

    Key<T> ranked(Rank newRank) {
        return new Key<>(path, kind, defaultText, variable, meaning, newRank);
    }
}
