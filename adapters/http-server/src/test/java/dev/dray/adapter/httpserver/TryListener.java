package dev.dray.adapter.httpserver;

import dev.dray.adapter.httpserver.ScriptedGate.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// A listener to try by hand, see README: `POST /echo` gives the body back, `/stream` counts, `/breaking` breaks off.
///
/// Arguments: port, and for TLS certificate chain and key, which are looked at each second.
public final class TryListener {
    private static final long PAUSE_NANOS = 200_000_000;

    private TryListener() {}

    /// Starts it, until the process is ended.
    public static void main(String[] args) throws InterruptedException {
        var gate = new ScriptedGate()
                .proceeding("/echo", Call::echo)
                .proceeding("/stream", TryListener::count)
                .proceeding("/breaking", call -> {
                    call.head("Content-Type", "text/event-stream");
                    call.text("data: half\n\n");
                    call.responder().breakOff();
                });
        Optional<TlsFiles> tls = args.length < 3
                ? Optional.empty()
                : Optional.of(new TlsFiles(
                        Path.of(args[1]), Path.of(args[2]), Duration.ofSeconds(1), InstantSource.system()));
        int port = Integer.parseInt(args[0]);
        RunningListener.of(gate, new ListenerSettings("try", "127.0.0.1", port, ListenerLimits.standard(), tls));
        new CountDownLatch(1).await();
    }

    private static void count(Call call) {
        call.head("Content-Type", "text/event-stream");
        for (int i = 1; i <= 5; i++) {
            call.text("data: " + i + "\n\n");
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        call.responder().end();
    }
}
