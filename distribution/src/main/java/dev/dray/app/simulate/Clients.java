package dev.dray.app.simulate;

import dev.dray.model.JsonValue;
import dev.dray.port.exchange.Reply;
import dev.dray.port.inbound.RequestGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Everybody who comes: honest requests, sessions and what happens inside them, and those who do not know what they
/// do. Some lose patience, at whatever stage they are.
final class Clients {
    private static final List<String> PLUGIN_FAULTS = List.of("check", "refuse", "request");
    private static final List<String> BAD_BODIES =
            List.of("", "[", "{}", "{\"auth_data\": 3}", "{\"payload\": {}}", "null", "{\"auth_data\": {\"url\": 1}}");
    private static final int HANG_ONE_IN = 4_000;
    private static final int ACCEPTED = 2;

    private final Life life;
    private final Chance chance;
    private final Scenario scenario;
    private final Promises promises;
    private final RequestGate gate;
    private final RequestGate internal;
    private final Numbers numbers;
    private final List<Client> recent = new ArrayList<>();
    private final List<Known> sessions = new ArrayList<>();
    private int left;
    private double rush = 1;

    /// Numbers clients through all lives of a history.
    static final class Numbers {
        private long last;

        long next() {
            return ++last;
        }

        long last() {
            return last;
        }
    }

    /// A session somebody opened.
    private record Known(String id, String secret) {}

    /// @param internal the way in for the model server's side of the machine
    Clients(Life life, Scenario scenario, Promises promises, RequestGate gate, RequestGate internal, Numbers numbers) {
        this.life = life;
        this.chance = life.chance();
        this.scenario = scenario;
        this.promises = promises;
        this.gate = gate;
        this.internal = internal;
        this.numbers = numbers;
        this.left = scenario.requests();
        life.mischief(this::somebodyHangsUp);
    }

    void begin() {
        life.later(chance.millis(0, 3_000), this::come);
        life.later(chance.millis(500, 5_000), this::changeRush);
    }

    /// Nobody can come any more.
    void stop() {
        left = 0;
    }

    /// Whether all have come.
    boolean isDone() {
        return left == 0;
    }

    // Crowds come and go: three times as many as can be served, or hardly anybody.
    private void changeRush() {
        rush = chance.pick(List.of(0.2, 0.6, 1.0, 1.0, 2.0, 4.0));
        life.later(chance.millis(500, 8_000), this::changeRush);
    }

    private void come() {
        if (left == 0) {
            return;
        }
        // Now and then many at the very same moment.
        for (int crowd = chance.oneIn(40) ? chance.between(2, 12) : 1; crowd > 0 && left > 0; crowd--) {
            left--;
            one();
        }
        life.later(chance.exponential(1e9 / (scenario.callers() * rush)), this::come);
    }

    private void one() {
        int dice = chance.below(100);
        if (dice < 85) {
            request();
        } else if (dice < 90) {
            openSession();
        } else if (dice < 96) {
            useSession();
        } else if (dice < 98) {
            malformed();
        } else {
            astray();
        }
    }

    private void request() {
        int route = chance.below(scenario.routes().size());
        Optional<String> session = chance.percent(15) ? anySession() : Optional.empty();
        Client client = client(gate, _ -> {});
        client.standing.route = route;
        client.send("POST", scenario.routes().get(route).path(), body(client, payload(), session));
        perhapsHangUp(client);
    }

    private String payload() {
        String units = Integer.toString(chance.percent(5) ? 0 : chance.between(1, 40));
        String fault = "";
        if (chance.oneIn(HANG_ONE_IN)) {
            fault = chance.percent(50) ? "hang" : "hang late";
        } else if (chance.percent(3)) {
            fault = chance.pick(PLUGIN_FAULTS);
        }
        return fault.isEmpty()
                ? "{\"units\": " + units + "}"
                : "{\"units\": " + units + ", \"" + SimulatedRoute.FAULT + "\": \"" + fault + "\"}";
    }

