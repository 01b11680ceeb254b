package dev.dray.app.admin.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.admin.history.Point;
import dev.dray.app.admin.history.WorkerHistory;
import dev.dray.app.admin.live.Frame.Kind;
import dev.dray.app.admin.log.LineJson;
import dev.dray.app.admin.log.ModelLines;
import dev.dray.app.admin.log.ModelLines.Line;
import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// Decides what is news. Used by one thread at a time.
public final class Composer {
    // Changes of load come all the time; of readiness, benchmark and reports they are told at once.
    private static final long STATUS_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long STATUS_AT_LEAST_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LINES_PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    // Who watches a log that races sees its end, not all of it.
    private static final int MOST_CHARACTERS = 64 << 10;

    private static final String REPORTS = "reports";

    private final Sources sources;
    private final Ticker ticker;
    private ObjectNode told = JsonNodeFactory.instance.objectNode();
    private long toldNanos;
    private long linesNanos;

    /// What the events are made of.
    ///
    /// @param history looked at each time
    /// @param status  without what never changes, and without the time
    public record Sources(WorkerHistory history, ModelLines lines, Supplier<ObjectNode> status, InstantSource clock) {}

    Composer(Sources sources, Ticker ticker) {
        this.sources = sources;
        this.ticker = ticker;
        this.toldNanos = ticker.nanos() - STATUS_AT_LEAST_NANOS;
        this.linesNanos = ticker.nanos();
    }

    /// Looks at the worker.
    ///
    /// @param urgent whether something has happened that is told at once
    /// @param alone  whether nobody is there to hear it
    List<Frame> look(boolean urgent, boolean alone) {
        List<Point> closed = sources.history().look();
        List<Line> lines = lines();
        if (alone) {
            return List.of();
        }
        var news = new ArrayList<Frame>();
        ObjectNode status = sources.status().get();
        long since = ticker.nanos() - toldNanos;
        if (urgent
                || !Objects.equals(status.get(REPORTS), told.get(REPORTS))
                || since >= STATUS_AT_LEAST_NANOS
                || (since >= STATUS_PAUSE_NANOS && !status.equals(told))) {
            told = status;
            toldNanos = ticker.nanos();
            news.add(frame(status));
        }
        closed.forEach(point -> news.add(Frame.of(Kind.POINT, point.json())));
        if (!lines.isEmpty()) {
            news.add(Frame.of(Kind.LOG, LineJson.of(lines)));
        }
        return news;
    }

    /// What a newcomer is told.
    List<Frame> first() {
        return List.of(status(), Frame.of(Kind.POINT, sources.history().open().json()));
    }

    /// The status as it is now.
    Frame status() {
        return frame(sources.status().get());
    }

    private Frame frame(ObjectNode status) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("now", sources.clock().instant().toString());
        content.setAll(status);
        return Frame.of(Kind.STATUS, content);
    }

    private List<Line> lines() {
        if (ticker.nanos() - linesNanos < LINES_PAUSE_NANOS) {
            return List.of();
        }
        linesNanos = ticker.nanos();
        var end = new ArrayDeque<Line>();
        int characters = 0;
        for (Line line : sources.lines().news().reversed()) {
            characters += line.text().length();
            if (characters > MOST_CHARACTERS) {
                break;
            }
            end.addFirst(line);
        }
        return List.copyOf(end);
    }
}
