package dev.dray.app.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How much requests cost, in workload units.
public sealed interface Sizes {
    /// What [#parse(String)] understands.
    String EXPECTED = "128, fixed:128, exponential:MEAN, lognormal:MEAN,SIGMA or list:64,128,512, with numbers above 0";

    /// Draws the size of the next request.
    double next(RandomGenerator random);

    /// The mean of all sizes.
    double mean();

    /// The mean of their squares, which is what long queues come from.
    double meanSquare();

    /// All alike.
    record Fixed(double units) implements Sizes {
        @Override
        public double next(RandomGenerator random) {
            return units;
        }

        @Override
        public double mean() {
            return units;
        }

        @Override
        public double meanSquare() {
            return units * units;
        }
    }

    /// Exponentially distributed: small ones are common, there is no largest.
    record Exponential(double mean) implements Sizes {
        @Override
        public double next(RandomGenerator random) {
            return mean * random.nextExponential();
        }

        @Override
        public double meanSquare() {
            return 2 * mean * mean;
        }
    }

    /// Lognormally distributed, as prompts and answers often are.
    ///
    /// @param sigma of the logarithm; above 0
    record Lognormal(double mean, double sigma) implements Sizes {
        @Override
        public double next(RandomGenerator random) {
            return mean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
        }

        @Override
        public double meanSquare() {
            return mean * mean * Math.exp(sigma * sigma);
        }
    }

    /// One of these, each as often as the others.
    record Listed(List<Double> units) implements Sizes {
        public Listed {
            units = List.copyOf(units);
        }

        @Override
        public double next(RandomGenerator random) {
            return units.get(random.nextInt(units.size()));
        }

        @Override
        public double mean() {
            return units.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }

        @Override
        public double meanSquare() {
            return units.stream().mapToDouble(each -> each * each).average().orElseThrow();
        }
    }

    /// Reads what a user writes; empty where it is something else.
    static Optional<Sizes> parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "fixed" : text.substring(0, colon);
        List<Double> numbers = numbers(text.substring(colon + 1));
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        double first = numbers.getFirst();
        return switch (kind) {
            case "fixed" -> numbers.size() == 1 ? Optional.of(new Fixed(first)) : Optional.empty();
            case "exponential" -> numbers.size() == 1 ? Optional.of(new Exponential(first)) : Optional.empty();
            case "lognormal" ->
                numbers.size() == 2 ? Optional.of(new Lognormal(first, numbers.get(1))) : Optional.empty();
            case "list" -> Optional.of(new Listed(numbers));
            default -> Optional.empty();
        };
    }

    // Empty where one of them is no number above 0.
    private static List<Double> numbers(String text) {
        var numbers = new ArrayList<Double>();
        for (String part : text.split(",", -1)) {
            try {
                double number = Double.parseDouble(part.strip());
                if (!(number > 0) || Double.isInfinite(number)) {
                    return List.of();
                }
                numbers.add(number);
            } catch (NumberFormatException e) {
                return List.of();
            }
        }
        return numbers;
    }
}
