package dev.dray.adapter.telemetry;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Upper bounds of the histograms' buckets, in seconds.
final class Buckets {
    /// From a refusal in microseconds to a video in minutes.
    static final List<Duration> REQUEST =
            bounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800);

    /// As vLLM has for its time to first token, so that both lie on one chart [1].
    ///
    /// [1] vLLM, vllm/v1/metrics/loggers.py
    static final List<Duration> FIRST_BYTE = bounds(
            0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640,
            2560);

    static final List<Duration> QUEUE =
            bounds(0.0001, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600);

    /// Finest below a millisecond, where a worker's own share belongs.
    static final List<Duration> OVERHEAD =
            bounds(0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1);

    /// OpenTelemetry semantic conventions for generative AI, `gen_ai.server.request.duration`.
    static final List<Duration> GEN_AI_REQUEST =
            bounds(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

    /// OpenTelemetry semantic conventions for generative AI, `gen_ai.server.time_to_first_token`.
    static final List<Duration> GEN_AI_FIRST_TOKEN =
            bounds(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10);

    /// OpenTelemetry semantic conventions for generative AI, `gen_ai.server.time_per_output_token`.
    static final List<Duration> GEN_AI_PER_TOKEN =
            bounds(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5);

    /// Finer than the conventions' per token: small models write hundreds of tokens a second.
    static final List<Duration> INTER_TOKEN = bounds(
            0.001, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5,
            0.75, 1, 2.5, 5);

    private static final double[] RATIOS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.1, 1.5, 2, 3, 5, 10};

    private Buckets() {}

    /// Densest around 1, where an estimate is right.
    static double[] estimateRatio() {
        return RATIOS.clone();
    }

    private static List<Duration> bounds(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(bound -> Duration.ofNanos(Math.round(bound * 1e9)))
                .toList();
    }
}
