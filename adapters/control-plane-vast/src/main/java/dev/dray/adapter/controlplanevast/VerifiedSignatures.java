package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Remembers which signatures were found good under one key, so that RSA is not paid per request.
///
/// An entry is the url and the signature exactly as their bytes stood in the request. Both generations together hold at
/// most [#CAPACITY] entries: when the young one is full it becomes the old one and what was old is forgotten, and an
/// entry that is asked for moves to the young one. That keeps about the most recent without a lock on the way through.
final class VerifiedSignatures {
    static final int CAPACITY = 4_096;
    // A good signature may be padded with junk without end; a genuine one is under 1 KiB.
    private static final int MAX_ENTRY_BYTES = 4_096;
    // 36 bytes of an RSA signature are chance enough.
    private static final int HASHED_BYTES = 48;

    private final ReentrantLock turning = new ReentrantLock();
    private volatile Generations generations = new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    boolean contains(Bytes url, Bytes signature) {
        var entry = Entry.of(url, signature);
        Generations now = generations;
        if (now.young.containsKey(entry)) {
            return true;
        }
        Entry kept = now.old.get(entry);
        if (kept == null) {
            return false;
        }
        keep(kept);
        return true;
    }

    void add(Bytes url, Bytes signature) {
        if (url.length() + signature.length() <= MAX_ENTRY_BYTES) {
            // Copies: the ranges belong to a request body that must not live on.
            keep(Entry.of(Bytes.of(url.toByteArray()), Bytes.of(signature.toByteArray())));
        }
    }

    private void keep(Entry entry) {
        turning.lock();
        try {
            Generations now = generations;
            if (now.young.size() >= CAPACITY / 2) {
                now = new Generations(new ConcurrentHashMap<>(), now.young);
                generations = now;
            }
            now.young.put(entry, entry);
        } finally {
            turning.unlock();
        }
    }

    int size() {
        Generations now = generations;
        return now.young.size() + now.old.size();
    }

    private record Generations(ConcurrentHashMap<Entry, Entry> young, ConcurrentHashMap<Entry, Entry> old) {}

    private record Entry(Bytes url, Bytes signature, int hash) {
        static Entry of(Bytes url, Bytes signature) {
            Bytes hashed = signature.slice(0, Math.min(HASHED_BYTES, signature.length()));
            return new Entry(url, signature, 31 * hashed.hashCode() + url.hashCode());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that
                    && hash == that.hash
                    && signature.equals(that.signature)
                    && url.equals(that.url);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
