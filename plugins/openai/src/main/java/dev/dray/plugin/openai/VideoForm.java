package dev.dray.plugin.openai;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A video from a text, and from pictures, sounds and masks that are sent along or fetched by the
/// engine.
final class VideoForm implements UploadForm {
    private static final String SEVERAL = "input_references";

    private static final List<FileField> FILES = List.of(
            one("input_reference", FileTypes.VISUAL, "image.png"),
            new FileField(SEVERAL, SEVERAL + "_filename", "image.png", FileTypes.MEDIA, true),
            one("control_reference", FileTypes.VISUAL, "image.png"),
            one("source_video", FileTypes.VIDEO, "video.mp4"),
            one("source_audio", FileTypes.AUDIO, "audio.wav"),
            one("video_noise_mask", FileTypes.JSON, "mask.json"),
            one("audio_noise_mask", FileTypes.JSON, "mask.json"));

    /// Field → the member of the objects in it that names a place to fetch from.
    private static final Map<String, String> PLACES = places();

    private static final JsonValue NOTHING = JsonValue.parse(Bytes.utf8("null"));

    private static FileField one(String name, FileTypes types, String defaultName) {
        return new FileField(name, name + "_filename", defaultName, types, false);
    }

    private static Map<String, String> places() {
        var places = new LinkedHashMap<String, String>();
        places.put("image_reference", "image_url");
        places.put("video_reference", "video_url");
        places.put("audio_reference", "audio_url");
        return places;
    }

    @Override
    public List<FileField> files() {
        return FILES;
    }

    @Override
    public Set<String> wholeLists() {
        return PLACES.keySet();
    }

    @Override
    public Optional<Refusal> problem(Members members) {
        var texts = new ArrayList<JsonValue>();
        for (Map.Entry<String, String> place : PLACES.entrySet()) {
            List<JsonValue> given = given(members, place.getKey());
            if (!given.stream().allMatch(JsonObject.class::isInstance)) {
                return Optional.of(new Refusal(place.getKey(), "must be an object or a list of objects"));
            }
            List<Reference> references = references(place, given);
            Optional<Refusal> problem = Reference.check(references);
            if (problem.isPresent()) {
                return problem;
            }
            references.forEach(reference -> texts.add(reference.value()));
        }
        FILES.forEach(field -> texts.addAll(field.files(members)));
        return UploadLimits.budget(texts, SEVERAL)
                .or(() -> FILES.stream()
                        .flatMap(field -> problem(field, members).stream())
                        .findFirst());
    }

    private static Optional<Refusal> problem(FileField field, Members members) {
        return !field.repeated() && members.get(field.name()).orElse(null) instanceof JsonArray
                ? Optional.of(new Refusal(field.name(), "one file"))
                : field.problem(members);
    }

    @Override
    public double price(Members members) {
        return VideoPrice.of(members);
    }

    private static List<JsonValue> given(Members members, String field) {
        return members.get(field)
                .map(value -> Elements.firstOf(value, UploadLimits.MOST_FILES + 1))
                .orElse(List.of());
    }

    // An object without the member counts too: there are at most so many of them.
    private static List<Reference> references(Map.Entry<String, String> place, List<JsonValue> objects) {
        String field = place.getKey() + "." + place.getValue();
        return objects.stream()
                .map(object -> new Reference(
                        field, ((JsonObject) object).get(place.getValue()).orElse(NOTHING)))
                .toList();
    }
}
