package dev.dray.app.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the number of a port; 0 stands for any free one.
final class PortNumber implements ITypeConverter<Integer> {
    private static final int LAST = 65_535;

    @Override
    public Integer convert(String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= LAST) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Told below, in the words of who typed it.
        }
        throw new TypeConversionException("'" + value + "', expected a port, 0 to " + LAST);
    }
}
