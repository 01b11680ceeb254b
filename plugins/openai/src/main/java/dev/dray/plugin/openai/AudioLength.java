package dev.dray.plugin.openai;

import java.util.Locale;

/// How long an audio file plays: a WAV file says so, of others it is guessed from their size.
final class AudioLength {
    /// Far more than stands before the samples of an honest file.
    private static final int HEAD = 64 * 1024;

    private AudioLength() {}

    static double seconds(Base64Text audio, FileName name) {
        return WavHead.seconds(audio.head(HEAD)).orElseGet(() -> (double) audio.length() / bytesPerSecond(name));
    }

    private static int bytesPerSecond(FileName name) {
        return switch (name.extension().toLowerCase(Locale.ROOT)) {
            case "wav" -> 32_000;
            case "flac" -> 12_000;
            case "ogg", "webm" -> 8_000;
            default -> 16_000;
        };
    }
}
