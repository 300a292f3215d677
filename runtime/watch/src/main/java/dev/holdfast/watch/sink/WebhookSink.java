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
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * Posts alerts to a web server, one a request. They wait in a queue of bounded length while it is slow; what finds the queue full is lost and
 * counted, so that watching never waits. An answer of 408, 429 or 5xx, or none, is tried again after a pause that doubles, or after the one
 * that the server asks for with {@code Retry-After} (RFC 9110 10.2.3) where that is longer; any other answer above 299 loses the alert at
 * once, since it would be refused again.
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

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final URI server;
    private final AlertFormat format;
    private final Patience patience;
    private final HttpClient client;
    private final Postbox<String> waiting;

    private WebhookSink(URI server, AlertFormat format, Patience patience) {
        this.server = server;
        this.format = format;
        this.patience = patience;
        this.client = HttpClient.newBuilder().connectTimeout(patience.request).build();
        this.waiting = new Postbox<>("webhook", patience.queue, patience.ending, this::isDelivered).started();
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
        waiting.put(format.print(alert));
    }

    private boolean isDelivered(String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server)
                .timeout(patience.request)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        Duration pause = patience.pause;
        for (int attempt = 1; attempt <= patience.attempts; attempt++) {
            Duration asked = Duration.ZERO;
            try {
                HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() < 300) {
                    return true;
                }
                if (answer.statusCode() != 408 && answer.statusCode() != 429 && answer.statusCode() < 500) {
                    return false;
                }
                asked = asked(answer);
            } catch (IOException unreachable) {
                // tried again below
            }
            if (attempt < patience.attempts) {
                Thread.sleep(asked.compareTo(pause) > 0 ? asked : pause);
                pause = pause.multipliedBy(2);
            }
        }
        return false;
    }

    /** The pause that the server asks for, in seconds or as a date behind its own; a longer one than is bearable is cut. */
    private static Duration asked(HttpResponse<Void> answer) {
        String value = answer.headers().firstValue("Retry-After").orElse("").strip();
        Duration asked = Duration.ZERO;
        if (value.matches("[0-9]{1,9}")) {
            asked = Duration.ofSeconds(Long.parseLong(value));
        } else if (!value.isEmpty()) {
            try {
                asked = Duration.between(
                        date(answer.headers().firstValue("Date").orElse("")), date(value));
            } catch (DateTimeParseException noDate) {
                return Duration.ZERO;
            }
        }
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    private static Instant date(String text) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    }

    @Override
    public long lost() {
        return waiting.lost();
    }

    @Override
    public void close() throws IOException {
        waiting.close();
        client.shutdownNow();
    }
}
