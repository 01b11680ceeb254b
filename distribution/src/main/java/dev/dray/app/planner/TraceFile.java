package dev.dray.app.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file that says when requests came, what they cost, and at which route: a line each, as CSV `seconds,units[,route]`
/// (a heading may stand first) or as JSON `{"arrival": 1.5, "units": 128, "route": "/x"}`.
public final class TraceFile {
    private static final int MOST_PROBLEMS = 20;
    private static final double MOST_SECONDS = 1e9;
    private static final String EXPECTED =
            "seconds,units or seconds,units,/route, or a JSON object with arrival and units";

    private final Path file;
    private final ObjectMapper json = new ObjectMapper();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int bad;
    private double last;

    /// What was in it.
    ///
    /// @param problems a line for each that cannot be used: place, what was found, what is expected
    public record Read(List<Arrival> arrivals, List<String> problems) {
        public Read {
            arrivals = List.copyOf(arrivals);
            problems = List.copyOf(problems);
        }
    }

    private TraceFile(Path file) {
        this.file = file;
    }

    /// Reads a whole file.
    ///
    /// @throws IOException if it cannot be read, or is no text in UTF-8
    public static Read read(Path file) throws IOException {
        return new TraceFile(file).read(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    private Read read(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !isHeading(i, line)) {
                line(i + 1, line);
            }
        }
        if (bad > MOST_PROBLEMS) {
            problems.add("… and %d more lines like these".formatted(bad - MOST_PROBLEMS));
        }
        if (bad == 0 && arrivals.isEmpty()) {
            problems.add("%s: found no request, expected lines like 0.25,128".formatted(file));
        }
        return new Read(arrivals, problems);
    }

    private static boolean isHeading(int index, String line) {
        return index == 0 && !line.startsWith("{") && !line.isEmpty() && Character.isLetter(line.charAt(0));
    }

    private void line(int number, String line) {
        Optional<String> problem = line.startsWith("{") ? object(line) : values(line);
        if (problem.isEmpty()) {
            return;
        }
        bad++;
        if (bad <= MOST_PROBLEMS) {
            problems.add("%s:%d: %s".formatted(file, number, problem.get()));
        }
    }

    private Optional<String> values(String line) {
        String[] parts = line.split(",", -1);
        if (parts.length < 2 || parts.length > 3) {
            return Optional.of("found '%s', expected %s".formatted(shown(line), EXPECTED));
        }
        Optional<Double> arrival = number(parts[0]);
        Optional<Double> units = number(parts[1]);
        if (arrival.isEmpty()) {
            return Optional.of("found arrival '%s', expected a number of seconds".formatted(shown(parts[0].strip())));
        }
        if (units.isEmpty()) {
            return Optional.of("found units '%s', expected a number, 0 or more".formatted(shown(parts[1].strip())));
        }
        return add(arrival.get(), units.get(), parts.length == 3 ? parts[2].strip() : Arrival.ANY_ROUTE);
    }

    private Optional<String> object(String line) {
        JsonNode object;
        try {
            object = json.readTree(line);
        } catch (JsonProcessingException e) {
            return Optional.of("found '%s', expected a JSON object in one line".formatted(shown(line)));
        }
        JsonNode arrival = object.path("arrival");
        JsonNode units = object.path("units");
        JsonNode route = object.path("route");
        if (!arrival.isNumber()) {
            return Optional.of("found arrival %s, expected a number of seconds".formatted(shown(arrival)));
        }
        if (!units.isNumber()) {
            return Optional.of("found units %s, expected a number, 0 or more".formatted(shown(units)));
        }
        if (!route.isMissingNode() && !route.isTextual()) {
            return Optional.of("found route %s, expected a path like \"/v1/completions\"".formatted(shown(route)));
        }
        return add(arrival.doubleValue(), units.doubleValue(), route.asText(Arrival.ANY_ROUTE));
    }

    private Optional<String> add(double arrival, double units, String route) {
        if (!(arrival >= 0) || arrival > MOST_SECONDS) {
            return Optional.of("found arrival %s, expected seconds from 0 on".formatted(arrival));
        }
        if (arrival < last) {
            return Optional.of(
                    "found arrival %s after one of %s, expected them in order of time".formatted(arrival, last));
        }
        if (!(units >= 0) || Double.isInfinite(units)) {
            return Optional.of("found units %s, expected a number, 0 or more".formatted(units));
        }
        if (!route.startsWith("/")) {
            return Optional.of("found route '%s', expected a path like /v1/completions".formatted(shown(route)));
        }
        last = arrival;
        arrivals.add(new Arrival(Math.round(arrival * 1e9), units, route));
        return Optional.empty();
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "nothing" : shown(value.toString());
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
