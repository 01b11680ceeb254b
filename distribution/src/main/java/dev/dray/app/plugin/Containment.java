package dev.dray.app.plugin;

import java.util.concurrent.Callable;

/// The boundary around calls to a plugin at start: its class loader is the thread's, and what it throws
/// comes back as
/// a value.
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
    /// reason for the
    /// worker to end. A stack overflow and one allocation too large are over once the stack is unwound;
    /// any other
    /// error of the virtual machine is not the plugin's, and passes.
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
