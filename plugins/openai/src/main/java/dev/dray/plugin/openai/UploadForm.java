package dev.dray.plugin.openai;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one kind of upload takes and costs.
interface UploadForm {
    /// Fields that hold files, in the order they are sent.
    List<FileField> files();

    /// Fields that are left out where they are the empty text.
    default Set<String> leftOutWhereEmpty() {
        return Set.of();
    }

    /// Fields whose lists are sent as one JSON text instead of a field for each element.
    default Set<String> wholeLists() {
        return Set.of();
    }

    /// The first mistake; empty where there is none.
    Optional<Refusal> problem(Members members);

    /// What a payload without a mistake costs.
    double price(Members members);
}
