package dev.dray.plugin.openai;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files that a field takes, by their extension, and the content type that each is sent with:
/// engines choose their
/// decoder by it.
///
/// @param byExtension extension in lower case → content type
record FileTypes(Map<String, String> byExtension) {
    static final FileTypes AUDIO = new FileTypes(Map.of(
            "flac", "audio/flac",
            "m4a", "audio/mp4",
            "mp4", "audio/mp4",
            "mp3", "audio/mpeg",
            "mpeg", "audio/mpeg",
            "mpga", "audio/mpeg",
            "ogg", "audio/ogg",
            "wav", "audio/wav",
            "webm", "audio/webm"));

    static final FileTypes IMAGE =
            new FileTypes(Map.of("png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg", "webp", "image/webp"));

    static final FileTypes VIDEO =
            new FileTypes(Map.of("mp4", "video/mp4", "mov", "video/quicktime", "webm", "video/webm"));

    static final FileTypes VISUAL = IMAGE.or(VIDEO);

    /// Where `mp4` and `webm` may be either, they are videos.
    static final FileTypes MEDIA = AUDIO.or(VISUAL);

    static final FileTypes JSON = new FileTypes(Map.of("json", "application/json"));

    FileTypes {
        byExtension = Map.copyOf(byExtension);
    }

    /// Both; where an extension stands in both, the other one's type counts.
    private FileTypes or(FileTypes other) {
        var both = new TreeMap<>(byExtension);
        both.putAll(other.byExtension);
        return new FileTypes(both);
    }

    /// The content type of a file of that name.
    Optional<String> of(FileName name) {
        return Optional.ofNullable(byExtension.get(name.extension().toLowerCase(Locale.ROOT)));
    }

    /// What is told where [#of(FileName)] is empty.
    String refusal(FileName name) {
        String found = name.extension().isEmpty() ? "(none)" : name.extension().toLowerCase(Locale.ROOT);
        return "unsupported file type '%s'; expected one of %s"
                .formatted(found, String.join(", ", new TreeMap<>(byExtension).keySet()));
    }
}
