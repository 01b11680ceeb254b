package dev.dray.adapter.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A collector that takes OTLP over HTTP and keeps it, decoded.
final class Collector implements AutoCloseable {
    private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final int status;

    Collector(int status) throws IOException {
        this.status = status;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestURI().getPath()) {
                case "/base/v1/traces" -> traces.add(ExportTraceServiceRequest.parseFrom(body));
                case "/base/v1/metrics" -> metrics.add(ExportMetricsServiceRequest.parseFrom(body));
                default -> throw new IOException("no such path");
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base");
    }

    List<Span> spans() {
        return traces.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    Metric metric(String name) {
        return metrics.getLast().getResourceMetricsList().stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name + " in " + metrics.getLast()));
    }

    Map<String, String> resourceOfMetrics() {
        return values(metrics.getLast().getResourceMetrics(0).getResource().getAttributesList());
    }

    Map<String, String> resourceOfSpans() {
        return values(traces.getLast().getResourceSpans(0).getResource().getAttributesList());
    }

    /// Attributes as text.
    static Map<String, String> values(List<KeyValue> attributes) {
        var values = new HashMap<String, String>();
        for (KeyValue each : attributes) {
            String text = switch (each.getValue().getValueCase()) {
                case STRING_VALUE -> each.getValue().getStringValue();
                case INT_VALUE -> Long.toString(each.getValue().getIntValue());
                case DOUBLE_VALUE -> Double.toString(each.getValue().getDoubleValue());
                default -> each.getValue().toString();
            };
            values.put(each.getKey(), text);
        }
        return values;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
