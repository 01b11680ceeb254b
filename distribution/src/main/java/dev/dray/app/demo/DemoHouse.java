package dev.dray.app.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Ports, files and processes of one demo.
///
/// @param worker       port of the worker's listener
/// @param internal     port of the worker's internal listener
/// @param admin        port of the worker's admin listener
/// @param model        port of the model server
/// @param controlPlane port of the control plane
/// @param folder       temporary folder with the log, the configuration and the worker's state
public record DemoHouse(int worker, int internal, int admin, int model, int controlPlane, Path folder) {
    private static final int PORTS = 5;

    /// The highest first port.
    public static final int LAST_FIRST_PORT = 65_535 - PORTS + 1;

    /// Takes five ports in a row from the first one, or any five free ones.
    ///
    /// @param firstPort 0: any free ones
    /// @throws IOException where one of them is taken
    public static DemoHouse at(int firstPort) throws IOException {
        List<Integer> ports = firstPort == 0 ? freePorts() : consecutive(firstPort);
        return new DemoHouse(
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                Files.createTempDirectory("dray-demo-"));
    }

    private static List<Integer> consecutive(int first) throws IOException {
        return bound(IntStream.range(0, PORTS).map(place -> first + place).toArray());
    }

    private static List<Integer> freePorts() throws IOException {
        return bound(new int[PORTS]);
    }

    // All are held open until the last is found, so that no port is found twice. What is taken is told before anything
    // is started: later it would be one line among those of three processes.
    private static List<Integer> bound(int[] wanted) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        var ports = new ArrayList<Integer>();
        try {
            for (int port : wanted) {
                var socket = new ServerSocket();
                sockets.add(socket);
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
                ports.add(socket.getLocalPort());
            }
        } catch (BindException taken) {
            throw new IOException(
                    "port %d of 127.0.0.1 cannot be had: %s; end what listens there, or choose another --port"
                            .formatted(wanted[ports.size()], taken.getMessage()),
                    taken);
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    public String workerUrl() {
        return url(worker);
    }

    public String adminUrl() {
        return url(admin);
    }

    public String modelUrl() {
        return url(model);
    }

    public String controlPlaneUrl() {
        return url(controlPlane);
    }

    public String internalUrl() {
        return url(internal);
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    public Path modelLog() {
        return folder.resolve("model.log");
    }

    public Path configFile() {
        return folder.resolve("worker.yaml");
    }

    /// Writes the worker's configuration.
    public void writeConfig() throws IOException {
        Files.writeString(configFile(), """
                backend: vllm
                model:
                  url: %s
                  log-file: model.log
                  name: demo
                worker:
                  host: 127.0.0.1
                  http-port: %d
                admin:
                  port: %d
                state-dir: state
                """.formatted(modelUrl(), internal, admin));
    }

    /// What stands around the worker; started first, so that the worker finds it.
    public List<ChildProcess.Plan> surroundings() {
        return List.of(
                new ChildProcess.Plan("control-plane", List.of("control-plane", "--port", "" + controlPlane), Map.of()),
                new ChildProcess.Plan(
                        "model-server",
                        List.of(
                                "model-server",
                                "--port",
                                "" + model,
                                "--log-file",
                                modelLog().toString()),
                        Map.of()));
    }

    /// The worker, as the platform would start it.
    public ChildProcess.Plan workerPlan() {
        return new ChildProcess.Plan(
                "worker", List.of("run", "--config", configFile().toString()), platform());
    }

    // What the platform sets on a rented machine.
    private Map<String, String> platform() {
        return Map.of(
                "CONTAINER_ID",
                "1",
                "REPORT_ADDR",
                controlPlaneUrl(),
                "MASTER_TOKEN",
                "demo",
                "PUBLIC_IPADDR",
                "127.0.0.1",
                "WORKER_PORT",
                "" + worker,
                "VAST_TCP_PORT_" + worker,
                "" + worker,
                "UNSECURED",
                "false");
    }

    /// Removes what the demo wrote.
    public void clear() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
