package dev.holdfast.cli.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers {@code GET /metrics} with counts in Prometheus' text format, and {@code GET /health} with "ok". Plain HTTP, meant for the loopback. */
final class MetricsServer implements AutoCloseable {
    private static final int WAITING_CALLERS = 16;

    private final HttpServer server;
    private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
    private final Supplier<String> metrics;

    private MetricsServer(HttpServer server, Supplier<String> metrics) {
        this.server = server;
        this.metrics = metrics;
    }

    /**
     * Listens from now on.
     *
     * @param given as {@code HOST:PORT}
     */
    static MetricsServer listen(String given, Supplier<String> metrics) throws InputException, IOException {
        HttpServer server;
        try {
            server = HttpServer.create(address(given), WAITING_CALLERS);
        } catch (IOException refused) {
            throw new IOException("--metrics-listen " + given + ": " + refused.getMessage(), refused);
        }
        MetricsServer opened = new MetricsServer(server, metrics);
        server.setExecutor(opened.answering);
        server.createContext("/metrics", exchange -> opened.answer(exchange, true));
        server.createContext("/health", exchange -> opened.answer(exchange, false));
        server.start();
        return opened;
    }

    private static InetSocketAddress address(String given) throws InputException {
        int colon = given.lastIndexOf(':');
        String port = given.substring(colon + 1);
        if (colon > 0 && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 0xffff) {
            String host = given.substring(0, colon).replace("[", "").replace("]", "");
            return new InetSocketAddress(host, Integer.parseInt(port));
        }
        throw Options.usage("--metrics-listen " + given + " is no address; 127.0.0.1:9466 is");
    }

    private void answer(HttpExchange exchange, boolean isMetrics) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = (isMetrics ? metrics.get() : "ok\n").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        answering.close();
    }
}
