package dev.holdfast.watch.audit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.watch.source.EventSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes audit events as the audit webhook of a Kubernetes API server, which posts lists of them. A list is answered with 200 when all its
 * events wait to be judged; with 503 when there is no room for them, upon which the server sends it again; with 400 when it is none. It
 * speaks plain HTTP: it is meant to listen on the loopback of the server's machine, or behind something that speaks TLS.
 *
 * <p>Bounds: a body has 16 MiB at most, and {@link #MOST_READ} are read at once; of what waits to be judged there are {@link #MOST_WAITING}
 * events or 16 MiB, and one list more; who sends slower than a body in {@link #PATIENCE_SECONDS}
 * seconds is cut off.
 */
public final class AuditWebhook implements EventSource {
    /** What the server's default batch (400 events) and its burst (15 batches) need, and twice that. */
    private static final int MOST_WAITING = 12_000;

    /** The server cuts its batches to 10 MiB when it is told to cut them, and by default sends 400 events. */
    private static final int LONGEST_BODY = 16 << 20;

    /** Bodies are held whole while they are read; a server sends one batch at a time. */
    private static final int MOST_READ = 2;

    /** An event as it was sent; as a tree it takes several times that. */
    private static final long MOST_WAITING_BYTES = 16 << 20;

    /** An event that waits, and how long it was. */
    private record Waiting(AuditEvent event, long bytes) {}

    private static final int PATIENCE_SECONDS = 30;

    static {
        // The JDK's server has no other way to be told, and looks once.
        System.setProperty("sun.net.httpserver.maxReqTime", String.valueOf(PATIENCE_SECONDS));
    }

    private final HttpServer server;
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong postponed = new AtomicLong();
    private final Semaphore reading = new Semaphore(MOST_READ);
    private final Gaps gaps = new Gaps();
    private final Limits limits;
    private volatile boolean isStopped;

    private AuditWebhook(HttpServer server, Limits limits) {
        this.server = server;
        this.limits = limits;
    }

    /** Listens from now on; a port of 0 is a free one. */
    public static AuditWebhook listen(InetSocketAddress address, Limits limits) throws IOException {
        HttpServer server = HttpServer.create(address, 64);
        AuditWebhook webhook = new AuditWebhook(server, limits);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", webhook::handle);
        server.start();
        return webhook;
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(answer(exchange), -1);
        }
    }

    private int answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return 405;
        }
        if (declared(exchange) > LONGEST_BODY) {
            refused.incrementAndGet();
            return 413;
        }
        if (!reading.tryAcquire()) {
            postponed.incrementAndGet();
            return 503;
        }
        try {
            return judged(exchange);
        } finally {
            reading.release();
        }
    }

    /** The length that a request says its body has; 0 when it says none. */
    private static long declared(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private int judged(HttpExchange exchange) throws IOException {
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(LONGEST_BODY + 1);
        }
        if (body.length > LONGEST_BODY) {
            refused.incrementAndGet();
            return 413;
        }
        Optional<List<AuditEvent>> events = events(body);
        if (events.isEmpty()) {
            refused.incrementAndGet();
            return 400;
        }
        return isTaken(events.get(), body.length) ? 200 : 503;
    }

    private Optional<List<AuditEvent>> events(byte[] body) throws IOException {
        List<AuditEvent> events = new ArrayList<>();
        try (AuditReader reader = AuditReader.ofBody("webhook", body, limits)) {
            Optional<AuditEvent> event = reader.next();
            while (event.isPresent()) {
                events.add(event.get());
                event = reader.next();
            }
            for (Gap gap : reader.gaps()) {
                gaps.add(gap.code(), gap.subject(), gap.detail());
            }
            return Optional.of(events);
        } catch (InputException wrong) {
            return Optional.empty();
        }
    }

    /** All of a list or nothing of it, so that what is sent again is not judged twice. */
    private synchronized boolean isTaken(List<AuditEvent> events, long bytes) {
        boolean isFull = waiting.remainingCapacity() < events.size() || waitingBytes.get() > MOST_WAITING_BYTES;
        if (isStopped || isFull) {
            postponed.incrementAndGet();
            return false;
        }
        for (AuditEvent event : events) {
            long share = bytes / events.size();
            waitingBytes.addAndGet(share);
            waiting.add(new Waiting(new AuditEvent(event.json(), event.time(), numbers.incrementAndGet()), share));
        }
        return true;
    }

    @Override
    public Optional<AuditEvent> next() throws IOException {
        try {
            while (!isStopped || !waiting.isEmpty()) {
                Waiting next = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (next != null) {
                    waitingBytes.addAndGet(-next.bytes);
                    return Optional.of(next.event);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @Override
    public List<Gap> gaps() {
        if (refused.get() > 0) {
            gaps.add(
                    Gap.Code.UNREADABLE,
                    "webhook",
                    "some requests were no lists of audit events, or too large, and were refused");
        }
        if (postponed.get() > 0) {
            gaps.add(Gap.Code.LIMIT, "webhook", "some lists found no room and were left to the server to send again");
        }
        return gaps.list();
    }

    @Override
    public void stop() {
        isStopped = true;
    }

    @Override
    public void close() {
        isStopped = true;
        server.stop(0);
    }
}
