package dev.dray.adapter.controlplanevast;

import java.util.Arrays;

/// Numbers that were seen lately: at least the latest so many different ones, at most twice as many.
///
/// Two generations: when the young one is full it becomes the old one, and what was old is forgotten; a number that
/// comes again is young again. Sets of plain numbers, since an object for each would live just long enough to be
/// expensive: it is moved by the collector again and again, and then dies among the old. Not thread-safe.
final class NumbersSeen {
    private static final int FIRST_SLOTS = 1_024;

    private final int most;
    private final long seed;
    private Generation young = new Generation(FIRST_SLOTS);
    private Generation old = new Generation(0);

    /// @param most how many of the latest are never forgotten
    /// @param seed unknown to those who choose the numbers: they could choose such that all want the same slot
    NumbersSeen(int most, long seed) {
        this.most = most;
        this.seed = seed;
    }

    /// Takes a number.
    ///
    /// @return whether it was not among those that are remembered
    boolean add(long number) {
        long mixed = mix(number ^ seed);
        if (young.contains(mixed)) {
            return false;
        }
        boolean isNew = !old.contains(mixed);
        if (young.size >= most) {
            old = young;
            young = new Generation(old.slots.length);
        }
        young.add(mixed);
        return isNew;
    }

    /// Of different numbers different ones (the last steps of SplitMix64, each of which can be undone).
    private static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /// A set by open addressing, at most half full; 0 is a free slot.
    private static final class Generation {
        private long[] slots;
        private int size;
        private boolean hasZero;

        /// @param slots a power of two, or 0 where nothing will be added
        Generation(int slots) {
            this.slots = new long[slots];
        }

        boolean contains(long number) {
            return number == 0 ? hasZero : slots.length > 0 && slots[slot(number)] == number;
        }

        void add(long number) {
            size++;
            if (number == 0) {
                hasZero = true;
                return;
            }
            if (size > slots.length / 2) {
                grow();
            }
            slots[slot(number)] = number;
        }

        private void grow() {
            long[] before = slots;
            slots = new long[before.length * 2];
            Arrays.stream(before).filter(number -> number != 0).forEach(number -> slots[slot(number)] = number);
        }

        /// Where it is, or would be.
        private int slot(long number) {
            int mask = slots.length - 1;
            int slot = (int) number & mask;
            while (slots[slot] != 0 && slots[slot] != number) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }
    }
}
