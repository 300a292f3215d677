package dev.holdfast.server;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.core.json.JsonWriter;
import dev.holdfast.server.images.ImageScan;
import dev.holdfast.server.images.Recollection;
import dev.holdfast.server.images.ReportReader;
import dev.holdfast.store.Journal;
import dev.holdfast.store.Verdict;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is asked by whoever has a certificate of our authority:
 *
 * <pre>
 *   POST /api/v1/verdicts[?digest=sha256:…]   takes a holdfast-scan/1 report; 204, 400 when it is none, 503 when it could not be written
 *   GET  /api/v1/verdicts/sha256:…            what is known of an image; 404 when nothing is
 *   GET  /api/v1/decisions[?limit=N]          the latest decisions, newest first
 * </pre>
 */
final class ReportRoutes {
    private static final int USUAL_LIMIT = 100;
    private static final int MOST_LIMIT = 1_000;

    private final Recollection recollection;
    private final ReportReader reader;
    private final InstantSource clock;
    private final Consumer<String> log;

    ReportRoutes(Recollection recollection, ReportReader reader, InstantSource clock, Consumer<String> log) {
        this.recollection = recollection;
        this.reader = reader;
        this.clock = clock;
        this.log = log;
    }

    void into(HttpRules rules) {
        rules.post("/api/v1/verdicts", this::take)
                .get("/api/v1/verdicts/{digest}", this::tell)
                .get("/api/v1/decisions", this::decisions);
    }

    private void take(ServerRequest request, ServerResponse response) {
        byte[] body = request.content().as(byte[].class);
        String reporter = reporter(request);
        try {
            Optional<String> named = request.query().first("digest").asOptional();
            Optional<Digest> digest = named.flatMap(Digest::parse);
            if (named.isPresent() && digest.isEmpty()) {
                throw new InputException(InputException.Code.USAGE, "digest=" + named.get() + " is no digest");
            }
            ReportReader.Origin origin = new ReportReader.Origin("", reporter, clock.instant());
            List<Verdict> verdicts =
                    digest.isPresent() ? reader.readOf(digest.get(), body, origin) : reader.read(body, origin);
            recollection.keep(new ImageScan.Scanned(verdicts, Optional.empty()));
            log.accept(reporter + " reported " + verdicts.size() + (verdicts.size() == 1 ? " image" : " images"));
            response.status(Status.NO_CONTENT_204).send();
        } catch (InputException wrong) {
            text(response, Status.BAD_REQUEST_400, wrong.getMessage());
        } catch (IOException away) {
            text(response, Status.SERVICE_UNAVAILABLE_503, String.valueOf(away.getMessage()));
        }
    }

    /** The name in the client's certificate. */
    private static String reporter(ServerRequest request) {
        return request.remotePeer()
                .tlsPrincipal()
                .map(principal -> SafeText.of(principal.getName()))
                .orElse("somebody");
    }

    private void tell(ServerRequest request, ServerResponse response) {
        Optional<Verdict> verdict =
                Digest.parse(request.path().pathParameters().get("digest")).flatMap(recollection::verdict);
        if (verdict.isEmpty()) {
            text(response, Status.NOT_FOUND_404, "nothing is known of this image");
            return;
        }
        json(response, json -> verdict(verdict.get(), json));
    }

    private static void verdict(Verdict verdict, JsonWriter json) {
        json.text("digest", verdict.digest().toString())
                .text(
                        "outcome",
                        verdict.outcome()
                                .name()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', '-'))
                .text("sentence", verdict.sentence())
                .text("policy", verdict.policy())
                .text("snapshot", verdict.snapshot())
                .text("reporter", verdict.reporter())
                .object(
                        "findings",
                        () -> json.number("critical", verdict.counts().critical())
                                .number("high", verdict.counts().high())
                                .number("medium", verdict.counts().medium())
                                .number("low", verdict.counts().low())
                                .number("others", verdict.counts().others()))
                .text("judged", verdict.judged().toString())
                .text("expires", verdict.expires().toString());
    }

    private void decisions(ServerRequest request, ServerResponse response) {
        String limit = request.query().first("limit").orElse("" + USUAL_LIMIT);
        int most = limit.matches("\\d{1,4}") ? Math.min(Integer.parseInt(limit), MOST_LIMIT) : USUAL_LIMIT;
        try {
            List<Journal.Entry> entries = recollection.decisions(most);
            json(
                    response,
                    json -> json.array(
                            "decisions", () -> entries.forEach(entry -> json.object(() -> entry(entry, json)))));
        } catch (IOException away) {
            text(response, Status.SERVICE_UNAVAILABLE_503, String.valueOf(away.getMessage()));
        }
    }

    private static void entry(Journal.Entry entry, JsonWriter json) {
        json.text("decided", entry.decided().toString())
                .text("uid", entry.uid())
                .text("operation", entry.operation())
                .text("subject", entry.subject())
                .text("namespace", entry.namespace())
                .text("askedBy", entry.askedBy())
                .text("outcome", entry.outcome())
                .text("mode", entry.mode())
                .text("message", entry.message());
    }

    private static void json(ServerResponse response, Consumer<JsonWriter> body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        try (JsonWriter json = new JsonWriter(out)) {
            json.object(() -> body.accept(json));
        }
        response.header("Content-Type", "application/json").send(out.toByteArray());
    }

    private static void text(ServerResponse response, Status status, String line) {
        response.status(status)
                .header("Content-Type", "text/plain; charset=utf-8")
                .send((SafeText.of(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
