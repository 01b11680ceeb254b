package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import java.util.Optional;

/// Prices rerank and score by the characters of every pair of query and document that the model reads.
final class PairPrice {
    static final int REFERENCE_DOCUMENTS = 16;
    static final int REFERENCE_QUERY = 60;
    static final int REFERENCE_DOCUMENT = 250;
    private static final double REFERENCE = REFERENCE_DOCUMENTS * (REFERENCE_QUERY + REFERENCE_DOCUMENT);

    private PairPrice() {}

    /// One query against a list of documents. What is no list, or absent, is one document.
    static double ofRerank(JsonObject content) {
        Members members = Members.of(content, "query", "documents");
        return units(oneAgainstMany(members.get("query"), members.get("documents")));
    }

    /// One query against many documents, or two lists pair by pair, under any of the names that vLLM
    /// takes.
    static double ofScore(JsonObject content) {
        Members members = Members.of(content, "queries", "text_1", "data_1", "documents", "items", "text_2", "data_2");
        Optional<JsonValue> queries = members.first("queries", "text_1", "data_1");
        Optional<JsonValue> documents = members.first("documents", "items", "text_2", "data_2");
        if (queries.orElse(null) instanceof JsonArray list && Elements.count(list) != 1) {
            return units(pairwise(list, documents));
        }
        return units(oneAgainstMany(queries.map(PairPrice::only), documents));
    }

    private static double units(long characters) {
        return RequestUnits.of((double) characters, REFERENCE);
    }

    private static JsonValue only(JsonValue queries) {
        return Elements.firstOf(queries, 1).getFirst();
    }

    private static long oneAgainstMany(Optional<JsonValue> query, Optional<JsonValue> documents) {
        long each = query.map(PairPrice::characters).orElse(REFERENCE_DOCUMENT);
        return documents.orElse(null) instanceof JsonArray list
                ? Elements.sum(list, document -> each + characters(document))
                : each + documents.map(PairPrice::characters).orElse(REFERENCE_DOCUMENT);
    }

    // What has no partner is not read.
    private static long pairwise(JsonArray queries, Optional<JsonValue> documents) {
        int[] first = Elements.counts(queries, PairPrice::characters);
        int[] second = documents.orElse(null) instanceof JsonArray list
                ? Elements.counts(list, PairPrice::characters)
                : new int[] {documents.map(PairPrice::characters).orElse(REFERENCE_DOCUMENT)};
        long sum = 0;
        for (int i = 0; i < Math.min(first.length, second.length); i++) {
            sum += (long) first[i] + second[i];
        }
        return sum;
    }

    // A picture counts as one document.
    private static int characters(JsonValue value) {
        return value instanceof JsonString text ? TextLength.of(text) : REFERENCE_DOCUMENT;
    }
}
