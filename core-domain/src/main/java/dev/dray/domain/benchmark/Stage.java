package dev.dray.domain.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/// What one stage of a [Sweep] measured: so many requests in flight all the time.
///
/// @param concurrency requests in flight
/// @param end         why it ended
/// @param answers     how many came, good and bad
/// @param throughput  over the rounds kept
/// @param times       of the good answers
public record Stage(int concurrency, End end, Answers answers, Throughput throughput, Times times) {
    public Stage {
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(answers, "answers");
        Objects.requireNonNull(throughput, "throughput");
        Objects.requireNonNull(times, "times");
    }

    /// Why a stage ended.
    public enum End {
        /// The last three rounds were alike.
        STABLE,
        /// Its time or its rounds were used up first: the estimate is rougher.
        UNSTABLE,
        /// Too many requests failed.
        BROKEN,
        /// The sweep ended first.
        CUT
    }

    /// How many answers there were.
    ///
    /// @param good   with status 200, the first on each lane not among them: they only fill the model server
    /// @param failed all others, by kind
    public record Answers(int good, Map<String, Integer> failed) {
        public Answers {
            failed = Map.copyOf(failed);
        }

        /// How many failed.
        public int bad() {
            return failed.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /// How much was done in what time.
    ///
    /// @param unitsPerSecond   workload units; 0 where no round was finished
    /// @param answersPerSecond good answers
    /// @param tokensPerSecond  tokens written; empty where the model server's answers do not tell them
    /// @param spread           (largest − smallest) ÷ median of the rounds kept
    /// @param rounds           units per second of each round, in the order run
    public record Throughput(
            double unitsPerSecond,
            double answersPerSecond,
            OptionalDouble tokensPerSecond,
            double spread,
            List<Double> rounds) {
        /// Nothing was done.
        public static final Throughput NONE = new Throughput(0, 0, OptionalDouble.empty(), 0, List.of());

        public Throughput {
            Objects.requireNonNull(tokensPerSecond, "tokensPerSecond");
            rounds = List.copyOf(rounds);
        }
    }

    /// How long things took, in nanoseconds; empty where there was nothing to time.
    ///
    /// @param first    from the sending of a request to the first text of a stream, or first byte of another body
    /// @param between  from one piece of text of a stream to the next
    /// @param endToEnd from the sending of a request to the end of its answer
    public record Times(Optional<Distribution> first, Optional<Distribution> between, Optional<Distribution> endToEnd) {
        /// Nothing was timed.
        public static final Times NONE = new Times(Optional.empty(), Optional.empty(), Optional.empty());
    }
}
