package dev.dray.domain.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// Settings that follow from what a [Sweep] measured.
///
/// @param concurrency  for the benchmark at start, so that the capacity reported is that of a model server that has
///     enough to do: the knee
/// @param maxQueueTime estimated wait above which to shed: the time R in which the model server, K requests in flight
///     at the knee, works off what it holds. By Little's law ("A Proof for the Queuing Formula: L = λW", 1961)
///     R = K ÷ λ, λ its answers per second. The worker estimates a wait as work that is left ÷ capacity; with K
///     requests just begun ahead that is K · w ÷ (λ · w) = R. So up to the knee nobody is shed, and whoever is admitted
///     behind K others is answered within about 2 R. Rounded up to two digits
/// @param connections  most requests to let through at once; empty where the model server bears whatever comes: it was
///     not seen to fail, nor to carry far less than at its peak
public record Advice(int concurrency, Duration maxQueueTime, OptionalInt connections) {
    // Less than this share of the best throughput is a server that thrashes, not one that queues.
    private static final double THRASHES = 0.8;
    private static final int DIGITS = 10;

    /// What to set.
    ///
    /// @param stages those that were finished; the knee's and the peak's among them
    static Advice of(Saturation saturation, List<Stage> stages) {
        double answersPerSecond = stages.stream()
                .filter(stage -> stage.concurrency() == saturation.knee())
                .mapToDouble(stage -> stage.throughput().answersPerSecond())
                .findFirst()
                .orElseThrow();
        return new Advice(
                saturation.knee(),
                rounded(saturation.knee() / answersPerSecond),
                suffers(saturation, stages) ? OptionalInt.of(saturation.peak()) : OptionalInt.empty());
    }

    private static boolean suffers(Saturation saturation, List<Stage> stages) {
        return saturation.breaksAt().isPresent()
                || stages.stream()
                        .filter(stage -> stage.end() != Stage.End.CUT)
                        .filter(stage -> stage.concurrency() > saturation.peak())
                        .anyMatch(stage -> bestRound(stage) < THRASHES * saturation.unitsPerSecond());
    }

    // Not its mean: a stage of one good round and one bad is noise.
    private static double bestRound(Stage stage) {
        return stage.throughput().rounds().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }

    // To whole milliseconds at the least.
    private static Duration rounded(double seconds) {
        long millis = Math.max(1, (long) Math.ceil(seconds * 1e3));
        long step = 1;
        while (millis / step >= DIGITS * DIGITS) {
            step *= DIGITS;
        }
        return Duration.ofMillis((millis + step - 1) / step * step);
    }
}
