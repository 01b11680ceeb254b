package dev.dray.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits for what must come true, by asking again. A limit is there only so that a failing test ends.
final class Patience {
    /// Long enough for the slowest machine; a test that fails waits this long, one that passes does not.
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final int PAUSE_MILLIS = 20;

    private Patience() {}

    /// A question that is asked again until it is true.
    interface Question {
        boolean answer() throws IOException, InterruptedException;
    }

    /// Asks until the answer is yes; an I/O exception counts as no.
    ///
    /// @return whether it was yes within the limit
    static boolean until(Question question) throws InterruptedException {
        var pause = new CountDownLatch(1);
        long attempts = LIMIT.toMillis() / PAUSE_MILLIS;
        for (long i = 0; i < attempts; i++) {
            try {
                if (question.answer()) {
                    return true;
                }
            } catch (IOException nobody) {
                // Not up yet, or just going down: ask again.
            }
            if (pause.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return false;
    }
}
