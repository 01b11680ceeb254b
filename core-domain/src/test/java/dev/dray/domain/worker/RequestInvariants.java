package dev.dray.domain.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.admission.Claim;
import dev.dray.domain.worker.RequestWorld.Client;
import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.RequestStarted;
import dev.dray.port.outbound.WorkerEvent.SessionClosed;
import dev.dray.port.outbound.WorkerEvent.SessionOpened;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What must hold in every history, read off the events and the counters.
final class RequestInvariants {
    private final RequestHistory history;
    private final RequestWorld world;
    private final Set<RequestId> placed = new HashSet<>();
    private final Map<String, Integer> homes = new HashMap<>();

    RequestInvariants(RequestHistory history) {
        this.history = history;
        this.world = history.world();
    }

    /// At any moment.
    void check() {
        Map<RequestId, RequestRecord> ended = ended();
        LoadSnapshot load = world.desk().load();
        checkLanes(ended.keySet());
        checkServers(ended.keySet());
        checkLimits(load);
        checkPlaces(load, ended);
        checkUnits(load, ended);
    }

    /// At the end of the drain.
    void checkEnd() {
        assertThat(history.idle()).isEqualTo(1);
        assertThat(ended()).hasSize(history.arrivals());
        LoadSnapshot load = world.desk().load();
        assertThat(load.currentUnits()).isZero();
        assertThat(load.inFlight() + load.queued() + load.held() + load.sessions())
                .isZero();
        assertThat(load.working()).isEmpty();
        assertThat(world.time.waiting()).as("timers left").isZero();
        assertThat(world.callbacks.open).isEmpty();
        assertThat(world.told(SessionClosed.class))
                .extracting(SessionClosed::id)
                .containsExactlyInAnyOrderElementsOf(world.told(SessionOpened.class).stream()
                        .map(SessionOpened::id)
                        .toList());
        checkOrder();
        history.clients().forEach((_, client) -> {
            assertThat(client.replies.size() + client.brokenOff).isLessThanOrEqualTo(1);
        });
    }

    private Map<RequestId, RequestRecord> ended() {
        var records = new HashMap<RequestId, RequestRecord>();
        for (RequestRecord record : world.ended()) {
            assertThat(records.put(record.id(), record))
                    .as("one outcome of %s", record)
                    .isNull();
            boolean isFailure = record.outcome() != Outcome.SERVED && record.outcome() != Outcome.CANCELLED;
            assertThat(record.source().isPresent())
                    .as("who caused it: %s", record)
                    .isEqualTo(isFailure);
        }
        return records;
    }

    private void checkLanes(Set<RequestId> ended) {
        var busy = new HashSet<String>();
        history.clients().forEach((id, client) -> {
            String queue = history.queue(id);
            assertThat(client.turnsTold).isLessThanOrEqualTo(1);
            if (client.turnsTold == 1 && !ended.contains(id) && !queue.isEmpty()) {
                assertThat(busy.add(queue + " at " + claim(client).server()))
                        .as("one at a time in queue %s at each model server", queue)
                        .isTrue();
            }
        });
    }

    // Between two checks the same servers are usable, so whoever has got a lane since then got it among these.
    private void checkServers(Set<RequestId> ended) {
        var running = new int[history.servers()];
        history.clients().forEach((id, client) -> {
            // A request that ended in its queue with its session was called for too.
            boolean perhapsNone =
                    ended.contains(id) && visit(client).filter(Visit::isSevered).isPresent();
            if (client.turnsTold == 0 || perhapsNone) {
                return;
            }
            Claim<Visit> claim = claim(client);
            if (!ended.contains(id)) {
                running[claim.server()]++;
            }
            Optional<LiveSession> session = visit(client).orElseThrow().session();
            if (placed.add(id)) {
                assertThat(history.isUsable(claim.server()) || (session.isPresent() && claim.isStranded()))
                        .as("request %s at model server %d", id, claim.server())
                        .isTrue();
            }
            assertThat(claim.isStranded() && client.reachedModel()).isFalse();
            if (client.reachedModel()) {
                assertThat(client.call().call.server()).isEqualTo(claim.server());
            }
            session.ifPresent(home -> assertThat(homes.computeIfAbsent(home.id(), _ -> claim.server()))
                    .as("requests of one session on one model server")
                    .isEqualTo(claim.server()));
        });
        for (int server = 0; server < running.length; server++) {
            assertThat(world.desk().running(server)).isEqualTo(running[server]);
        }
    }

    private static Optional<Visit> visit(Client client) {
        return switch (client.ticket()) {
            case Visit visit -> Optional.of(visit);
            case Held held -> held.visit();
            default -> Optional.empty();
        };
    }

    private static Claim<Visit> claim(Client client) {
        return visit(client).orElseThrow().claim();
    }

