package dev.dray.domain.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// Says how many requests to have in flight next, from what was measured so far; nothing but mathematics.
///
/// First it rises: 1, 2, 4, 8 … until a ceiling is met: a stage that carries less than 5 % more than the best below it,
/// or one that is not usable (too many errors, or too slow). In a closed loop of N requests N = X · R holds (Little,
/// "A Proof for the Queuing Formula: L = λW", 1961): where twice the requests bring no more throughput X, the time R of
/// each has doubled, so that one sign, throughput that stopped growing, says the same as the other, latency that ran
/// away.
///
/// Then it halves the gaps that hide what is looked for: once between the last stage that rose and the ceiling, for a
/// peak may lie between two that are alike; around the best stage, where throughput falls beyond; and below the knee. A
/// gap is small enough at an eighth of the concurrency, or at 1.
public final class SaturationSearch {
    /// Throughput that a rising step must bring, as a multiple of the best before.
    static final double GROWTH = 1.05;

    /// Share of the best throughput that the knee reaches.
    static final double KNEE_SHARE = 0.95;

    private static final int FINEST = 8;

    /// Share of what a step in proportion would bring; below it throughput bends.
    static final double BEND = 0.9;

    private final int most;

    /// @param most requests in flight; 1 or more
    public SaturationSearch(int most) {
        this.most = most;
    }

    /// One stage as the search sees it.
    ///
    /// @param concurrency    requests in flight; each at most once
    /// @param unitsPerSecond throughput
    /// @param usable         whether it may count as the best at all
    public record Point(int concurrency, double unitsPerSecond, boolean usable) {
        private double worth() {
            return usable ? unitsPerSecond : 0;
        }
    }

    /// The concurrency to measure next; empty where enough is known.
    public OptionalInt next(List<Point> measured) {
        List<Point> points = sorted(measured);
        if (points.isEmpty()) {
            return OptionalInt.of(1);
        }
        Optional<Point> best = best(points);
        if (best.isEmpty()) {
            return OptionalInt.empty();
        }
        Optional<Point> ceiling = ceiling(points);
        if (ceiling.isEmpty()) {
            int top = points.getLast().concurrency();
            return top < most
                    ? OptionalInt.of((int) Math.min(2L * top, most))
                    : bends(points) ? below(points, best.get()) : OptionalInt.empty();
        }
        return first(
                () -> beside(points, ceiling.get()), () -> around(points, best.get()), () -> below(points, best.get()));
    }

    @SafeVarargs
    private static OptionalInt first(Supplier<OptionalInt>... choices) {
        for (Supplier<OptionalInt> choice : choices) {
            OptionalInt next = choice.get();
            if (next.isPresent()) {
                return next;
            }
        }
        return OptionalInt.empty();
    }

    /// What the stages come to; empty where none is usable.
    public static Optional<Saturation> found(List<Point> measured) {
        List<Point> points = sorted(measured);
        return best(points)
                .map(best -> new Saturation(
                        knee(points, best).concurrency(),
                        best.concurrency(),
                        best.unitsPerSecond(),
                        ceiling(points).isPresent(),
                        points.stream()
                                .filter(point -> !point.usable())
                                .mapToInt(Point::concurrency)
                                .min()));
    }

    private static List<Point> sorted(List<Point> measured) {
        return measured.stream()
                .sorted(Comparator.comparingInt(Point::concurrency))
                .toList();
    }

    private static Optional<Point> ceiling(List<Point> points) {
        double best = 0;
        for (Point point : points) {
            if (!point.usable() || point.unitsPerSecond() < GROWTH * best) {
                return Optional.of(point);
            }
            best = Math.max(best, point.unitsPerSecond());
        }
        return Optional.empty();
    }

    // The lowest of equals: a max() would take the last.
    private static Optional<Point> best(List<Point> points) {
        return points.stream()
                .filter(point -> point.worth() > 0)
                .sorted(Comparator.comparingDouble(Point::worth).reversed().thenComparingInt(Point::concurrency))
                .findFirst();
    }

    private static Point knee(List<Point> points, Point best) {
        return points.stream()
                .filter(point -> point.worth() >= KNEE_SHARE * best.worth())
                .findFirst()
                .orElse(best);
    }

    private static boolean bends(List<Point> points) {
        if (points.size() < 2) {
            return false;
        }
        Point last = points.getLast();
        Point before = points.get(points.size() - 2);
        return last.unitsPerSecond() / before.unitsPerSecond() < BEND * last.concurrency() / before.concurrency();
    }

    // Once is enough: what is alike at both ends and in the middle is a plateau.
    private static OptionalInt beside(List<Point> points, Point ceiling) {
        int low = points.stream()
                .mapToInt(Point::concurrency)
                .filter(concurrency -> concurrency < ceiling.concurrency())
                .max()
                .orElse(0);
        boolean looked = points.stream()
                .anyMatch(point -> point.concurrency() > low && point.concurrency() < Math.min(2 * low, most(points)));
        return looked ? OptionalInt.empty() : middle(low, ceiling.concurrency());
    }

    private static int most(List<Point> points) {
        return points.getLast().concurrency();
    }

    // Where throughput falls beyond, there is a peak, on either side of the best stage, which is only near it.
    private static OptionalInt around(List<Point> points, Point best) {
        int place = points.indexOf(best);
        boolean falls = points.stream().skip(place).anyMatch(point -> point.worth() < KNEE_SHARE * best.worth());
        if (!falls) {
            return OptionalInt.empty();
        }
        int low = place == 0 ? 0 : points.get(place - 1).concurrency();
        return first(
                () -> middle(best.concurrency(), points.get(place + 1).concurrency()),
                () -> middle(low, best.concurrency()));
    }

    private static OptionalInt below(List<Point> points, Point best) {
        Point knee = knee(points, best);
        int under = 0;
        for (Point point : points) {
            if (point.concurrency() < knee.concurrency()) {
                under = point.concurrency();
            }
        }
        return middle(under, knee.concurrency());
    }

    private static OptionalInt middle(int low, int high) {
        return high - low > Math.max(1, high / FINEST) ? OptionalInt.of((low + high) >>> 1) : OptionalInt.empty();
    }

    /// The points of some stages.
    static List<Point> points(List<Stage> stages, SweepLimits limits) {
        var points = new ArrayList<Point>();
        for (Stage stage : stages) {
            if (stage.end() != Stage.End.CUT) {
                points.add(new Point(
                        stage.concurrency(),
                        stage.throughput().unitsPerSecond(),
                        stage.end() != Stage.End.BROKEN && !tooSlow(stage, limits)));
            }
        }
        return points;
    }

    private static boolean tooSlow(Stage stage, SweepLimits limits) {
        return limits.latency()
                .flatMap(limit -> stage.times().endToEnd().map(times -> times.percentile(95) > limit.toNanos()))
                .orElse(false);
    }
}
