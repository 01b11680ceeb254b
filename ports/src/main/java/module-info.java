/// The middle of the hexagon. Requires the JDK's `java.base` and nothing else; every arrow in the project ends here.
module dev.dray.ports {
    requires static org.jspecify;

    exports dev.dray.model;
    exports dev.dray.port.exchange;
    exports dev.dray.port.inbound;
    exports dev.dray.port.outbound;
    exports dev.dray.spi;
}
