package dev.dray.architecture.planted.model;

import com.fasterxml.jackson.databind.JsonNode;

/// Planted: neither record, enum nor interface, and it knows a library.
public final class LooseThing {
    public int size(JsonNode node) {
        return node.size();
    }
}
