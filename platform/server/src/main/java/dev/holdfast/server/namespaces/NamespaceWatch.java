package dev.holdfast.server.namespaces;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.kube.KubeConfig;
import dev.holdfast.kube.KubeConfigFile;
import dev.holdfast.kube.KubeTls;
import dev.holdfast.kube.PodAccount;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.JsonReader;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.server.admission.Namespaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Namespaces as the API server has them: read once, then kept up to date by a watch. When the server is away what was known stays. Of a
 * namespace that was made a moment ago nothing may have arrived yet: whoever asks for it waits a quarter of a second for that.
 */
public final class NamespaceWatch implements Namespaces, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration LIST = Duration.ofSeconds(30);
    /** The server ends a watch after so long, and it is begun anew: a connection that died unnoticed does not last. */
    private static final int WATCH_SECONDS = 240;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final long PATIENCE_MILLIS = 250;
    private static final int PAGE = 500;
    private static final int MOST_NAMESPACES = 100_000;
    private static final int GONE = 410;

    private final KubeConfig cluster;
    private final HttpClient client;
    private final Consumer<String> log;
    private final JsonReader reader = new JsonReader(Limits.DEFAULT.withDepth(64));
    private final Map<String, Map<String, Object>> known = new ConcurrentHashMap<>();
    private final Thread watcher = Thread.ofVirtual().name("namespaces").unstarted(this::run);
    private volatile boolean isRead;
    private volatile boolean isClosed;
    private volatile String problem = "the namespaces are not read yet";
    private final Object arrived = new Object();

    private NamespaceWatch(KubeConfig cluster, Consumer<String> log) throws IOException {
        this.cluster = cluster;
        this.log = log;
        this.client = HttpClient.newBuilder()
                .sslContext(KubeTls.context(cluster))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /** By a kubeconfig. */
    public static NamespaceWatch by(Path kubeconfig, Consumer<String> log) throws InputException, IOException {
        return started(new NamespaceWatch(KubeConfigFile.read(kubeconfig, ""), log));
    }

    /** By the service account of the pod that this runs in. */
    public static NamespaceWatch byPod(UnaryOperator<String> environment, Consumer<String> log)
            throws InputException, IOException {
        return started(new NamespaceWatch(PodAccount.config(environment), log));
    }

    private static NamespaceWatch started(NamespaceWatch watch) {
        watch.watcher.start();
        return watch;
    }

    @Override
    public Answer find(String name) {
        Map<String, Object> object = known.get(name);
        if (object == null) {
            object = awaited(name);
        }
        if (object != null) {
            return new Answer.Known(object);
        }
        return new Answer.Unknown(isRead ? "the namespace " + name + " is not known" : problem);
    }

    private @org.jspecify.annotations.Nullable Map<String, Object> awaited(String name) {
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        synchronized (arrived) {
            try {
                for (long left = PATIENCE_MILLIS; left > 0 && !known.containsKey(name); ) {
                    arrived.wait(left);
                    left = (until - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
        return known.get(name);
    }

    private void run() {
        Duration pause = PAUSE;
        while (!isClosed) {
            try {
                String version = list();
                pause = PAUSE;
                while (!isClosed && !version.isEmpty()) {
                    version = watch(version);
                }
            } catch (IOException | RuntimeException failed) {
                String why = "the API server does not give the namespaces: " + failed.getMessage();
                if (!why.equals(problem) && !isClosed) {
                    log.accept(why);
                }
                problem = why;
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            } catch (InterruptedException ended) {
                return;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    /** Reads them all; answers the version from which on changes are to be told. */
    private String list() throws IOException, InterruptedException {
        Map<String, Map<String, Object>> all = new HashMap<>();
        String next = "";
        String version;
        do {
            String query = "?limit=" + PAGE
                    + (next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
            HttpResponse<byte[]> answer = client.send(request(query, LIST), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("it answers " + answer.statusCode());
            }
            Node page = root(reader.read(answer.body()));
            for (Node item : page.get("items").map(Node::elements).orElse(List.of())) {
                NamespaceObjects.of(item).ifPresent(entry -> all.put(entry.getKey(), entry.getValue()));
            }
            version = page.textAt("metadata", "resourceVersion").orElse("");
            next = page.textAt("metadata", "continue").orElse("");
        } while (!next.isEmpty() && all.size() < MOST_NAMESPACES);
        known.keySet().retainAll(all.keySet());
        known.putAll(all);
        if (!isRead) {
            isRead = true;
            log.accept("watching " + all.size() + " namespaces");
        }
        problem = "";
        tell();
        return version;
    }

    /** Takes changes until the server ends the watch; answers the last version, or nothing when all must be read anew. */
    private String watch(String version) throws IOException, InterruptedException {
        String query = "?watch=1&allowWatchBookmarks=true&timeoutSeconds=" + WATCH_SECONDS + "&resourceVersion="
                + URLEncoder.encode(version, StandardCharsets.UTF_8);
        HttpResponse<InputStream> answer = client.send(
                request(query, Duration.ofSeconds(WATCH_SECONDS + 30L)), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            if (answer.statusCode() == GONE) {
                return "";
            }
            if (answer.statusCode() != 200) {
                throw new IOException("it answers " + answer.statusCode() + " to a watch");
            }
            String last = version;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Node event = root(reader.read(line));
                String type = event.textAt("type").orElse("");
                if (type.equals("ERROR")) {
                    return ""; // mostly 410: too much has changed since
                }
                take(type, event);
                last = event.textAt("object", "metadata", "resourceVersion").orElse(last);
            }
            return last;
        }
    }

    private void take(String type, Node event) {
        event.get("object").flatMap(NamespaceObjects::of).ifPresent(entry -> {
            switch (type) {
                case "ADDED", "MODIFIED" -> known.put(entry.getKey(), entry.getValue());
                case "DELETED" -> known.remove(entry.getKey());
                default -> {} // a bookmark tells only a version
            }
        });
        tell();
    }

    private void tell() {
        synchronized (arrived) {
            arrived.notifyAll();
        }
    }

    private HttpRequest request(String query, Duration patience) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(cluster.server() + "/api/v1/namespaces" + query))
                .header("Accept", "application/json")
                .header("User-Agent", "holdfast")
                .timeout(patience);
        String authorization = cluster.authorization();
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private static Node root(Document document) throws IOException {
        return switch (document) {
            case Document.Read(Node root, int _) -> root;
            case Document.Broken(int _, int _, String what) ->
                throw new IOException("what it answers is " + SafeText.of(what));
        };
    }

    @Override
    public void close() {
        isClosed = true;
        watcher.interrupt();
        client.shutdownNow();
    }
}
