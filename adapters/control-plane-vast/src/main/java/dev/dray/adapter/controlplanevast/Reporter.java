package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.StatusReport.Reading;
import java.time.Duration;
import java.util.function.Supplier;

/// The thread that tells the platform how the worker is, when the [ReportBook] says so.
///
/// The book's marks belong to this thread, and after its end to the one that calls [#last(Duration)].
final class Reporter {
    private final Conversation conversation;
    private final ReportBook book;
    private final Loop loop;

    /// @param reading reads worker and machine anew
    Reporter(VastSettings settings, Supplier<Reading> reading, Conversation conversation, Timekeeper time) {
        this.conversation = conversation;
        this.book = new ReportBook(settings, time, reading, this::ring);
        this.loop = new Loop("dray-reporter", book::waitNanos, this::report);
    }

    /// What is told, and when.
    ReportBook book() {
        return book;
    }

    void start() {
        loop.start();
    }

    PlatformStatus.Line line() {
        return conversation.line();
    }

    /// Ends the thread; a report in the air gets that long to arrive.
    void stop(Duration grace) {
        loop.stop(grace);
    }

    /// One more report, after [#stop(Duration)].
    void last(Duration timeOut) {
        book.settle(conversation.postOnce(book::compose, timeOut));
    }

    private void ring() {
        loop.ring();
    }

    private void report() {
        book.begin();
        try {
            book.settle(conversation.post(book::compose));
        } finally {
            book.end();
        }
    }
}
