package dev.dray.plugin.openai;

import java.util.SplittableRandom;

/// Speaks without meaning: words of syllables, each a hiss and a vowel, with pauses between words and a
/// voice that rises
/// and falls. Plain noise would leave a decoder idle and a benchmark too good; here it finds something
/// to write down.
///
/// The voice is a train of pulses through three resonators in a row, as in the simplest formant
/// synthesizers [1].
///
/// [1] D. H. Klatt, Software for a cascade/parallel formant synthesizer, JASA 67 (1980), §II
final class Babble {
    /// First three formants of five vowels in Hz: a, e, i, o, u.
    private static final double[][] VOWELS = {
        {730, 1_090, 2_440}, {530, 1_840, 2_480}, {270, 2_290, 3_010}, {570, 840, 2_410}, {300, 870, 2_240}
    };

    private static final double[] BANDWIDTHS = {80, 100, 140};
    private static final double LOUDNESS = 9_000;

    private final int rate;
    private final SplittableRandom random = new SplittableRandom(1_980);
    private final Resonator[] tract;
    private double phase;

    /// @param rate samples a second
    Babble(int rate) {
        this.rate = rate;
        this.tract = new Resonator[] {new Resonator(rate), new Resonator(rate), new Resonator(rate)};
    }

    /// That many samples from the beginning on.
    short[] samples(int count) {
        var samples = new double[count];
        int at = 0;
        while (at < count) {
            int syllables = 1 + random.nextInt(4);
            for (int i = 0; i < syllables; i++) {
                at = hiss(samples, at, seconds(0.03, 0.09));
                at = vowel(samples, at, seconds(0.09, 0.24));
            }
            at += seconds(0.05, random.nextInt(5) == 0 ? 0.7 : 0.2);
        }
        return loud(samples);
    }

    private int seconds(double least, double most) {
        return (int) (rate * random.nextDouble(least, most));
    }

    private int hiss(double[] samples, int from, int length) {
        int to = Math.min(samples.length, from + length);
        for (int at = from; at < to; at++) {
            samples[at] = 0.05 * swell(at - from, length) * random.nextDouble(-1, 1);
        }
        return to;
    }

    private int vowel(double[] samples, int from, int length) {
        double[] formants = VOWELS[random.nextInt(VOWELS.length)];
        for (int i = 0; i < tract.length; i++) {
            tract[i].tune(formants[i], BANDWIDTHS[i]);
        }
        double pitch = random.nextDouble(95, 165);
        int to = Math.min(samples.length, from + length);
        for (int at = from; at < to; at++) {
            // The voice falls by a tenth over a syllable.
            phase += pitch * (1 - 0.1 * (at - from) / length) / rate;
            double sound = phase >= 1 ? 1 : 0;
            phase -= Math.floor(phase);
            for (Resonator resonator : tract) {
                sound = resonator.next(sound);
            }
            samples[at] = sound * swell(at - from, length);
        }
        return to;
    }

    // From nothing to full and back.
    private static double swell(int at, int length) {
        return Math.sin(Math.PI * at / length);
    }

    private static short[] loud(double[] samples) {
        double peak = 0;
        for (double sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        var loud = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            loud[i] = (short) (LOUDNESS * samples[i] / peak);
        }
        return loud;
    }

    /// A second-order resonator (Klatt, equations 1 and 2).
    private static final class Resonator {
        private final int rate;
        private double a;
        private double b;
        private double c;
        private double last;
        private double beforeLast;

        Resonator(int rate) {
            this.rate = rate;
        }

        void tune(double frequency, double bandwidth) {
            c = -Math.exp(-2 * Math.PI * bandwidth / rate);
            b = 2 * Math.exp(-Math.PI * bandwidth / rate) * Math.cos(2 * Math.PI * frequency / rate);
            a = 1 - b - c;
        }

        double next(double in) {
            double out = a * in + b * last + c * beforeLast;
            beforeLast = last;
            last = out;
            return out;
        }
    }
}
