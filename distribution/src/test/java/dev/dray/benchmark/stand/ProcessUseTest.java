package dev.dray.benchmark.stand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessUseTest {
    @Test
    void readsTheProcessorTimeBehindANameWithBlanksAndParentheses() {
        String stat = "4711 (a (bad) name) S 1 4711 4711 0 -1 4194560 1 2 3 4 250 125 7 8 20 0 33 0 100 0 0";

        assertThat(ProcessUse.cpuSeconds(stat)).isEqualTo(3.75);
    }

    @Test
    void readsMemoryRowsInBytes() {
        List<String> status = List.of("Name:\tjava", "VmRSS:\t  100 kB", "RssAnon:\t   80 kB");

        assertThat(ProcessUse.bytes(status, "VmRSS:")).isEqualTo(100 * 1024);
        assertThat(ProcessUse.bytes(status, "RssAnon:")).isEqualTo(80 * 1024);
    }

    @Test
    void sumsTheHeapOfAllItsParts() {
        String metrics = """
            # TYPE jvm_memory_used_bytes gauge
            jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.5E7
            jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 500.0
            jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.0E7
            """;

        assertThat(JavaHeap.used(metrics)).isEqualTo(15_000_500.0);
    }

    @Test
    void knowsTheReportOfAWorkerThatServes() {
        assertThat(report("\"loadtime\": 12.5")).isTrue();
        assertThat(report("\"loadtime\": 0.0")).isFalse();
        assertThat(report("\"loadtime\": null")).isFalse();
    }

    private static boolean report(String member) {
        return new Platform.Report(0, "{\"id\": 1, " + member + ", \"cur_load\": 0}").isReady();
    }
}
