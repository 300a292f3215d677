package dev.holdfast.server.admission;

import dev.holdfast.core.Digest;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.policy.definition.PolicyReader;
import dev.holdfast.policy.definition.PolicySet;
import dev.holdfast.store.Verdict;
import dev.holdfast.store.Verdicts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Questions as an API server asks them, and judges to ask. */
final class Reviews {
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private Reviews() {}

    static String pod(String spec) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":" + spec + "}";
    }

    static String deployment(String spec) {
        return "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"template\":{\"spec\":"
                + spec + "}}}";
    }

    static AdmissionRequest create(String kind, String resource, String object) throws InputException {
        return request("CREATE", "shop", "", kind, resource, object, "");
    }

    static AdmissionRequest request(
            String operation,
            String namespace,
            String subResource,
            String kind,
            String resource,
            String object,
            String oldObject)
            throws InputException {
        String text =
                "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u-1\","
                        + "\"kind\":{\"group\":\"\",\"version\":\"v1\",\"kind\":\"" + kind
                        + "\"},\"resource\":{\"group\":\"\","
                        + "\"version\":\"v1\",\"resource\":\"" + resource + "\"},\"subResource\":\"" + subResource
                        + "\",\"name\":\"p\",\"namespace\":\"" + namespace + "\",\"operation\":\"" + operation
                        + "\",\"userInfo\":{\"username\":\"ann\"},\"object\":" + object
                        + (oldObject.isEmpty() ? "" : ",\"oldObject\":" + oldObject) + "}}";
        return new ReviewReader(Limits.DEFAULT).read(text.getBytes(StandardCharsets.UTF_8));
    }

    static Judge judge(String settings, String policy, ImageKnowledge images, Namespaces namespaces)
            throws InputException {
        PolicySet policies =
                policy.isEmpty() ? PolicySet.NONE : PolicyReader.read(policy, "policy.yaml", Limits.DEFAULT);
        return new Judge(
                SettingsReader.read(settings, "settings.yaml", Limits.DEFAULT),
                policies,
                Limits.DEFAULT,
                new Surroundings(images, namespaces, InstantSource.fixed(NOW)));
    }

    static Digest digest(String of) {
        return Digest.sha256(of.getBytes(StandardCharsets.UTF_8));
    }

    /** What is known of images, written down by hand. */
    static final class Known implements ImageKnowledge {
        private final Map<Digest, Verdict> verdicts = new HashMap<>();
        private final Map<String, Verdicts.Named> names = new HashMap<>();

        Known verdict(String of, Verdict.Outcome outcome, int high, Instant judged) {
            verdicts.put(
                    digest(of),
                    new Verdict(
                            digest(of),
                            outcome,
                            "said so",
                            "",
                            "",
                            "test",
                            new Verdict.Counts(0, high, 0, 0, 0),
                            judged,
                            judged.plus(Duration.ofDays(2))));
            return this;
        }

        Known name(String name, String of, Instant seen) {
            names.put(name, new Verdicts.Named(name, digest(of), seen));
            return this;
        }

        @Override
        public Optional<Verdict> verdict(Digest digest) {
            return Optional.ofNullable(verdicts.get(digest));
        }

        @Override
        public Optional<Verdicts.Named> named(String name) {
            return Optional.ofNullable(names.get(name));
        }
    }
}
