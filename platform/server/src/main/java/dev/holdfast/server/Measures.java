package dev.holdfast.server;

import dev.holdfast.server.admission.AdmissionAnswer;
import dev.holdfast.server.admission.AdmissionRequest;
import dev.holdfast.server.images.Recollection;
import dev.holdfast.server.images.ScanWorkers;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

/** What the server counts, in the text format of Prometheus. */
final class Measures {
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double NANOSECONDS = 1e9;
    private static final double MILLISECONDS = 1e3;

    private static final int MOST_RESOURCES = 200;

    private final Set<String> resources = ConcurrentHashMap.newKeySet();
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

    /** What is asked for when somebody reads the measures. */
    void observe(
            Optional<Recollection> recollection,
            Optional<ScanWorkers> workers,
            AtomicReference<Certificates> certificates) {
        gauge(
                "holdfast_certificate_expires_seconds",
                "When the certificate ends, in seconds since 1970.",
                () -> certificates.get().expires().toEpochMilli() / MILLISECONDS);
        recollection.ifPresent(memory -> {
            gauge(
                    "holdfast_store_up",
                    "1 when the store can be used.",
                    () -> memory.condition().isStoreThere() ? 1 : 0);
            gauge(
                    "holdfast_images_known",
                    "Images of which a verdict is at hand.",
                    () -> memory.condition().images());
            gauge(
                    "holdfast_scans_waiting",
                    "Scans that are wanted.",
                    () -> memory.condition().scans().waiting());
            gauge(
                    "holdfast_scans_given_up",
                    "Scans that could not be made, however often they were tried.",
                    () -> memory.condition().scans().dead());
            gauge(
                    "holdfast_store_pending",
                    "Notes that are still to be written.",
                    () -> memory.condition().pending());
            counter(
                    "holdfast_store_lost",
                    "Notes that were lost because the store was away for too long.",
                    () -> memory.condition().lost());
        });
        workers.ifPresent(scanners -> {
            counter("holdfast_scans_made", "Scans that were made.", scanners::made);
            counter("holdfast_scans_failed", "Attempts at a scan that failed.", scanners::failed);
        });
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    void decided(AdmissionRequest question, AdmissionAnswer answer, long nanoseconds) {
        requests.labelValues(question.operation(), known(question.resource().resource()), answer.outcome())
                .inc();
        seconds.observe(nanoseconds / NANOSECONDS);
    }

    /** Whoever reaches the port may name what he likes: the first of them are told apart. */
    private String known(String resource) {
        if (resources.contains(resource)) {
            return resource;
        }
        return resources.size() < MOST_RESOURCES && resources.add(resource) ? resource : "other";
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
