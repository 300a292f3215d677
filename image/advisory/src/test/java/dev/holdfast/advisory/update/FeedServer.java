package dev.holdfast.advisory.update;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server of feeds in this process, that serves well or misbehaves as it is told. */
final class FeedServer implements AutoCloseable {
    private static final String DAY = "Tue, 24 Nov 2026 10:00:00 GMT";

    private final HttpServer server;
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, Deque<Mood>> moods = new HashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /** How one request is answered. */
    enum Mood {
        WELL,
        BUSY,
        BROKEN,
        /** Half of the body, then the connection ends. */
        CUT,
        /** Half of the body, then nothing. */
        SILENT
    }

    FeedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(command -> Thread.ofVirtual().start(command));
        server.start();
    }

    String root() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();
    }

    void serve(String path, byte[] content) {
        files.put(path, content);
    }

    /** The next requests for that path are answered so; all after them well. */
    void next(String path, Mood... next) {
        moods.put(path, new ArrayDeque<>(List.of(next)));
    }

    /** Each request: path, and what came of its conditions: {@code /kev 200}. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] content = files.get(path);
            if (content == null) {
                status(exchange, path, 404);
                return;
            }
            Deque<Mood> left = moods.getOrDefault(path, new ArrayDeque<>());
            Mood mood = left.isEmpty() ? Mood.WELL : left.removeFirst();
            switch (mood) {
                case BUSY -> {
                    exchange.getResponseHeaders().set("Retry-After", "0");
                    status(exchange, path, 429);
                }
                case BROKEN -> status(exchange, path, 503);
                case WELL, CUT, SILENT -> content(exchange, path, content, mood);
            }
        }
    }

    private void status(HttpExchange exchange, String path, int status) throws IOException {
        asked.add(path + " " + status);
        exchange.sendResponseHeaders(status, -1);
    }

    private void content(HttpExchange exchange, String path, byte[] content, Mood mood) throws IOException {
        String etag = "\"" + Arrays.hashCode(content) + "\"";
        exchange.getResponseHeaders().set("ETag", etag);
        exchange.getResponseHeaders().set("Last-Modified", DAY);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            status(exchange, path, 304);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = 0;
        if (range != null && etag.equals(exchange.getRequestHeaders().getFirst("If-Range"))) {
            from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        int status = from > 0 ? 206 : 200;
        asked.add(path + " " + status);
        exchange.sendResponseHeaders(status, content.length - from);
        int length = mood == Mood.WELL ? content.length - from : (content.length - from) / 2;
        exchange.getResponseBody().write(content, from, length);
        exchange.getResponseBody().flush();
        if (mood == Mood.SILENT) {
            rest();
        }
    }

    private static void rest() {
        try {
            Thread.sleep(1_500);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
