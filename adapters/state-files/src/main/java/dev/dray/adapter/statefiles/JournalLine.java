package dev.dray.adapter.statefiles;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One line of a journal: a checksum in eight hex digits, then kind, container, number, time and text.
///
/// The checksum tells a line that was cut, or run into another, from one that was written: a crash may leave either.
///
/// @param kind          what happened
/// @param containerId   whose process wrote it
/// @param number        of the admission
/// @param writtenMillis wall-clock time in epoch milliseconds
/// @param text          the rest of the line; empty for [Kind#SETTLED]
record JournalLine(Kind kind, long containerId, long number, long writtenMillis, String text) {
    enum Kind {
        ADMITTED('A'),
        ENDED('E'),
        SETTLED('S');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        private static Optional<Kind> of(String letter) {
            for (Kind kind : values()) {
                if (letter.length() == 1 && letter.charAt(0) == kind.letter) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    private static final int SUM_DIGITS = 8;
    private static final int FIELDS = 5;

    /// Writes the line with its end.
    void writeTo(ByteArrayOutputStream out) {
        byte[] rest = (kind.letter + " " + containerId + " " + number + " " + writtenMillis + " " + text)
                .getBytes(StandardCharsets.UTF_8);
        String hex = Integer.toHexString(sum(rest, 0, rest.length));
        out.writeBytes(("0".repeat(SUM_DIGITS - hex.length()) + hex + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(rest);
        out.write('\n');
    }

    /// The line these bytes were, without its end; empty where they are not what was written.
    static Optional<JournalLine> parse(byte[] line) {
        int from = SUM_DIGITS + 1;
        if (line.length < from) {
            return Optional.empty();
        }
        try {
            String hex = new String(line, 0, SUM_DIGITS, StandardCharsets.US_ASCII);
            if (Integer.parseUnsignedInt(hex, 16) != sum(line, from, line.length - from)) {
                return Optional.empty();
            }
            String rest = new String(line, from, line.length - from, StandardCharsets.UTF_8);
            String[] fields = rest.split(" ", FIELDS);
            if (fields.length < FIELDS) {
                return Optional.empty();
            }
            return Kind.of(fields[0])
                    .map(kind -> new JournalLine(
                            kind,
                            Long.parseLong(fields[1]),
                            Long.parseLong(fields[2]),
                            Long.parseLong(fields[3]),
                            fields[4]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static int sum(byte[] bytes, int from, int count) {
        var sum = new CRC32C();
        sum.update(bytes, from, count);
        return (int) sum.getValue();
    }
}