    private void checkLimits(LoadSnapshot load) {
        WorkerPlan.Limits limits = RequestHistory.LIMITS;
        assertThat(load.queued()).isLessThanOrEqualTo(limits.queued());
        assertThat(load.inFlight() + load.queued() + load.held()).isLessThanOrEqualTo(limits.concurrentRequests());
        int closing = world.callbacks.open.size();
        assertThat(load.sessions() - closing)
                .isLessThanOrEqualTo(limits.sessions().getAsInt());
    }

    private void checkPlaces(LoadSnapshot load, Map<RequestId, RequestRecord> ended) {
        List<RequestAdmitted> admitted = world.told(RequestAdmitted.class);
        int sessions = world.told(SessionOpened.class).size()
                - world.told(SessionClosed.class).size();
        long outside = admitted.stream().filter(RequestInvariants::isOutside).count();
        long outsideNow = admitted.stream()
                .filter(one -> isOutside(one) && !ended.containsKey(one.id()))
                .count();
        long inHouse =
                admitted.stream().filter(one -> !ended.containsKey(one.id())).count();
        assertThat(load.sessions()).isEqualTo(sessions);
        assertThat(load.inFlight() + load.queued()).isEqualTo((int) inHouse);
        assertThat(load.working()).hasSize((int) outsideNow + sessions);
        Set<RequestId> admittedIds = new HashSet<>();
        admitted.forEach(one -> admittedIds.add(one.id()));
        long turnedAway = ended.values().stream()
                .filter(record -> record.reference().isPresent() && !admittedIds.contains(record.id()))
                .count();
        assertThat(load.requestsReceived())
                .isEqualTo(
                        outside + turnedAway + world.told(SessionOpened.class).size());
    }

    private void checkUnits(LoadSnapshot load, Map<RequestId, RequestRecord> ended) {
        double received = 0;
        double inside = 0;
        Set<RequestId> admitted = new HashSet<>();
        for (RequestAdmitted one : world.told(RequestAdmitted.class)) {
            admitted.add(one.id());
            received += one.units();
            inside += isOutside(one) || ended.containsKey(one.id()) ? 0 : one.units();
        }
        double opened = world.told(SessionOpened.class).stream()
                .mapToDouble(one -> one.session().order().units())
                .sum();
        double closed = world.told(SessionClosed.class).stream()
                .mapToDouble(one -> one.session().order().units())
                .sum();
        assertThat(load.receivedUnits()).isEqualTo(received + opened);
        assertThat(load.reservedUnits()).isEqualTo(opened - closed);
        assertThat(load.servedUnits()).isEqualTo(units(Outcome.SERVED) + closed);
        assertThat(load.erroredUnits()).isEqualTo(units(Outcome.ERRORED));
        assertThat(load.cancelledUnits()).isEqualTo(units(Outcome.CANCELLED));
        double expelled = units(Outcome.EXPELLED);
        assertThat(load.receivedUnits())
                .isEqualTo(load.servedUnits()
                        + load.erroredUnits()
                        + load.cancelledUnits()
                        + expelled
                        + load.currentUnits()
                        + inside);
        double shed = 0;
        for (RequestRecord record : ended.values()) {
            if (record.outcome() == Outcome.REJECTED && record.status() == 429) {
                assertThat(admitted).doesNotContain(record.id());
                shed += record.units();
            }
        }
        assertThat(load.rejectedUnits()).isEqualTo(shed + expelled);
    }

    // The platform is owed an outcome of every admitted request but those inside sessions.
    private static boolean isOutside(RequestAdmitted admitted) {
        return admitted.reference().isPresent();
    }

    private double units(Outcome outcome) {
        return world.ended().stream()
                .filter(record -> record.outcome() == outcome)
                .mapToDouble(RequestRecord::units)
                .sum();
    }

    private void checkOrder() {
        var last = new HashMap<String, Long>();
        var stages = new HashMap<RequestId, Integer>();
        var sessions = new HashMap<RequestId, Integer>();
        for (WorkerEvent event : world.events) {
            switch (event) {
                case RequestAdmitted one -> assertThat(stages.put(one.id(), 1)).isNull();
                case RequestStarted one -> {
                    assertThat(stages.put(one.id(), 2)).isEqualTo(1);
                    checkTurn(one.id(), last);
                }
                case RequestEnded one -> {
                    Integer before = stages.put(one.request().id(), 3);
                    assertThat(before == null || before < 3).isTrue();
                }
                case SessionOpened one -> assertThat(sessions.put(one.id(), 1)).isNull();
                case SessionClosed one -> assertThat(sessions.put(one.id(), 2)).isEqualTo(1);
                default -> throw new AssertionError("not an event of a request: " + event);
            }
        }
    }

    // On a serial queue requests start in order of arrival, so their numbers grow.
    private void checkTurn(RequestId id, Map<String, Long> last) {
        // With several servers the lanes are given in that order, but who has one goes on when he likes.
        if (history.servers() == 1 && !history.queue(id).isEmpty()) {
            Long before = last.put(history.queue(id), id.number());
            assertThat(before == null || before < id.number()).isTrue();
        }
    }
}
