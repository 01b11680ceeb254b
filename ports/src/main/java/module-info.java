/// m
module dev.dray.ports {
    requires static org.jspecify;

    exports dev.dray.model;
}
