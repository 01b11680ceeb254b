package dev.dray.port.outbound;

import java.util.List;

/// The thread that makes a call, as another one may see it: who it is and where it is. Nothing can be done to it.
public final class CallingThread {
    private final Thread thread = Thread.currentThread();

    private CallingThread() {}

    /// The thread that asks.
    public static CallingThread current() {
        return new CallingThread();
    }

    /// Its number, the same for all its calls.
    public long number() {
        return thread.threadId();
    }

    /// Where it is now, innermost call first; empty where it has ended.
    public List<StackTraceElement> stack() {
        return List.of(thread.getStackTrace());
    }
}
