package dev.dray.app.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceFileTest {
    @TempDir
    private Path folder;

    @Test
    void isReadAsCsvAndAsJson() throws IOException {
        TraceFile.Read read = read(
                "arrival,units,route\n0,10\n0.5, 20 ,/a\n\n{\"arrival\": 1.25, \"units\": 3e1, \"route\": \"/b\"}\n");

        assertThat(read.problems()).isEmpty();
        assertThat(read.arrivals())
                .containsExactly(
                        new Arrival(0, 10, Arrival.ANY_ROUTE),
                        new Arrival(500_000_000, 20, "/a"),
                        new Arrival(1_250_000_000, 30, "/b"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                               | found '7', expected seconds,units
            1,2,/a,4                        | found '1,2,/a,4', expected seconds,units
            soon,2                          | found arrival 'soon', expected a number of seconds
            NaN,2                           | found arrival NaN, expected seconds from 0 on
            -1,2                            | found arrival -1.0, expected seconds from 0 on
            1,many                          | found units 'many', expected a number, 0 or more
            1,-2                            | found units -2.0, expected a number, 0 or more
            1,Infinity                      | found units Infinity, expected a number, 0 or more
            1,2,a                           | found route 'a', expected a path like /v1/completions
            0.1,2                           | found arrival 0.1 after one of 0.5, expected them in order of time
            {"arrival": 1                   | expected a JSON object in one line
            {"units": 1}                    | found arrival nothing, expected a number of seconds
            {"arrival": 1, "units": "2"}    | found units "2", expected a number, 0 or more
            {"arrival": 1, "units": 2, "route": 3} | found route 3, expected a path
            """)
    void aBadLineIsNamedWithWhatWasFoundAndExpected(String line, String problem) throws IOException {
        TraceFile.Read read = read("0.5,1\n" + line + "\n");

        assertThat(read.problems())
                .singleElement()
                .asString()
                .startsWith(file() + ":2: ")
                .contains(problem);
    }

    @Test
    void allBadLinesAreNamedUpToTwenty() throws IOException {
        TraceFile.Read read = read(IntStream.range(0, 25).mapToObj(_ -> "0,x").collect(Collectors.joining("\n")));

        assertThat(read.problems()).hasSize(21);
        assertThat(read.problems().get(19)).startsWith(file() + ":20: ");
        assertThat(read.problems().getLast()).contains("5 more");
    }

    @Test
    void aFileWithoutRequestsIsAProblem() throws IOException {
        assertThat(read("arrival,units\n").problems())
                .singleElement()
                .asString()
                .contains("found no request");
    }

    private Path file() {
        return folder.resolve("trace.csv");
    }

    private TraceFile.Read read(String text) throws IOException {
        return TraceFile.read(Files.writeString(file(), text));
    }
}
