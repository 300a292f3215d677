package dev.holdfast.server;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What the server counts, in the text format of Prometheus. */
final class Measures {
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double NANOSECONDS = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("holdfast_admission_requests")
            .help("Requests that were decided.")
            .labelNames("operation", "resource", "outcome")
            .register(registry);
    private final Counter malformed = Counter.builder()
            .name("holdfast_admission_malformed")
            .help("Bodies that were no review.")
            .register(registry);
    private final Counter reloads = Counter.builder()
            .name("holdfast_admission_reloads")
            .help("Times that settings, policies or certificates were read anew.")
            .labelNames("outcome")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("holdfast_admission_seconds")
            .help("From the whole question read to the answer written.")
            .classicOnly()
            .classicUpperBounds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1)
            .register(registry);
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    /** @param outcome {@code allowed}, {@code warned} or {@code denied} */
    void decided(String operation, String resource, String outcome, long nanoseconds) {
        requests.labelValues(operation, resource, outcome).inc();
        seconds.observe(nanoseconds / NANOSECONDS);
    }

    void malformed() {
        malformed.inc();
    }

    void reloaded(boolean isTaken) {
        reloads.labelValues(isTaken ? "taken" : "refused").inc();
    }

    byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
        try {
            writer.write(out, registry.scrape());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // a buffer in memory has none
        }
        return out.toByteArray();
    }
}
