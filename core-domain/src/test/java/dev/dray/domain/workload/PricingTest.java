package dev.dray.domain.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.RequestPayload;
import dev.dray.spi.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PricingTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 100, 1e9})
    void takesThePluginsPrice(double units) {
        assertThat(priced(units)).isEqualTo(units);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, -1e-300})
    void countsAnUnusablePriceAsOneHundred(double units) {
        assertThat(priced(units)).isEqualTo(100);
    }

    @Test
    void countsAFailingPluginAsOneHundred() {
        Route fails = new FixedPrice(0) {
            @Override
            public double workload(RequestPayload payload) {
                throw new StackOverflowError();
            }
        };

        assertThat(Pricing.units(fails, RequestPayload.of("{}"))).isEqualTo(100);
    }

    @Test
    void keepsOneAbsurdPriceFromSwallowingAllOthers() {
        var books = new Tally();
        books.add(priced(Double.MAX_VALUE));
        double before = books.units();

        books.add(1);

        assertThat(books.units() - before).isEqualTo(1);
    }

    @Test
    void emptiesAGaugeExactlyAndNeverGoesBelowZero() {
        var gauge = new Tally();
        gauge.add(0.1);
        gauge.add(0.2);
        gauge.remove(0.3);
        assertThat(gauge.units()).isNotNegative();

        gauge.remove(0.1);

        assertThat(gauge.units()).isZero();
        assertThat(gauge.requests()).isZero();
    }

    private static double priced(double units) {
        return Pricing.units(new FixedPrice(units), RequestPayload.of("{}"));
    }

    private static class FixedPrice implements Route {
        private final double units;

        FixedPrice(double units) {
            this.units = units;
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public double workload(RequestPayload payload) {
            return units;
        }
    }
}
