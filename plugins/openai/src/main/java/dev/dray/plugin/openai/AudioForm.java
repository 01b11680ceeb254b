package dev.dray.plugin.openai;

import dev.dray.model.JsonValue.JsonString;
import java.util.List;
import java.util.Optional;

/// Speech to be written down or translated: one audio file, priced by how long it plays.
final class AudioForm implements UploadForm {
    static final int REFERENCE_SECONDS = 30;

    private static final FileField FILE = new FileField("file", "filename", "audio.wav", FileTypes.AUDIO, false);

    @Override
    public List<FileField> files() {
        return List.of(FILE);
    }

    @Override
    public Optional<Refusal> problem(Members members) {
        return members.get(FILE.name()).isEmpty()
                ? Optional.of(new Refusal(FILE.name(), "field missing"))
                : FILE.problem(members);
    }

    @Override
    public double price(Members members) {
        if (!(members.get(FILE.name()).orElse(null) instanceof JsonString file)) {
            return JsonRoute.UNKNOWN_PRICE;
        }
        double seconds = AudioLength.seconds(Base64Text.of(file), FILE.fileName(members, 0));
        return RequestUnits.of(seconds, REFERENCE_SECONDS);
    }
}
