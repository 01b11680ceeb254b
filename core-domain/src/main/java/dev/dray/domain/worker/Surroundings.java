package dev.dray.domain.worker;

import java.util.function.Supplier;

/// What everybody on the request side works with.
///
/// @param ports    the world outside
/// @param standing the worker's readiness
/// @param books    the state all requests share
/// @param effects  what the outside sees of a change
/// @param door     where requests come in
/// @param idle     knows when nobody is in the house
/// @param plugin   notes calls to the plugin
record Surroundings(
        WorkerPorts ports,
        Supplier<Standing> standing,
        RequestBooks books,
        Effects effects,
        Door door,
        IdleWatch idle,
        PluginCalls plugin) {
    static Surroundings of(WorkerPlan plan, WorkerPorts ports, Supplier<Standing> standing) {
        var idle = new IdleWatch();
        var books = new RequestBooks(plan, ports.ticker());
        var effects = new Effects(ports.platform(), ports.events(), idle);
        var door = new Door(books, effects, ports.ticker(), idle);
        return new Surroundings(ports, standing, books, effects, door, idle, new PluginCalls(plan, ports));
    }
}
