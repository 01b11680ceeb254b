package dev.dray.adapter.logsources;

import dev.dray.port.outbound.ModelProcess;
import dev.dray.port.testing.ModelProcessContract;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

final class OwnProcessContractTest extends ModelProcessContract {
    private final List<OwnProcess> made = new ArrayList<>();

    @Override
    protected ModelProcess ending() {
        return process("sh", "-c", "echo one; echo two; exit 3");
    }

    @Override
    protected ModelProcess lasting() {
        return process("sh", "-c", "echo one; echo two; exec sleep 600");
    }

    @Override
    protected ModelProcess unstartable() {
        return process("no-such-model-server");
    }

    private ModelProcess process(String... command) {
        var process = new OwnProcess(ProcessSettings.of(command), OutputStream.nullOutputStream(), System::nanoTime);
        made.add(process);
        return process;
    }

    @AfterEach
    void close() {
        made.forEach(OwnProcess::close);
    }
}
