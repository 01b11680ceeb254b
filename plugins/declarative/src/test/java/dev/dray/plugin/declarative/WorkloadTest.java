package dev.dray.plugin.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            payload.max_tokens | {"max_tokens": 12} | 12
            payload.max_tokens | {"max_tokens": 12.5} | 12.5
            payload.max_tokens | {"max_tokens": " 12 "} | 12
            payload.max_tokens | {"max_tokens": "1.5e2"} | 150
            payload.max_tokens | {"max_tokens": "512d"} | NaN
            payload.max_tokens | {"max_tokens": "0x10"} | NaN
            payload.max_tokens | {"max_tokens": ""} | NaN
            payload.max_tokens | {"max_tokens": true} | 1
            payload.max_tokens | {"max_tokens": false} | 0
            payload.max_tokens | {"max_tokens": null} | NaN
            payload.max_tokens | {"max_tokens": [1]} | NaN
            payload.max_tokens | {"max_tokens": {}} | NaN
            payload.max_tokens | {} | NaN
            payload.max_tokens | [] | NaN
            payload.max_tokens | 7 | NaN
            payload.max_tokens | {"max_tokens": -3} | -3
            payload.max_tokens | {"max_tokens": NaN} | NaN
            payload.max_tokens | {"max_tokens": Infinity} | Infinity
            payload.max_tokens | {"max_tokens": 1, "max_tokens": 9} | 9
            payload.max_tokens | {"max_tokens": 9223372036854775807} | 9223372036854775807
            payload.max_tokens | {"max_tokens": 9223372036854775808} | 9.223372036854775808e18
            payload.max_tokens | {"max_tokens": 123456789012345678901234567890} | 1.2345678901234568e29
            payload.max_tokens + 1 | {"max_tokens": 41} | 42
            double(payload.n) * 1.5 | {"n": 2} | 3
            double(payload.n) * 1.5 | {"n": "2"} | 3
            payload.n * 1.5 | {"n": 2} | NaN
            has(payload.max_tokens) ? payload.max_tokens : 7 | {"max_tokens": 3} | 3
            has(payload.max_tokens) ? payload.max_tokens : 7 | {} | 7
            has(payload.a.b) ? 1 : 2 | {"a": {}} | 2
            has(payload.a.b) ? 1 : 2 | {} | NaN
            payload.?max_tokens.orValue(0) | {} | 0
            payload.?a.?b.orValue(0) | {"a": {"b": 4}} | 4
            payload.?a.?b.orValue(0) | {} | 0
            size(payload.prompt) | {"prompt": "naïve 😀"} | 7
            size(payload.prompt) | {"prompt": "\\ud83d\\ude00"} | 1
            size(payload.prompt) | {"prompt": ""} | 0
            size(payload.prompt) | {"prompt": ["a", "b"]} | 2
            size(payload) | {"a": 1, "b": 2, "a": 3} | 2
            sum(payload.docs.map(d, size(d))) | {"docs": ["abc", "de"]} | 5
            sum(payload.docs.map(d, size(d))) | {"docs": []} | 0
            sum(payload.docs) | {"docs": [1, 2.5]} | 3.5
            payload.docs[1].n | {"docs": [{"n": 1}, {"n": 2}]} | 2
            payload.docs[5] | {"docs": [1]} | NaN
            payload.docs.filter(d, has(d.n)).size() | {"docs": [{"n": 1}, {}]} | 1
            payload.exists(k, k == 'b') ? 1 : 0 | {"a": 1, "b": 2} | 1
            'b' in payload ? 1 : 0 | {"b": null} | 1
            payload.mode == 'hd' ? 4 : 1 | {"mode": "hd"} | 4
            payload.n == 2.0 ? 1 : 0 | {"n": 2} | 1
            payload.n > 1 ? 1 : 0 | {"n": 1.5} | 1
            payload['odd name'] | {"odd name": 3} | 3
            math.greatest(payload.n, 10) | {"n": 3} | 10
            int(payload.size.split('x')[0]) * int(payload.size.split('x')[1]) | {"size": "4x5"} | 20
            cel.bind(s, payload.a, s + s) | {"a": 4} | 8
            payload.n / payload.m | {"n": 1, "m": 0} | NaN
            payload.n * payload.n | {"n": 9223372036854775807} | NaN
            payload.a == payload.b ? 1 : 0 | {"a": {"x": [1, 2]}, "b": {"x": [1.0, 2]}} | 1
            """)
    void pricesAPayload(String expression, String payload, double units) {
        Overlaid overlaid = Overlaid.workload(expression);

        assertThat(overlaid.mistakes()).isEmpty();
        assertThat(overlaid.price(payload)).isEqualTo(Double.valueOf(units));
    }

    @Test
    void looksPastMegabytesThatNobodyAsksFor() {
        String image = "A".repeat(8 << 20);

        assertThat(Overlaid.workload("payload.n").price("{\"image\": \"" + image + "\", \"n\": 3}"))
                .isEqualTo(3);
        assertThat(Overlaid.workload("size(payload.list)").price("{\"list\": [" + "1,".repeat(200_000) + "1]}"))
                .isEqualTo(200_001);
    }

    @Test
    void givesUpWhatCostsTooMuch() {
        String million = "a".repeat(1 << 20);
        String list = "{\"t\": \"" + million + "\", \"list\": [" + "1,".repeat(9_999) + "1]}";

        assertThat(Overlaid.workload("size(payload.t)").price(list)).isEqualTo(1 << 20);
        assertThat(Overlaid.workload("payload.list.filter(x, payload.t.contains('b')).size()")
                        .price(list))
                .isNaN();
        assertThat(Overlaid.workload("payload.list.map(x, x).size()").price(list))
                .isNaN();
        assertThat(Overlaid.workload("payload.list.exists(x, payload.list.exists(y, x + y == 3)) ? 1 : 0")
                        .price(list))
                .isNaN();
        assertThat(Overlaid.workload("sum(payload.list)").price("{\"list\": [" + "1,".repeat(100_000) + "1]}"))
                .isNaN();
    }

    @Test
    void anEntryWithoutOneLeavesThePriceOfTheRouteBelow() {
        assertThat(Overlaid.request("payload").price("{}")).isEqualTo(100);
    }

    @Test
    void pricesFromManyThreadsAtOnce() throws Exception {
        Overlaid overlaid = Overlaid.workload("sum(payload.docs.map(d, size(d))) + payload.n");

        try (var threads = Executors.newFixedThreadPool(4)) {
            var calls = IntStream.range(0, 400)
                    .<Callable<Boolean>>mapToObj(
                            n -> () -> overlaid.price("{\"docs\": [\"ab\", \"c\"], \"n\": " + n + "}") == 3 + n)
                    .collect(Collectors.toList());
            for (var answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isTrue();
            }
        }
    }
}
