package dev.holdfast.watch.sink;

import dev.holdfast.core.InputException;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertFormat;
import dev.holdfast.watch.alert.AlertSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts alerts to a web server, one a request. They wait in a queue of bounded length while it is slow; what finds the queue full is lost and
 * counted, so that watching never waits. An answer of 429 or 5xx, or none, is tried again after a pause that doubles; any other answer above
 * 299 loses the alert at once, since it would be refused again.
 */
public final class WebhookSink implements AlertSink {
    /**
     * How patient it is.
     *
     * @param queue how many alerts may wait
     * @param attempts how often one is tried
     * @param pause before the second attempt; doubled before each further one
     * @param request how long one attempt may take
     * @param ending how long what still waits is passed on for at the end
     */
    public record Patience(int queue, int attempts, Duration pause, Duration request, Duration ending) {
        /** A minute of a busy cluster's alerts; about thirty seconds for a server that restarts. */
        public static final Patience DEFAULT =
                new Patience(10_000, 6, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    private final URI server;
    private final AlertFormat format;
    private final Patience patience;
    private final BlockingQueue<String> waiting;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private final HttpClient client;
    private final Thread sender;
    private volatile boolean isEnding;

    private WebhookSink(URI server, AlertFormat format, Patience patience) {
        this.server = server;
        this.format = format;
        this.patience = patience;
        this.waiting = new ArrayBlockingQueue<>(patience.queue);
        this.client = HttpClient.newBuilder().connectTimeout(patience.request).build();
        this.sender = Thread.ofVirtual().name("webhook").unstarted(this::send);
        sender.start();
    }

    /** A sink for the address of a web server. */
    public static WebhookSink to(String address, AlertFormat format, Patience patience) throws InputException {
        try {
            URI uri = URI.create(address);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return new WebhookSink(uri, format, patience);
            }
        } catch (IllegalArgumentException wrong) {
            // told below
        }
        throw new InputException(
                InputException.Code.USAGE, "webhook " + address + " is no address; https://HOST/PATH is");
    }

    @Override
    public String name() {
        return "webhook " + server.getScheme() + "://" + server.getHost();
    }

    @Override
    public void accept(Alert alert) {
        underWay.incrementAndGet();
        if (!waiting.offer(format.print(alert))) {
            underWay.decrementAndGet();
            lost.incrementAndGet();
        }
    }

    private void send() {
        try {
            while (!isEnding || !waiting.isEmpty()) {
                String body = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (body != null) {
                    if (!isDelivered(body)) {
                        lost.incrementAndGet();
                    }
                    underWay.decrementAndGet();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDelivered(String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server)
                .timeout(patience.request)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        Duration pause = patience.pause;
        for (int attempt = 1; attempt <= patience.attempts; attempt++) {
            try {
                int answer = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (answer < 300) {
                    return true;
                }
                if (answer != 429 && answer < 500) {
                    return false;
                }
            } catch (IOException unreachable) {
                // tried again below
            }
            if (attempt < patience.attempts) {
                Thread.sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
        return false;
    }

    /** Those that were given up, and those that are not delivered when this is asked after the end. */
    @Override
    public long lost() {
        return lost.get() + (isEnding ? underWay.get() : 0);
    }

    @Override
    public void close() throws IOException {
        isEnding = true;
        try {
            if (!sender.join(patience.ending)) {
                sender.interrupt();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
