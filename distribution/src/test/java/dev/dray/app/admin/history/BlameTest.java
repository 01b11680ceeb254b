package dev.dray.app.admin.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UNVERIFIED | 401 | the signature does not match the request     | client
            UNVERIFIED | 401 | the platform's public key is not there yet   | platform
            INVALID    | 422 | no envelope could be read from the body      | client
            INVALID    | 500 | the worker failed with java.lang.Error       | worker
            REJECTED   | 422 | the payload has mistakes in prompt           | client
            REJECTED   | 410 | the worker knows no session of this id       | client
            REJECTED   | 429 | the estimated wait for /a is 9 s             | worker
            REJECTED   | 503 | the worker is LOADING and serves once READY  | worker
            REJECTED   | 500 | "plugin 'x' failed in check for /a"          | plugin
            EXPELLED   | 429 | the request waited longer than it may        | worker
            ERRORED    | 500 | the model server answered 500                | model
            ERRORED    | 502 | connection refused                           | model
            ERRORED    | 504 | no first byte within 600 s                   | model
            ERRORED    | 503 | the worker is shutting down                  | worker
            ERRORED    | 500 | "plugin 'x' did not return from workload"    | plugin
            """, quoteCharacter = '"')
    void namesWhoCausedIt(Outcome outcome, int status, String reason, String source) {
        var request = new RequestRecord(
                new RequestId(1), Optional.empty(), Correlation.NONE, "/a", outcome, 1, status, reason, 1, 2, 0, 0, 3);

        assertThat(Blame.of(request).word()).isEqualTo(source);
    }
}
