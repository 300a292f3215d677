package dev.holdfast.kube;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.net.EnvironmentProxy;
import dev.holdfast.manifest.tree.Document;
import dev.holdfast.manifest.tree.JsonReader;
import dev.holdfast.manifest.tree.Node;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Asks an API server for lists of objects. It sends nothing but GET, follows no redirection, and believes only a server for whom the
 * configuration's authorities vouch.
 */
public final class KubeClient implements AutoCloseable {
    private static final int PAGE = 500;
    /** A page of 500 objects of the largest size that the store takes would be 750 MB; ordinary ones are a few. */
    private static final long MOST_BYTES = 128L << 20;

    private static final int MOST_PAGES = 10_000;
    private static final int ATTEMPTS = 4;
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final KubeConfig config;
    private final HttpClient client;
    private final JsonReader reader;

    /** What became of a list. */
    public sealed interface Listing {
        /** Everything was handed out. */
        record Whole() implements Listing {}

        /** The server does not show it, or not all of it. */
        record Refused(String why) implements Listing {}
    }

    /**
     * Opens a client; nothing is sent yet.
     *
     * @param environment reads environment variables, for the proxy
     */
    public KubeClient(KubeConfig config, UnaryOperator<String> environment, Limits limits) throws IOException {
        this.config = config;
        this.reader = new JsonReader(limits.withFileBytes(Math.min(limits.fileBytes(), MOST_BYTES)));
        this.client = HttpClient.newBuilder()
                .sslContext(KubeTls.context(config))
                .proxy(new EnvironmentProxy(environment))
                .connectTimeout(CONNECTING)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Lists a collection.
     *
     * @param path such as {@code /api/v1/pods}
     * @param pages gets each page: a list object, whose items leave kind and version out
     * @throws InputException when the credentials are not taken, or the server answers what is no list
     * @throws IOException when it cannot be reached
     */
    public Listing list(String path, Consumer<Node> pages) throws InputException, IOException {
        String more = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String query = "?limit=" + PAGE
                    + (more.isEmpty() ? "" : "&continue=" + URLEncoder.encode(more, StandardCharsets.UTF_8));
            HttpResponse<byte[]> response = get(path + query);
            Optional<Node> body = body(response, path);
            String rest =
                    body.flatMap(root -> root.textAt("metadata", "continue")).orElse("");
            int status = response.statusCode();
            if (status == 410 && !rest.isEmpty()) {
                more = rest; // the old pages are gone; this goes on with what is there now
                continue;
            }
            if (status != 200 || body.isEmpty()) {
                return refused(status, body, path);
            }
            pages.accept(body.get());
            if (rest.isEmpty()) {
                return new Listing.Whole();
            }
            more = rest;
        }
        return new Listing.Refused(path + ": more than " + MOST_PAGES + " pages");
    }

    private Listing refused(int status, Optional<Node> body, String path) throws InputException {
        String said = body.flatMap(root -> root.textAt("message")).orElse("");
        if (status == 401) {
            throw new InputException(
                    InputException.Code.USAGE,
                    config.server() + " does not take the credentials of the context " + config.context()
                            + "; they may have expired");
        }
        return new Listing.Refused(path + ": the server answered " + status + (said.isEmpty() ? "" : ": " + said));
    }

    private Optional<Node> body(HttpResponse<byte[]> response, String path) throws InputException {
        return switch (reader.read(response.body())) {
            case Document.Read(Node root, int _) -> Optional.of(root);
            case Document.Broken(int line, int column, String problem) -> {
                if (response.statusCode() == 200) {
                    throw new InputException(
                            InputException.Code.MALFORMED,
                            config.server() + path + " answered what is no JSON (" + line + ":" + column + ": "
                                    + problem + "); is it an API server?");
                }
                yield Optional.empty();
            }
        };
    }

    private HttpResponse<byte[]> get(String path) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(config.server() + path))
                .timeout(SILENCE)
                .header("Accept", "application/json")
                .header("User-Agent", "holdfast");
        String authorization = config.authorization();
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            for (int attempt = 1; ; attempt++) {
                HttpResponse<byte[]> response =
                        client.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
                boolean isBusy = response.statusCode() == 429 || response.statusCode() == 503;
                if (!isBusy || attempt == ATTEMPTS) {
                    return response;
                }
                Thread.sleep(Duration.ofSeconds(attempt));
            }
        } catch (IOException failed) {
            String why = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
            throw new IOException("cannot read " + config.server() + path + ": " + why, failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + config.server(), ended);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
