package dev.holdfast.server;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.server.admission.AdmissionAnswer;
import dev.holdfast.server.admission.AdmissionRequest;
import dev.holdfast.server.admission.Judge;
import dev.holdfast.server.admission.ReviewReader;
import dev.holdfast.server.admission.ReviewWriter;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The admission webhook: {@code POST /validate} over TLS. {@code GET /healthz} says that it runs, {@code /readyz} that it can decide,
 * {@code /metrics} what it counted. Settings, policies and certificate are read anew when their files change; what cannot be read leaves the
 * old in force, and says so.
 */
public final class AdmissionServer implements AutoCloseable {
    /** The store takes objects of 1.5 MB; a question holds two of them. */
    private static final long MOST_BYTES = 16L << 20;

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ReviewReader reader = new ReviewReader(Limits.DEFAULT.withDepth(256));
    private final Measures measures = new Measures();
    private final AtomicReference<Judge> judge;
    private final Consumer<String> log;
    private final ReplaceableKeys keys;
    private final WebServer server;
    private final Reloading reloading;

    private AdmissionServer(ServerSettings settings, Judge judge, Certificates certificates, Consumer<String> log) {
        this.judge = new AtomicReference<>(judge);
        this.log = log;
        this.keys = new ReplaceableKeys(certificates);
        this.server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .tls(keys.tls())
                .maxPayloadSize(MOST_BYTES)
                .shutdownGracePeriod(GRACE)
                .shutdownHook(false)
                .routing(this::routes)
                .build();
        this.reloading = new Reloading(settings, this);
    }

    /**
     * Starts to answer.
     *
     * @param log takes one line for each event that a person should know of
     * @throws InputException when the settings or policies are wrong, or would keep our own namespace, nodes or leases from being admitted
     * @throws IOException when a file cannot be read, or the address is taken
     */
    public static AdmissionServer start(ServerSettings settings, Consumer<String> log)
            throws InputException, IOException {
        Judge judge = Judges.read(settings);
        Certificates certificates = Certificates.read(settings.certificate(), settings.key());
        AdmissionServer server = new AdmissionServer(settings, judge, certificates, log);
        try {
            server.server.start();
        } catch (RuntimeException failed) {
            throw new IOException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": " + Causes.deepest(failed),
                    failed);
        }
        server.reloading.start();
        return server;
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Answers what was asked, then ends. */
    @Override
    public void close() {
        reloading.close();
        server.stop();
    }

    private void routes(HttpRouting.Builder routes) {
        routes.post("/validate", this::validate)
                .get("/healthz", (_, response) -> text(response, Status.OK_200, "ok"))
                .get("/readyz", (_, response) -> text(response, Status.OK_200, "ok"))
                .get(
                        "/metrics",
                        (_, response) -> response.header("Content-Type", Measures.CONTENT_TYPE)
                                .send(measures.text()));
    }

    private void validate(ServerRequest request, ServerResponse response) {
        byte[] body = request.content().as(byte[].class);
        long start = System.nanoTime();
        try {
            AdmissionRequest question = reader.read(body);
            AdmissionAnswer answer = judge.get().decide(question);
            byte[] review = ReviewWriter.write(question, answer);
            measures.decided(
                    question.operation(), question.resource().resource(), outcome(answer), System.nanoTime() - start);
            response.header("Content-Type", "application/json").send(review);
        } catch (InputException wrong) {
            measures.malformed();
            log.accept("a question that cannot be answered: " + wrong.getMessage());
            text(response, Status.BAD_REQUEST_400, wrong.getMessage());
        }
    }

    private static String outcome(AdmissionAnswer answer) {
        return !answer.isAllowed() ? "denied" : answer.warnings().isEmpty() ? "allowed" : "warned";
    }

    private static void text(ServerResponse response, Status status, String line) {
        response.status(status)
                .header("Content-Type", "text/plain; charset=utf-8")
                .send((SafeText.of(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** From now on this one decides. */
    void take(Judge next) {
        judge.set(next);
        measures.reloaded(true);
        log.accept("settings and policies read anew");
    }

    /** From now on new connections get this certificate. */
    void take(Certificates next) {
        keys.replace(next);
        measures.reloaded(true);
        log.accept("certificate read anew");
    }

    /** What was there stays in force. */
    void refuse(String why) {
        measures.reloaded(false);
        log.accept("a change was not taken, what was before stays in force: " + why);
    }
}
