package dev.dray.architecture.planted.adapter.first;

import dev.dray.architecture.planted.adapter.second.SecondAdapter;
import dev.dray.architecture.planted.domain.Rule;
import java.io.File;
import java.util.Date;
import java.util.ServiceLoader;
import java.util.logging.Logger;

/// Planted: everything an adapter must not do.
public class FirstAdapter {
    static int calls;

    @SuppressWarnings("SystemOut")
    public void print(Rule rule) {
        System.out.println(rule.holds(new File(".")));
    }

    @SuppressWarnings({"JavaUtilDate", "ThreadSleepMillis"})
    public Date sleep(SecondAdapter other) throws InterruptedException {
        Thread.sleep(1);
        return new Date(System.nanoTime() + other.hashCode());
    }

    public void talk(SecondAdapter other) {
        System.getLogger("planted").log(System.Logger.Level.INFO, () -> "value=" + other);
    }

    public void leave() {
        Logger.getLogger(System.getenv().toString())
                .info(ServiceLoader.load(Rule.class).toString());
        calls++;
        throw new RuntimeException("planted");
    }
}
