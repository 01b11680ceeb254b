/// The rules of the worker. Reads the ports and the JDK's `java.base`, and nothing else: the compiler proves it.
module dev.dray.domain {
    requires static org.jspecify;
    requires transitive dev.dray.ports;

    exports dev.dray.domain.benchmark;
    exports dev.dray.domain.worker;
}
