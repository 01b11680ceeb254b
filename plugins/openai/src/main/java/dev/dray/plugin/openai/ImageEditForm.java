package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Images to be changed, or the places where the engine fetches them, and a mask.
final class ImageEditForm implements UploadForm {
    private static final FileField IMAGE = new FileField("image", "filename", "image.png", FileTypes.IMAGE, true);
    private static final FileField MASK = new FileField("mask", "mask_filename", "image.png", FileTypes.IMAGE, false);
    private static final List<String> PLACES = List.of("url", "url[]");

    @Override
    public List<FileField> files() {
        return List.of(IMAGE, MASK);
    }

    @Override
    public Set<String> leftOutWhereEmpty() {
        return Set.copyOf(PLACES);
    }

    @Override
    public Optional<Refusal> problem(Members members) {
        var texts = new ArrayList<>(IMAGE.files(members));
        members.get(MASK.name()).ifPresent(texts::add);
        PLACES.forEach(field -> texts.addAll(values(members, field)));
        return UploadLimits.budget(texts, IMAGE.name())
                .or(() -> places(members))
                .or(() -> IMAGE.problem(members))
                .or(() -> MASK.problem(members))
                .or(() -> missing(members));
    }

    @Override
    public double price(Members members) {
        return ImagePrice.of(members);
    }

    private static Optional<Refusal> places(Members members) {
        return PLACES.stream()
                .flatMap(field ->
                        Reference.check(values(members, field).stream()
                                        .map(place -> new Reference(field, place))
                                        .toList())
                                .stream())
                .findFirst();
    }

    private static Optional<Refusal> missing(Members members) {
        boolean given =
                !IMAGE.files(members).isEmpty() || PLACES.stream().anyMatch(field -> Lenient.says(members.get(field)));
        return given ? Optional.empty() : Optional.of(new Refusal(IMAGE.name(), "field missing (or pass `url`)"));
    }

    private static List<JsonValue> values(Members members, String field) {
        return members.get(field)
                .filter(value -> !EmptyTexts.isEmptyText(value))
                .map(value -> Elements.firstOf(value, UploadLimits.MOST_FILES + 1))
                .orElse(List.of());
    }
}
