package dev.dray.plugin.declarative;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import dev.dray.model.RequestPayload;
import java.util.Map;
import java.util.random.RandomGenerator;

/// A compiled expression. Thread-safe.
record Expression(Program program) {
    // CEL puts this before what it has to say: a place in the expression, which the client has never seen.
    private static final String PLACE = "^evaluation error( at [^ ]*)?: ";
    private static final int LONGEST_REASON = 200;

    /// Computes it for a payload.
    ///
    /// @throws FailedException if that cannot be done
    Object over(RequestPayload payload) throws FailedException {
        return evaluate(Map.of(Language.PAYLOAD, PayloadView.of(payload.value(), new Budget())));
    }

    /// Computes it for a benchmark.
    ///
    /// @throws FailedException if that cannot be done
    Object with(RandomGenerator random) throws FailedException {
        return ScopedValue.where(RandomFunctions.CHANCE, random).call(() -> evaluate(Map.of()));
    }

    // Beside its own exception CEL lets some of the JDK's through, of numbers for example, and those of our views.
    private Object evaluate(Map<String, Object> variables) throws FailedException {
        try {
            Object result = program.eval(variables);
            if (result == null) {
                throw new FailedException("it gives nothing");
            }
            return result;
        } catch (CelEvaluationException | RuntimeException failure) {
            throw new FailedException(reason(failure));
        }
    }

    private static String reason(Exception failure) {
        String message = failure.getCause() instanceof Budget.OverBudgetException over
                ? over.getMessage()
                : failure.getMessage();
        String reason = message == null ? failure.getClass().getSimpleName() : message.replaceFirst(PLACE, "");
        return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + "…" : reason;
    }

    /// An expression that could not be computed; its message says why, for a person.
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        // Made for single requests, thrown on their way: a stack trace would be most of its cost.
        FailedException(String reason) {
            super(reason, null, false, false);
        }
    }
}
