package dev.dray.adapter.controlplanevast;

import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.Entrance;
import dev.dray.port.outbound.PlatformRequest;
import dev.dray.port.outbound.PlatformRequest.SessionUse;
import dev.dray.port.outbound.PlatformRoutes;
import dev.dray.port.outbound.SessionAnswer;
import dev.dray.port.outbound.SessionView;
import java.util.Optional;
import java.util.Set;

/// The platform's own paths: sessions, and its wish for an update.
final class VastRoutes implements PlatformRoutes {
    private static final String CREATE = "/session/create";
    private static final String END = "/session/end";
    private static final String GET = "/session/get";
    private static final String HEALTH = "/session/health";
    private static final String UPDATE = "/pyworker/update";

    private static final Set<String> CLIENTS = Set.of(CREATE, END, GET, HEALTH, UPDATE);
    private static final Set<String> INTERNAL = Set.of(END);

    private final boolean unsecured;
    private final UpdateRoute update;

    VastRoutes(VastSettings settings) {
        this.unsecured = settings.unsecured();
        this.update = new UpdateRoute(settings.masterToken(), settings.updateFile());
    }

    @Override
    public Set<String> paths(Entrance entrance) {
        return switch (entrance) {
            case CLIENTS -> CLIENTS;
            case INTERNAL -> INTERNAL;
        };
    }

    @Override
    public PlatformRequest read(InboundRequest request) {
        return switch (request.path()) {
            case CREATE -> SessionReader.order(request.body(), unsecured);
            case END -> SessionReader.use(SessionUse.END, request.body());
            case GET -> SessionReader.use(SessionUse.DESCRIBE, request.body());
            case HEALTH -> SessionReader.use(SessionUse.PROBE, request.body());
            case UPDATE -> update.answer(request);
            default ->
                throw new IllegalArgumentException(
                        "path '%s' is none of the platform's; expected one of %s".formatted(request.path(), CLIENTS));
        };
    }

    @Override
    public Reply answer(SessionAnswer answer) {
        return SessionReplies.of(answer);
    }

    @Override
    public Optional<CallbackSender.Callback> callback(SessionView session) {
        return SessionReplies.callback(session);
    }
}
