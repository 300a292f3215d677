package dev.holdfast.server;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.server.admission.AdmissionRequest;
import dev.holdfast.server.admission.Judge;
import dev.holdfast.server.admission.ReviewReader;
import dev.holdfast.server.admission.ReviewWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks the judge what a cluster will ask, until the virtual machine has compiled what matters: the first questions of a cluster would take
 * some hundred milliseconds otherwise, and they come when a node has failed and everything is restarted.
 */
final class WarmUp {
    private static final Duration LONGEST = Duration.ofMillis(2_500);
    private static final int ROUNDS = 3_000;

    private WarmUp() {}

    static void run(Judge judge) {
        byte[] review = review();
        ReviewReader reader = new ReviewReader(Limits.DEFAULT);
        long start = System.nanoTime();
        try {
            for (int i = 0; i < ROUNDS && System.nanoTime() - start < LONGEST.toNanos(); i++) {
                AdmissionRequest request = reader.read(review);
                ReviewWriter.write(request, judge.decide(request));
                ReviewWriter.write(request, judge.change(request));
            }
        } catch (InputException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] review() {
        String container =
                "{\"name\":\"c\",\"image\":\"registry.invalid/warm/up:1\",\"env\":[{\"name\":\"A\",\"value\":\"b\"}],"
                        + "\"resources\":{\"limits\":{\"memory\":\"64Mi\"}},\"securityContext\":{\"privileged\":false},"
                        + "\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"}]}";
        return ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"warm-up\","
                        + "\"kind\":{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Pod\"},\"resource\":{\"group\":\"\","
                        + "\"version\":\"v1\",\"resource\":\"pods\"},\"name\":\"warm-up\",\"namespace\":\"warm-up\","
                        + "\"operation\":\"CREATE\",\"userInfo\":{\"username\":\"nobody\",\"groups\":[\"g\"]},\"dryRun\":true,"
                        + "\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"warm-up\","
                        + "\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[" + container + "," + container
                        + "],\"volumes\":[{\"name\":\"v\",\"emptyDir\":{}}]}}}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
