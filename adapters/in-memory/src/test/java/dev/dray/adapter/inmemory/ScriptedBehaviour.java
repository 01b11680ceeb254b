package dev.dray.adapter.inmemory;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.testing.ModelServerContract.Behaviour;
import java.util.List;

/// Turns what the contract wants of a model server into a script.
final class ScriptedBehaviour {
    private ScriptedBehaviour() {}

    static Script script(Behaviour behaviour) {
        return switch (behaviour) {
            case Behaviour.Serves(var head, var pieces) -> answer(head, pieces).end();
            case Behaviour.Breaks(var head, var pieces) -> answer(head, pieces).reset();
            case Behaviour.Refuses() -> Script.refuse();
            case Behaviour.Stalls(var head, var pieces) -> pieces.isEmpty() ? Script.hang() : answer(head, pieces);
        };
    }

    private static Script answer(ResponseHead head, List<Bytes> pieces) {
        Script script = Script.hang().head(head);
        for (Bytes piece : pieces) {
            script = script.then(new Step.Chunk(piece));
        }
        return script;
    }
}
