package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.ModelProcess;
import dev.dray.port.testing.ModelProcessContract;

final class ScriptedProcessContractTest extends ModelProcessContract {
    private final ScriptedProcess process = new ScriptedProcess();
    private boolean ends;

    @Override
    protected ModelProcess ending() {
        ends = true;
        return process;
    }

    @Override
    protected ModelProcess lasting() {
        return process;
    }

    @Override
    protected ModelProcess unstartable() {
        process.refuseStarts("no such file");
        return process;
    }

    @Override
    protected void play(ModelProcess started) {
        process.say("one", "two");
        if (ends) {
            process.end("exited with status 3");
        }
    }
}
