package dev.dray.app.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The boundary around calls to a plugin at start: its class loader is the thread's, and what it throws
/// comes back as a value.
public final class Containment {
    private Containment() {}

    /// What became of a call.
    public sealed interface Result<T> {
        record Returned<T>(T value) implements Result<T> {}

        /// It threw.
        ///
        /// @param reason for a person: type and message
        record Threw<T>(Throwable fault, String reason) implements Result<T> {}
    }

    /// Calls a plugin.
    ///
    /// A plugin may be compiled against other versions, so that linkage errors are its fault and no
    /// reason for the worker to end. A stack overflow and one allocation too large are over once the
    /// stack is unwound; any other error of the virtual machine is not the plugin's, and passes.
    public static <T> Result<T> call(ClassLoader loader, Callable<T> call) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            T value = call.call();
            return value == null
                    ? new Result.Threw<>(new NullPointerException(), "null")
                    : new Result.Returned<>(value);
        } catch (StackOverflowError | OutOfMemoryError fault) {
            return threw(fault);
        } catch (VirtualMachineError fault) {
            throw fault;
        } catch (Throwable fault) {
            return threw(fault);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /// The same on a thread of its own, which is waited for so long and not longer: it cannot be stopped.
    ///
    /// @param what for the thread's name and a person, for example `start`
    static <T> Result<T> within(Duration limit, String what, ClassLoader loader, Callable<T> call) {
        var result = new CompletableFuture<Result<T>>();
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name("dray-plugin-" + what)
                .start(() -> result.completeAsync(() -> call(loader, call), Runnable::run));
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return new Result.Threw<>(
                    late, "%s did not return within %d s; it is %s".formatted(what, limit.toSeconds(), place(thread)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Result.Threw<>(interrupted, "interrupted in " + what);
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the virtual machine failed in a plugin's " + what, broken.getCause());
        }
    }

    private static String place(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0 ? "about to end" : "at " + stack[0];
    }

    private static <T> Result<T> threw(Throwable fault) {
        if (fault instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new Result.Threw<>(fault, reason(fault));
    }

    // A ServiceConfigurationError and an ExceptionInInitializerError say little; what they carry says it all.
    private static String reason(Throwable fault) {
        Throwable cause = fault.getCause();
        String own = fault.getClass().getSimpleName()
                + (fault.getMessage() == null ? "" : ": " + fault.getMessage().strip());
        return cause == null ? own : own + " (" + reason(cause) + ")";
    }
}
