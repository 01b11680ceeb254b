package dev.dray.plugin.declarative;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Optional;

/// CEL with the functions of this plugin; makes expressions. To make the first takes most of a second,
/// to load classes.
///
/// The runtime is the interpreter: CEL's planner copies every variable before it looks at it, which for
/// a payload of megabytes is what this plugin must not do.
final class Language {
    /// The one variable.
    static final String PAYLOAD = "payload";

    /// Steps of all comprehensions of one evaluation together: about a millisecond.
    static final int MOST_ITERATIONS = 2_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .build();
    private static final int LONGEST_MESSAGE = 240;

    private final CelCompiler overPayload =
            compiler().addVar(PAYLOAD, SimpleType.DYN).build();
    private final CelCompiler byChance =
            compiler().addFunctionDeclarations(Functions.CHANCE).build();
    private final CelRuntime runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(
                    CelExtensions.optional(), CelExtensions.strings(), CelExtensions.math(), CelExtensions.lists())
            .addFunctionBindings(Functions.BINDINGS)
            .build();

    private static CelCompilerBuilder compiler() {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.optional(),
                        CelExtensions.strings(),
                        CelExtensions.math(),
                        CelExtensions.lists(),
                        CelExtensions.bindings())
                .addFunctionDeclarations(Functions.PLAIN);
    }

    /// Takes mistakes in an expression.
    @FunctionalInterface
    interface Told {
        /// Tells one.
        ///
        /// @param offset in code points from the expression's start
        void tell(int offset, String message);
    }

    /// Compiles an expression; empty where it has mistakes, all of which are told.
    Optional<Expression> compile(String text, Expected expected, Told told) {
        CelValidationResult checked = (expected.hasPayload() ? overPayload : byChance).compile(text);
        for (CelIssue issue : checked.getErrors()) {
            told.tell(offset(text, issue), message(issue, expected));
        }
        if (checked.hasError()) {
            return Optional.empty();
        }
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            if (!expected.mayBe(tree.getResultType())) {
                told.tell(
                        0,
                        "found an expression of type %s; expected %s"
                                .formatted(tree.getResultType().name(), expected.words()));
                return Optional.empty();
            }
            return Optional.of(new Expression(runtime.createProgram(tree)));
        } catch (CelValidationException | CelEvaluationException broken) {
            told.tell(0, String.valueOf(broken.getMessage()));
            return Optional.empty();
        }
    }

    // CEL counts lines from 1 and columns from 0, and for an unknown function gives the place of its bracket.
    private static int offset(String text, CelIssue issue) {
        CelSourceLocation place = issue.getSourceLocation();
        int start = 0;
        for (int line = 1; line < place.getLine(); line++) {
            start = text.indexOf('\n', start) + 1;
        }
        int offset = text.codePointCount(0, start) + Math.max(0, place.getColumn());
        String before =
                text.substring(0, text.offsetByCodePoints(0, Math.min(offset, text.codePointCount(0, text.length()))));
        String name = quoted(issue.getMessage());
        boolean behindName = issue.getMessage().startsWith("undeclared reference") && before.endsWith(name);
        return behindName ? offset - name.codePointCount(0, name.length()) : offset;
    }

    private static String quoted(String message) {
        int from = message.indexOf('\'');
        int to = message.indexOf('\'', from + 1);
        return from < 0 || to < 0 ? "" : message.substring(from + 1, to);
    }

    private static String message(CelIssue issue, Expected expected) {
        String message = issue.getMessage().replace(" (in container '')", "");
        if (message.length() > LONGEST_MESSAGE) {
            message = message.substring(0, LONGEST_MESSAGE) + "…";
        }
        if (!message.startsWith("undeclared reference")) {
            return message;
        }
        return message
                + (expected.hasPayload()
                        ? "; expected the variable 'payload' or a function of CEL"
                        : "; expected random_words(n), random_int(min, max) or a function of CEL: a template sees no payload");
    }
}
