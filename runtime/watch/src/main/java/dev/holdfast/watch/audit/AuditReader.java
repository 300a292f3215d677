package dev.holdfast.watch.audit;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonCursor;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonArray;
import dev.holdfast.watch.audit.LineReader.Line;
import dev.holdfast.watch.source.EventSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Reads audit events from a stream of JSON, in whatever way they were put there:
 *
 * <pre>
 *   stream   = { document }                 one a line, as the server logs them; or one over many lines
 *   document = event | list | "[" document, … "]"
 *   list     = an object of kind EventList whose items are documents, as the server sends them to webhooks
 * </pre>
 *
 * Which way it is, is seen at the first line: when that is a whole document, every line is one, and a line that is broken is a gap that hides
 * no other. Otherwise the stream is read as one document, or if that fails line by line all the same. Nothing that is not an audit event is
 * handed out. A log that grows is read line by line from the start: waiting for the rest of a first line that was cut would be waiting forever.
 */
public final class AuditReader implements EventSource {
    /**
     * An audit event with request and response has two objects of at most 1.5 MiB (the limit of etcd). What is read is held several times, and a
     * watching program has a heap of 96 MiB.
     */
    private static final int LONGEST_LINE = 8 << 20;

    /** Of a document over many lines, which holds several events. */
    private static final int LONGEST_DOCUMENT = 16 << 20;

    /** Kinds of what is no audit event are told up to this length. */
    private static final int LONGEST_KIND = 60;

    /** So many gaps are told one by one. */
    private static final int MOST_GAPS = 20;

    private final String name;
    private final InputStream in;
    private final LineReader lines;
    private final Limits limits;
    private final Gaps gaps = new Gaps();
    private final Deque<AuditEvent> ready = new ArrayDeque<>();
    private long events;
    private long problems;
    private String firstProblem = "";
    /** A list without events is none the less one. */
    private boolean hasEmptyList;

    private boolean isStarted;
    private boolean isOver;
    private volatile boolean isStopped;

    /**
     * Reads from a stream, which the reader closes.
     *
     * @param name for messages
     */
    public AuditReader(String name, InputStream in, Limits limits) {
        this.name = name;
        this.in = in;
        this.limits = limits;
        this.lines = new LineReader(in, (int) Math.min(LONGEST_LINE, limits.fileBytes()));
    }

    /** Reads a stream that grows, which has an event a line. */
    public static AuditReader ofLines(String name, InputStream in, Limits limits) {
        AuditReader reader = new AuditReader(name, in, limits);
        reader.isStarted = true;
        return reader;
    }

    /** Reads what a request brought, which is held as a whole already: documents, or else an event a line. */
    static AuditReader ofBody(String name, byte[] body, Limits limits) throws IOException {
        AuditReader reader = new AuditReader(name, new ByteArrayInputStream(body), limits);
        reader.isOver = reader.document(body);
        return reader;
    }

    @Override
    public Optional<AuditEvent> next() throws InputException, IOException {
        while (ready.isEmpty() && !isOver && !isStopped) {
            try {
                read();
            } catch (EOFException | ZipException broken) {
                isOver = true;
                problem("", "the gzip stream is cut off or damaged");
            }
        }
        if (isOver && events == 0 && ready.isEmpty() && !hasEmptyList) {
            throw nothing();
        }
        return Optional.ofNullable(ready.poll());
    }

    private InputException nothing() {
        String reason = problems == 0 ? "it is empty" : firstProblem;
        return new InputException(InputException.Code.MALFORMED, name + ": holds no audit event: " + reason);
    }

    private void read() throws IOException {
        Optional<Line> line = lines.next();
        if (line.isEmpty()) {
            isOver = true;
            if (problems > MOST_GAPS) {
                gaps.add(Gap.Code.UNREADABLE, name, problems + " lines or parts in all could not be read");
            }
            return;
        }
        if (isStarted) {
            line(line.get());
        } else if (!line.get().isBlank()) {
            isStarted = true;
            start(line.get());
        }
    }

