package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.testing.CallbackSenderContract;

final class RecordingCallbacksContractTest extends CallbackSenderContract {
    private static final String FORBIDDEN = "http://169.254.169.254/";

    private final RecordingCallbacks callbacks = new RecordingCallbacks();

    RecordingCallbacksContractTest() {
        callbacks.objectTo(FORBIDDEN, "a link-local address");
    }

    @Override
    protected CallbackSender sender() {
        return callbacks;
    }

    @Override
    protected String answering(int status) {
        callbacks.answer(status);
        return "/closed";
    }

    @Override
    protected String unanswered() {
        callbacks.fail("connection refused");
        return "/closed";
    }

    @Override
    protected String forbidden() {
        return FORBIDDEN;
    }
}
