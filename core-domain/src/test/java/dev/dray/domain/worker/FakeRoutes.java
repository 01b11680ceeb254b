package dev.dray.domain.worker;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.model.SessionSecret;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.CallbackSender.Callback;
import dev.dray.port.outbound.Entrance;
import dev.dray.port.outbound.PlatformRequest;
import dev.dray.port.outbound.PlatformRequest.SessionUse;
import dev.dray.port.outbound.PlatformRoutes;
import dev.dray.port.outbound.SessionAnswer;
import dev.dray.port.outbound.SessionOrder;
import dev.dray.port.outbound.SessionView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A platform's own paths. Header fields say everything: `units`, `lifetime` (s), `close`, `secret`, `id`, `reference`.
final class FakeRoutes implements PlatformRoutes {
    static final String CREATE = "/session/create";
    static final String GET = "/session/get";
    static final String HEALTH = "/session/health";
    static final String END = "/session/end";
    static final String UPDATE = "/update";

    final List<SessionAnswer> answers = Collections.synchronizedList(new ArrayList<>());
    Runnable onCall = () -> {};
    boolean faulty;

    @Override
    public Set<String> paths(Entrance entrance) {
        return switch (entrance) {
            case CLIENTS -> Set.of(CREATE, GET, HEALTH, END, UPDATE);
            case INTERNAL -> Set.of(END);
        };
    }

    @Override
    public PlatformRequest read(InboundRequest request) {
        onCall.run();
        if (faulty) {
            throw new IllegalStateException("planted");
        }
        return switch (request.path()) {
            case CREATE -> new PlatformRequest.OpenSession(order(request));
            case GET -> use(SessionUse.DESCRIBE, request);
            case HEALTH -> use(SessionUse.PROBE, request);
            case END -> use(SessionUse.END, request);
            default -> new PlatformRequest.Answered(Reply.text(401, "no"), Outcome.UNVERIFIED, "wrong token");
        };
    }

    @Override
    public Reply answer(SessionAnswer answer) {
        onCall.run();
        answers.add(answer);
        if (faulty) {
            throw new IllegalStateException("planted");
        }
        return switch (answer) {
            case SessionAnswer.Opened(SessionView session) -> Reply.text(201, session.id());
            case SessionAnswer.Described(SessionView session) -> Reply.text(200, session.id());
            case SessionAnswer.Alive(String id) -> Reply.text(200, id);
            case SessionAnswer.Ended(String id) -> Reply.text(200, id);
            case SessionAnswer.Unknown(SessionUse use, String _) ->
                Reply.empty(use == SessionUse.PROBE ? 200 : 400);
            case SessionAnswer.WrongSecret _ -> Reply.empty(401);
            case SessionAnswer.AlreadyClosed _ -> Reply.empty(410);
        };
    }

    @Override
    public Optional<Callback> callback(SessionView session) {
        onCall.run();
        if (faulty) {
            throw new IllegalStateException("planted");
        }
        return session.order().closeTarget().map(target -> new Callback(target, Bytes.utf8(session.id())));
    }

    private static SessionOrder order(InboundRequest request) {
        return new SessionOrder(
                new RequestWorld.Reference(field(request, "reference", "none")),
                secret(request),
                Double.parseDouble(field(request, "units", "0")),
                Duration.ofSeconds(Long.parseLong(field(request, "lifetime", "60"))),
                HeaderField.first(request.headers(), "close"));
    }

    private static PlatformRequest use(SessionUse use, InboundRequest request) {
        return new PlatformRequest.UseSession(use, field(request, "id", ""), secret(request));
    }

    private static SessionSecret secret(InboundRequest request) {
        return SessionSecret.of(field(request, "secret", "mine").getBytes(StandardCharsets.UTF_8));
    }

    private static String field(InboundRequest request, String name, String otherwise) {
        return HeaderField.first(request.headers(), name).orElse(otherwise);
    }
}
