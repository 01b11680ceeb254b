package dev.dray.app.simulate;

import dev.dray.model.PlatformReference;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.PlatformRoutes;
import dev.dray.port.outbound.Refusal;

/// The platform's real manners, but signatures that fail, keys that are missing, and now and then a fault of the
/// adapter itself.
record FaultyManners(PlatformProtocol manners, Life life) implements PlatformProtocol {
    private static final int WRONG_ONE_IN = 100;
    private static final int THROWS_ONE_IN = 1_500;

    @Override
    public Opened open(InboundRequest request) {
        perhapsThrow();
        return manners.open(request);
    }

    @Override
    public Verdict verify(PlatformReference reference) {
        life.preempt();
        perhapsThrow();
        if (life.chance().oneIn(WRONG_ONE_IN)) {
            life.count(Fault.SIGNATURE_WRONG);
            return Verdict.UNVERIFIED;
        }
        if (life.chance().oneIn(WRONG_ONE_IN)) {
            life.count(Fault.KEY_MISSING);
            return Verdict.KEY_MISSING;
        }
        return manners.verify(reference);
    }

    @Override
    public PlatformRoutes routes() {
        return manners.routes();
    }

    @Override
    public Reply refusal(Refusal refusal) {
        life.preempt();
        return manners.refusal(refusal);
    }

    private void perhapsThrow() {
        if (life.chance().oneIn(THROWS_ONE_IN)) {
            life.count(Fault.PLATFORM_ADAPTER_THREW);
            throw new IllegalStateException("planted");
        }
    }
}
