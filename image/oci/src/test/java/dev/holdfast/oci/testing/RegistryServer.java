package dev.holdfast.oci.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A registry in this process that serves one repository out of an OCI layout, well or as badly as it is told. Its blobs may lie at another
 * server, as those of real registries do.
 */
public final class RegistryServer implements AutoCloseable {
    public static final String USER = "robot";
    public static final String PASSWORD = "correct horse";

    private static final String TOKEN = "a-token-of-this-registry";

    private final HttpServer server;
    private final Path layout;
    private final Map<String, byte[]> tags = new HashMap<>();
    private final Map<String, Deque<Mood>> moods = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Door door = Door.OPEN;
    private volatile String blobHost = "";

    /** How one request is answered. */
    public enum Mood {
        WELL,
        /** 429 with {@code Retry-After: 0}. */
        BUSY,
        BROKEN,
        /** Half of the body, then the connection ends. */
        CUT,
        /** Half of the body, then nothing. */
        SILENT,
        /** One byte of the body is another. */
        CHANGED,
        /** More than was promised. */
        LONGER
    }

    /** Who is let in. */
    public enum Door {
        OPEN,
        /** Who shows a token, which anybody gets. */
        TOKEN,
        /** Who shows a token, which the user gets for the password. */
        USERS_TOKEN,
        /** Who shows the user's password. */
        BASIC,
        /** Nobody: every token is refused. */
        LOOP
    }

    /** @param layout a folder that {@link ArchiveBuilder#ociFolder} wrote */
    public RegistryServer(Path layout) throws IOException {
        this(layout, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** One that speaks TLS, and lets in only who shows a certificate that the context trusts. */
    public static RegistryServer overTls(Path layout, SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needed = getSSLContext().getDefaultSSLParameters();
                needed.setNeedClientAuth(true);
                parameters.setSSLParameters(needed);
            }
        });
        return new RegistryServer(layout, server);
    }

    private RegistryServer(Path layout, HttpServer server) {
        this.layout = layout;
        this.server = server;
        server.createContext("/", this::answer);
        server.setExecutor(command -> Thread.ofVirtual().start(command));
        server.start();
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public void tag(String tag, byte[] manifest) {
        tags.put(tag, manifest);
    }

    public void door(Door next) {
        door = next;
    }

    /** Blobs are redirected to that host. */
    public void blobsAt(String host) {
        blobHost = host;
    }

    /** The next requests for a path that ends so are answered so; all after them well. */
    public void next(String ending, Mood... next) {
        moods.put(ending, new ArrayDeque<>(List.of(next)));
    }

    /** Each request: path, status, and whether it carried a credential. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/token")) {
                token(exchange);
            } else if (!isLetIn(exchange)) {
                challenge(exchange);
            } else if (path.contains("/blobs/") && !blobHost.isEmpty()) {
                exchange.getResponseHeaders().set("Location", "http://" + blobHost + path + "?signed=1");
                status(exchange, 307);
            } else {
                content(exchange, path);
            }
        }
    }

    private boolean isLetIn(HttpExchange exchange) {
        String shown = authorization(exchange);
        return switch (door) {
            case OPEN -> true;
            case TOKEN, USERS_TOKEN -> shown.equals("Bearer " + TOKEN);
            case BASIC -> shown.equals(basic());
            case LOOP -> false;
        };
    }

    private static String authorization(HttpExchange exchange) {
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        return shown == null ? "" : shown;
    }

    private static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private void challenge(HttpExchange exchange) throws IOException {
        String challenge = door == Door.BASIC
                ? "Basic realm=\"a, b\""
                : "Negotiate, BEARER scope=\"repository:wrong:pull,push\" , service=\"here\",realm=\"http://" + host()
                        + "/token\"";
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
        status(exchange, 401);
    }

    private void token(HttpExchange exchange) throws IOException {
        boolean isRefused = door == Door.USERS_TOKEN && !authorization(exchange).equals(basic());
        if (isRefused) {
            status(exchange, 401);
            return;
        }
        byte[] body = ("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":60}").getBytes(StandardCharsets.UTF_8);
        note(exchange, 200);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void content(HttpExchange exchange, String path) throws IOException {
        String last = path.substring(path.lastIndexOf('/') + 1);
        byte[] content = tags.get(last);
        Path blob = layout.resolve("blobs").resolve(last.replace(':', '/'));
        if (content == null && last.startsWith("sha256:") && Files.isRegularFile(blob)) {
            content = Files.readAllBytes(blob);
        }
        if (content == null) {
            status(exchange, 404);
            return;
        }
        switch (mood(path)) {
            case BUSY -> {
                exchange.getResponseHeaders().set("Retry-After", "0");
                status(exchange, 429);
            }
            case BROKEN -> status(exchange, 503);
            case WELL -> send(exchange, content, content.length);
            case CUT -> send(exchange, content, content.length / 2);
            case SILENT -> {
                send(exchange, content, content.length / 2);
                sleep();
            }
            case CHANGED -> {
                byte[] changed = content.clone();
                changed[changed.length / 2] ^= 1;
                send(exchange, changed, changed.length);
            }
            case LONGER -> send(exchange, Arrays.copyOf(content, content.length + 7), content.length + 7);
        }
    }

    private Mood mood(String path) {
        for (Map.Entry<String, Deque<Mood>> entry : moods.entrySet()) {
            if (path.endsWith(entry.getKey())) {
                Mood next = entry.getValue().pollFirst();
                return next == null ? Mood.WELL : next;
            }
        }
        return Mood.WELL;
    }

    private void send(HttpExchange exchange, byte[] content, int end) throws IOException {
        int from = 0;
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range != null && range.matches("bytes=\\d+-")) {
            from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        int status = from > 0 ? 206 : 200;
        note(exchange, status);
        exchange.sendResponseHeaders(status, content.length - from);
        OutputStream out = exchange.getResponseBody();
        out.write(content, from, Math.max(0, end - from));
        out.flush();
    }

    private static void sleep() {
        try {
            Thread.sleep(5_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void status(HttpExchange exchange, int status) throws IOException {
        note(exchange, status);
        exchange.sendResponseHeaders(status, -1);
    }

    private void note(HttpExchange exchange, int status) {
        String credential = authorization(exchange);
        String shown = credential.isEmpty() ? "" : " " + credential.substring(0, credential.indexOf(' '));
        asked.add(exchange.getRequestURI().getPath() + " " + status + shown);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
