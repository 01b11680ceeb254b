package dev.dray.adapter.modelclient;

import dev.dray.model.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// A response head as understood: what goes on to the client, and what concerns this connection alone.
///
/// @param status     100 to 599
/// @param endToEnd   fields for the client: all but those of this connection
/// @param chunked    whether the body is in chunks
/// @param length     bytes of the body by `Content-Length`, or [#NO_LENGTH]
/// @param persistent whether the connection may carry another request after this response
record ParsedHead(int status, List<HeaderField> endToEnd, boolean chunked, long length, boolean persistent) {
    static final long NO_LENGTH = -1;

    private static final Set<String> OF_ONE_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    static ParsedHead of(int status, boolean persistentVersion, List<HeaderField> fields) throws CallException {
        Set<String> connectionOptions = connectionOptions(fields);
        List<HeaderField> endToEnd = new ArrayList<>(fields.size());
        boolean chunked = false;
        long length = NO_LENGTH;
        for (HeaderField field : fields) {
            if (field.is("Transfer-Encoding")) {
                requireChunked(field, chunked);
                chunked = true;
            } else if (field.is("Content-Length")) {
                boolean first = length == NO_LENGTH;
                length = contentLength(field.value(), length);
                if (first) {
                    endToEnd.add(new HeaderField(field.name(), Long.toString(length)));
                }
            } else if (isEndToEnd(field, connectionOptions)) {
                endToEnd.add(field);
            }
        }
        if (chunked && length != NO_LENGTH) {
            throw CallException.garbage("response has both 'Transfer-Encoding' and 'Content-Length'");
        }
        boolean kept = persistentVersion || (!chunked && connectionOptions.contains("keep-alive"));
        boolean persistent = kept && !connectionOptions.contains("close");
        return new ParsedHead(status, List.copyOf(endToEnd), chunked, length, persistent);
    }

    /// An answer on the way to the final one, RFC 9110 §15.2.
    boolean interim() {
        return status < 200;
    }

    private static Set<String> connectionOptions(List<HeaderField> fields) {
        Set<String> options = Set.of();
        for (HeaderField field : fields) {
            if (!field.is("Connection")) {
                continue;
            }
            options = options.isEmpty() ? new TreeSet<>(String.CASE_INSENSITIVE_ORDER) : options;
            for (String option : field.value().split(",", -1)) {
                options.add(option.strip());
            }
        }
        return options;
    }

    private static boolean isEndToEnd(HeaderField field, Set<String> connectionOptions) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return !OF_ONE_CONNECTION.contains(name) && !name.startsWith("proxy-") && !connectionOptions.contains(name);
    }

    private static void requireChunked(HeaderField field, boolean already) throws CallException {
        if (already || !field.value().equalsIgnoreCase("chunked")) {
            throw CallException.garbage("response has a 'Transfer-Encoding' other than a single 'chunked'");
        }
    }

    private static long contentLength(String value, long known) throws CallException {
        long length = known;
        for (String part : value.split(",", -1)) {
            long found = number(part.strip());
            if (length != NO_LENGTH && length != found) {
                throw CallException.garbage("response has two different values of 'Content-Length'");
            }
            length = found;
        }
        return length;
    }

    private static long number(String digits) throws CallException {
        boolean usable = !digits.isEmpty() && digits.length() <= 18;
        long number = 0;
        for (int i = 0; usable && i < digits.length(); i++) {
            char digit = digits.charAt(i);
            usable = digit >= '0' && digit <= '9';
            number = number * 10 + digit - '0';
        }
        if (!usable) {
            throw CallException.garbage("response has a 'Content-Length' that is not a number of bytes");
        }
        return number;
    }
}