    private void start(Line first) throws IOException {
        if (first.isTooLong() || JsonValues.areTooMany(first.bytes()) || isDocument(first.bytes())) {
            line(first);
            return;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("\n".repeat((int) first.number() - 1).getBytes(StandardCharsets.US_ASCII));
        Optional<Line> next = Optional.of(first);
        while (next.isPresent() && !next.get().isTooLong() && all.size() <= LONGEST_DOCUMENT) {
            all.writeBytes(next.get().bytes());
            all.write('\n');
            next = lines.next();
        }
        byte[] bytes = all.toByteArray();
        if (next.isPresent() || !document(bytes)) { // past this size it is no document that anybody wrote by hand
            LineReader again = new LineReader(new ByteArrayInputStream(bytes), LONGEST_LINE);
            for (Optional<Line> line = again.next(); line.isPresent(); line = again.next()) {
                line(line.get());
            }
            next.ifPresent(this::line);
        }
    }

    private boolean isDocument(byte[] bytes) {
        try {
            Json.parse(bytes, limits);
            return true;
        } catch (InputException wrong) {
            return false;
        }
    }

    /** Reads documents that follow one another; false, and nothing taken, when one is broken. */
    private boolean document(byte[] bytes) throws IOException {
        if (JsonValues.areTooMany(bytes)) {
            return false;
        }
        Deque<JsonValue> documents = new ArrayDeque<>();
        try (JsonCursor cursor = JsonCursor.open(bytes, limits)) {
            do {
                documents.add(cursor.value());
            } while (!cursor.isAtEnd());
        } catch (InputException wrong) {
            return false;
        }
        documents.forEach(document -> take(document, ""));
        return true;
    }

    private void line(Line line) {
        String place = " line " + line.number();
        if (line.isBlank()) {
            return;
        }
        if (line.isTooLong()) {
            problem(place, "longer than any audit event (8 MiB); of a list, each event has to have its own line");
            return;
        }
        if (JsonValues.areTooMany(line.bytes())) {
            problem(place, "more than " + JsonValues.MOST + " values");
            return;
        }
        try {
            take(Json.parse(line.bytes(), limits), place);
        } catch (InputException wrong) {
            problem(place, wrong.getMessage().replace(" at line 1, column", " at column"));
        }
    }

    private void take(JsonValue document, String place) {
        boolean isList = document.get("kind").text().filter("EventList"::equals).isPresent()
                && document.get("items") instanceof JsonArray;
        if (document instanceof JsonArray || isList) {
            List<JsonValue> items = isList ? document.get("items").elements() : document.elements();
            hasEmptyList |= items.isEmpty();
            for (int i = 0; i < items.size(); i++) {
                take(items.get(i), place + " item " + (i + 1)); // nested as deep as JSON may be
            }
            return;
        }
        event(document, place);
    }

    private void event(JsonValue json, String place) {
        if (AuditEvent.isEvent(json)) {
            ready.add(AuditEvent.of(json, ++events));
        } else {
            problem(place, "data not recognized as a k8s audit event" + kind(json));
        }
    }

    private static String kind(JsonValue json) {
        JsonValue kind = json.get("kind");
        String word = kind.isAbsent() ? "" : CompactJson.of(kind);
        boolean isLong = word.length() > LONGEST_KIND;
        return kind.isAbsent() ? "" : " (kind " + (isLong ? word.substring(0, LONGEST_KIND) + "…" : word) + ")";
    }

    private void problem(String place, String detail) {
        problems++;
        if (firstProblem.isEmpty()) {
            firstProblem = (place + " ").strip() + (place.isEmpty() ? "" : ": ") + detail;
        }
        if (problems <= MOST_GAPS) {
            gaps.add(Gap.Code.UNREADABLE, name + place, detail);
        }
    }

    @Override
    public List<Gap> gaps() {
        return gaps.list();
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
