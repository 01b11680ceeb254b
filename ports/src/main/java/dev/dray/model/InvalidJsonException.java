package dev.dray.model;

/// A text that is not JSON (RFC 8259), with the place where it stops being so.
public final class InvalidJsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /// Names the place and the fault.
    ///
    /// @param offset  byte at which reading stopped, counted from the start of the text
    /// @param message what was expected and what was found
    public InvalidJsonException(int offset, String message) {
        super("at byte " + offset + ": " + message);
        this.offset = offset;
    }

    /// The byte at which reading stopped, counted from the start of the text.
    public int offset() {
        return offset;
    }
}
