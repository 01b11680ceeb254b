package dev.dray.plugin.declarative;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What this plugin adds to CEL.
final class Functions {
    private static final MapType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);

    /// Everywhere.
    static final List<CelFunctionDecl> PLAIN = List.of(
            CelFunctionDecl.newFunctionDeclaration(
                    "sum",
                    CelOverloadDecl.newGlobalOverload("sum_list", SimpleType.DYN, ListType.create(SimpleType.DYN))),
            CelFunctionDecl.newFunctionDeclaration(
                    "merge", CelOverloadDecl.newGlobalOverload("merge_maps", OBJECT, OBJECT, OBJECT)));

    /// In templates.
    static final List<CelFunctionDecl> CHANCE = List.of(
            CelFunctionDecl.newFunctionDeclaration(
                    "random_words",
                    CelOverloadDecl.newGlobalOverload("random_words_int", SimpleType.STRING, SimpleType.INT)),
            CelFunctionDecl.newFunctionDeclaration(
                    "random_int",
                    CelOverloadDecl.newGlobalOverload(
                            "random_int_int_int", SimpleType.INT, SimpleType.INT, SimpleType.INT)));

    static final List<CelFunctionBinding> BINDINGS = List.of(
            CelFunctionBinding.from("sum_list", List.class, Functions::sum),
            CelFunctionBinding.from("merge_maps", Map.class, Map.class, Functions::merge),
            CelFunctionBinding.from("random_words_int", Long.class, RandomFunctions::words),
            CelFunctionBinding.from("random_int_int_int", Long.class, Long.class, RandomFunctions::integer));

    private Functions() {}

    // Whole numbers give a whole number, as '+' does; one double among them gives a double.
    private static Object sum(List<?> numbers) {
        long whole = 0;
        double broken = 0;
        boolean allWhole = true;
        for (Object number : numbers) {
            switch (number) {
                case Long term -> {
                    whole = Math.addExact(whole, term);
                    broken += term;
                }
                case Double term -> {
                    broken += term;
                    allWhole = false;
                }
                default -> throw new IllegalArgumentException("sum takes a list of numbers");
            }
        }
        return allWhole ? (Object) whole : (Object) broken;
    }

    // The members of both; of a name that both have, the second one's value, at the first one's place.
    private static Object merge(Map<?, ?> first, Map<?, ?> second) {
        var merged = new LinkedHashMap<Object, Object>();
        merged.putAll(first);
        merged.putAll(second);
        return merged;
    }
}