    private void openSession() {
        String lifetime = Integer.toString(chance.percent(10) ? -1 : chance.between(0, 15));
        String close = chance.percent(50) ? ", \"on_close_route\": \"/closed\"" : "";
        if (chance.percent(5)) {
            close = ", \"on_close_route\": \"" + Callbacks.FORBIDDEN + "\"";
        }
        long number = numbers.next();
        String auth = auth(Long.toString(number), Long.toString(number), chance.between(0, 30));
        Client client = new Client(number, life, promises, gate, reply -> opened(reply, auth));
        came(client);
        client.standing.reqnum = Long.toString(number);
        client.send(
                "POST",
                "/session/create",
                "{\"auth_data\": " + auth + ", \"payload\": {\"lifetime\": " + lifetime + close + "}}");
        perhapsHangUp(client);
    }

    private void opened(Reply reply, String auth) {
        if (reply.status() / 100 == ACCEPTED) {
            JsonValue.parse(reply.body())
                    .at("/session_id")
                    .flatMap(JsonValue::text)
                    .ifPresent(id -> sessions.add(new Known(id, auth)));
        }
    }

    private void useSession() {
        Known session = sessions.isEmpty() || chance.percent(8)
                ? new Known("nobody", "{}")
                : sessions.get(sessions.size() - 1 - chance.below(Math.min(4, sessions.size())));
        String secret = session.secret();
        if (chance.percent(15)) {
            life.count(Fault.SESSION_ASTRAY);
            secret = "{\"cost\": 1}";
        }
        String path = chance.pick(List.of("/session/get", "/session/health", "/session/end", "/session/end"));
        Client client = client(path.endsWith("end") && chance.percent(50) ? internal : gate, _ -> {});
        client.send("POST", path, "{\"session_id\": \"" + session.id() + "\", \"session_auth\": " + secret + "}");
        perhapsHangUp(client);
    }

    private void malformed() {
        life.count(Fault.REQUEST_MALFORMED);
        Client client = client(gate, _ -> {});
        client.send("POST", scenario.routes().getFirst().path(), chance.pick(BAD_BODIES));
    }

    private void astray() {
        life.count(Fault.REQUEST_ASTRAY);
        Client client = client(gate, _ -> {});
        switch (chance.below(3)) {
            case 0 -> client.send("GET", scenario.routes().getFirst().path(), "");
            case 1 -> client.send("POST", "/nowhere", body(client, "{\"units\": 1}", Optional.empty()));
            default -> client.send("POST", "/pyworker/update", "{}");
        }
    }

    private Client client(RequestGate through, Consumer<Reply> whenReplied) {
        var client = new Client(numbers.next(), life, promises, through, whenReplied);
        came(client);
        return client;
    }

    private void came(Client client) {
        if (recent.size() < 32) {
            recent.add(client);
        } else {
            recent.set(chance.below(recent.size()), client);
        }
    }

    private String body(Client client, String payload, Optional<String> session) {
        String inside = session.map(id -> ", \"session_id\": \"" + id + "\"").orElse("");
        return "{\"auth_data\": " + auth(client) + ", \"payload\": " + payload + inside + "}";
    }

    // A client tries again with the same reqnum; now and then one invents a request_idx that no platform ever made.
    private String auth(Client client) {
        long number = client.number();
        long again = chance.percent(3) ? Math.max(1, number - chance.between(1, 20)) : number;
        client.standing.reqnum = Long.toString(again);
        if (chance.oneIn(300)) {
            client.requestIdx(Autoscaler.INVENTED + number);
        }
        return auth(client.standing.reqnum, client.requestIdx(), 1);
    }

    private static String auth(String reqnum, String requestIdx, int cost) {
        return "{\"reqnum\": " + reqnum + ", \"request_idx\": " + requestIdx + ", \"cost\": " + cost
                + ", \"endpoint\": \"e\", \"url\": \"u\", \"signature\": \"s\"}";
    }

    private Optional<String> anySession() {
        if (sessions.isEmpty()) {
            return Optional.empty();
        }
        if (chance.percent(3)) {
            life.count(Fault.SESSION_ASTRAY);
            return Optional.of("nobody");
        }
        return Optional.of(sessions.get(sessions.size() - 1 - chance.below(Math.min(4, sessions.size())))
                .id());
    }

    private void perhapsHangUp(Client client) {
        if (chance.percent(18)) {
            life.later(chance.exponential((double) chance.millis(1, 4_000)), () -> client.hangUp(noticed()));
        }
    }

    private void somebodyHangsUp() {
        if (!recent.isEmpty()) {
            chance.pick(recent).hangUp(noticed());
        }
    }

    private long noticed() {
        return chance.percent(40) ? 0 : chance.micros(1, 30_000);
    }
}
