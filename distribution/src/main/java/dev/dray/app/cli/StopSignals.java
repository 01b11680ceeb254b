package dev.dray.app.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/// Hears SIGTERM and SIGINT, each time one comes.
///
/// The JDK's own way, shutdown hooks, hears the first signal only; whoever sends a second one wants the end
/// at once. Its class for signals is no part of the Java SE API and its name in an import is a compiler
/// warning, hence reflection.
final class StopSignals {
    private StopSignals() {}

    /// Calls the listener with the signal's name for every signal, on a thread of the JDK's own, in place
    /// of what the JDK does. Signals the process was started to ignore, and those reserved by the JDK's
    /// options, stay as they are.
    static void listen(Consumer<String> listener) {
        for (String name : List.of("TERM", "INT")) {
            try {
                listen(name, listener);
            } catch (ReflectiveOperationException gone) {
                throw new IllegalStateException(
                        "this Java has no sun.misc.Signal; use a JDK 25 with jdk.unsupported", gone);
            }
        }
    }

    private static void listen(String name, Consumer<String> listener) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler heard = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                listener.accept(name);
                yield null;
            }
            case "toString" -> "listener of SIG" + name;
            default -> throw new UnsupportedOperationException(method.getName());
        };
        Object listening = Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[] {handler}, heard);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), listening);
    }
}
