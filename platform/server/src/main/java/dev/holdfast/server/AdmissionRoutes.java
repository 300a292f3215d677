package dev.holdfast.server;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.server.admission.AdmissionAnswer;
import dev.holdfast.server.admission.AdmissionRequest;
import dev.holdfast.server.admission.Judge;
import dev.holdfast.server.admission.ReviewReader;
import dev.holdfast.server.admission.ReviewWriter;
import dev.holdfast.server.images.Recollection;
import dev.holdfast.store.Journal;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the API server asks, and what keeps this server running:
 *
 * <pre>
 *   POST /validate   may this be done?
 *   POST /mutate     what is to be filled in?
 *   POST /ping       takes anything and answers at once: what the way alone costs
 *   GET  /healthz    200: it runs
 *   GET  /readyz     200: it can be asked; 503 with the reason when it cannot, or is about to end
 *   GET  /metrics    what it counted, for Prometheus
 * </pre>
 */
final class AdmissionRoutes {
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(8);
    private static final byte[] NOTHING = {};

    private final ReviewReader reader = new ReviewReader(Limits.DEFAULT.withDepth(256));
    private final AtomicReference<Judge> judge;
    private final Optional<Recollection> recollection;
    private final Measures measures;
    private final Supplier<Optional<String>> complaint;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean isDraining;

    AdmissionRoutes(
            AtomicReference<Judge> judge,
            Optional<Recollection> recollection,
            Measures measures,
            Supplier<Optional<String>> complaint,
            InstantSource clock,
            Consumer<String> log) {
        this.judge = judge;
        this.recollection = recollection;
        this.measures = measures;
        this.complaint = complaint;
        this.clock = clock;
        this.log = log;
    }

    void into(HttpRules rules) {
        rules.post("/validate", (request, response) -> answer(request, response, false))
                .post("/mutate", (request, response) -> answer(request, response, true))
                .post("/ping", (request, response) -> {
                    body(request);
                    text(response, Status.OK_200, "ok");
                })
                .get("/healthz", (_, response) -> text(response, Status.OK_200, "ok"))
                .get("/readyz", (_, response) -> ready(response))
                .get(
                        "/metrics",
                        (_, response) -> response.header("Content-Type", Measures.CONTENT_TYPE)
                                .send(measures.text()));
    }

    private void ready(ServerResponse response) {
        Optional<String> why = isDraining ? Optional.of("about to end") : complaint.get();
        text(response, why.isEmpty() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, why.orElse("ok"));
    }

    private void answer(ServerRequest request, ServerResponse response, boolean isMutation) {
        running.incrementAndGet();
        try {
            byte[] review = review(body(request), isMutation);
            if (isDraining) {
                response.header(HeaderValues.CONNECTION_CLOSE);
            }
            response.header("Content-Type", "application/json").send(review);
        } catch (InputException wrong) {
            measures.malformed();
            log.accept("a question that cannot be answered: " + wrong.getMessage());
            text(response, Status.BAD_REQUEST_400, wrong.getMessage());
        } finally {
            running.decrementAndGet();
        }
    }

    /**
     * The whole body. Before anything is done with it the others get their turn: virtual threads are not interrupted, and a connection whose
     * next question is always there already would keep a processor for itself.
     */
    @SuppressWarnings("ThreadPriorityCheck") // no correctness hangs on it
    private static byte[] body(ServerRequest request) {
        Thread.yield();
        return request.content().hasEntity() ? request.content().as(byte[].class) : NOTHING;
    }

    private byte[] review(byte[] body, boolean isMutation) throws InputException {
        long start = System.nanoTime();
        AdmissionRequest question = reader.read(body);
        Judge current = judge.get();
        AdmissionAnswer answer = isMutation ? current.change(question) : current.decide(question);
        byte[] review = ReviewWriter.write(question, answer);
        measures.decided(question, answer, System.nanoTime() - start);
        remember(question, answer);
        return review;
    }

    /** A request that is only tried leaves no trace. */
    private void remember(AdmissionRequest question, AdmissionAnswer answer) {
        if (recollection.isEmpty() || question.isDryRun()) {
            return;
        }
        Recollection memory = recollection.get();
        if (!answer.unknownImages().isEmpty()) {
            memory.want(answer.unknownImages(), question.subject() + " in " + question.namespace());
        }
        if (!answer.annotations().isEmpty()) {
            memory.note(new Journal.Entry(
                    clock.instant(),
                    question.uid(),
                    question.operation(),
                    question.subject(),
                    question.namespace(),
                    question.user().name(),
                    answer.outcome(),
                    answer.mode(),
                    said(answer)));
        }
    }

    private static String said(AdmissionAnswer answer) {
        return answer.message().isEmpty()
                ? String.join("; ", answer.annotations().values())
                : answer.message();
    }

    /** Tells that it ends, goes on answering for a moment, and waits for what is under way. */
    void drain(Duration notice) {
        isDraining = true;
        long start = System.nanoTime();
        try {
            Thread.sleep(notice);
            while (running.get() > 0 && System.nanoTime() - start < LONGEST_DRAIN.toNanos()) {
                Thread.sleep(10);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void text(ServerResponse response, Status status, String line) {
        response.status(status)
                .header("Content-Type", "text/plain; charset=utf-8")
                .send((SafeText.of(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
