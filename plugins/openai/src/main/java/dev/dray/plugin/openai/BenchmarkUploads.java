package dev.dray.plugin.openai;

import dev.dray.model.Bytes;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// Makes what a benchmark of uploads sends: JSON with base64 in it, as clients send it.
///
/// @param prompts for everything around the file
/// @param speech  the clip that is sent, its end new each time
record BenchmarkUploads(BenchmarkPrompts prompts, SpeechClip speech) {
    static BenchmarkUploads with(BenchmarkPrompts prompts) {
        return new BenchmarkUploads(prompts, SpeechClip.made(AudioForm.REFERENCE_SECONDS));
    }

    Bytes imageEdit(RandomGenerator random) {
        byte[] picture = RandomPicture.png(ImagePrice.REFERENCE_SIDE, random);
        return prompts.payload(prompts.imageFields(random) + ", \"image\": " + base64(picture));
    }

    Bytes speech(RandomGenerator random) {
        return prompts.payload("\"file\": " + base64(speech.wav(random)) + ", \"filename\": \"benchmark.wav\"");
    }

    private static String base64(byte[] file) {
        return '"' + Base64.getEncoder().encodeToString(file) + '"';
    }
}
