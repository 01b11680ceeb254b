package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.outbound.ModelServer;
import dev.dray.port.testing.ModelServerContract;

class InlineScriptedModelServerTest extends ModelServerContract {
    private final ScriptedModelServer server = new ScriptedModelServer();

    @Override
    protected ModelServer modelServer(Behaviour behaviour) {
        server.next(ScriptedBehaviour.script(behaviour));
        return server;
    }

    @Override
    protected void awaitServerSawClose() {
        assertThat(server.latest().over()).isTrue();
    }
}
