package dev.holdfast.server.admission;

import dev.holdfast.core.Digest;
import dev.holdfast.core.ImageReference;
import dev.holdfast.manifest.kubernetes.Container;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.kubernetes.PodForm;
import dev.holdfast.server.admission.AdmissionSettings.ImageAnswer;
import dev.holdfast.server.admission.AdmissionSettings.ImageDemands;
import dev.holdfast.store.Verdict;
import dev.holdfast.store.Verdicts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the images of a pod by what was found about them before. Nothing is looked up outside: an image of which nothing is known gets the
 * settings' answer, and is told to be wanted. Pods are held to the answer; for what makes pods it is a warning, so that scaling something
 * down does not wait for a repair.
 */
final class ImageLook {
    private static final String IMAGES = "images";

    private final ImageKnowledge images;
    private final Exceptions exceptions;
    private final InstantSource clock;

    ImageLook(Surroundings surroundings, Exceptions exceptions) {
        this.images = surroundings.images();
        this.exceptions = exceptions;
        this.clock = surroundings.clock();
    }

    void look(AdmissionRequest request, PodForm pod, ImageDemands demands, Objections objections) {
        Set<String> before = imagesOf(request.oldObject(), request.name());
        Map<String, String> asked = new LinkedHashMap<>();
        for (Container container : pod.containers()) {
            String image = container.node().textAt("image").orElse("");
            if (!image.isEmpty() && !before.contains(image)) {
                asked.putIfAbsent(image, container.name());
            }
        }
        Instant now = clock.instant();
        asked.forEach((image, container) -> judge(request, pod, image, container, demands, now, objections));
    }

    /** Images that a pod runs already do not become worse by an update of something else. */
    private static Set<String> imagesOf(Optional<dev.holdfast.manifest.tree.Node.Mapping> object, String name) {
        Set<String> images = new HashSet<>();
        object.flatMap(old -> PodForm.of(new KubernetesObject(name, old)))
                .ifPresent(pod -> pod.containers()
                        .forEach(container -> container.node().textAt("image").ifPresent(images::add)));
        return images;
    }

    private void judge(
            AdmissionRequest request,
            PodForm pod,
            String image,
            String container,
            ImageDemands demands,
            Instant now,
            Objections objections) {
        String subject = "image " + image + " (container \"" + container + "\"): ";
        Optional<ImageReference> reference = ImageReference.parse(image);
        if (reference.isEmpty()) {
            say(request, pod, image, demands.unknown(), subject + "no name of an image", objections);
            return;
        }
        Optional<Digest> digest = digest(reference.get(), demands, now);
        Optional<Verdict> verdict = digest.flatMap(images::verdict);
        if (verdict.isEmpty() || !verdict.get().holdsAt(now)) {
            objections.want(reference.get().toString());
            String why = verdict.isPresent()
                    ? "what is known of it is from " + day(verdict.get().judged()) + " and counts no longer"
                    : digest.isPresent() || reference.get().digest().isPresent()
                            ? "it was not scanned yet"
                            : "which image this tag stands for was not looked up lately";
            say(request, pod, image, demands.unknown(), subject + why + "; a scan is wanted", objections);
            return;
        }
        if (isHalfOver(verdict.get(), now)) {
            objections.want(reference.get().toString()); // so that the next verdict is there before this one ends
        }
        int failing = verdict.get().counts().atLeast(demands.failOn());
        if (failing > 0) {
            say(
                    request,
                    pod,
                    image,
                    demands.failing(),
                    subject + findings(verdict.get(), failing, demands),
                    objections);
        } else if (verdict.get().outcome() == Verdict.Outcome.COULD_NOT_TELL) {
            String why = "could not be judged: " + verdict.get().sentence();
            say(request, pod, image, demands.undecided(), subject + why, objections);
        }
    }

    private static boolean isHalfOver(Verdict verdict, Instant now) {
        Duration whole = Duration.between(verdict.judged(), verdict.expires());
        return verdict.judged().plus(whole.dividedBy(2)).isBefore(now);
    }

    /** The digest that stands in the name, else the one that the tag stood for not too long ago. */
    private Optional<Digest> digest(ImageReference reference, ImageDemands demands, Instant now) {
        return reference
                .digest()
                .or(() -> images.named(reference.toString())
                        .filter(named -> named.seen().plus(demands.tagHolds()).isAfter(now))
                        .map(Verdicts.Named::digest));
    }

    private static String findings(Verdict verdict, int failing, ImageDemands demands) {
        return failing + (failing == 1 ? " finding" : " findings") + " at or above "
                + demands.failOn().word() + " (" + verdict.counts().critical() + " critical, "
                + verdict.counts().high() + " high), scanned on " + day(verdict.judged());
    }

    private static String day(Instant time) {
        return time.toString().substring(0, "2026-01-01".length());
    }

    private void say(
            AdmissionRequest request,
            PodForm pod,
            String image,
            ImageAnswer answer,
            String sentence,
            Objections objections) {
        if (exceptions.cover(image, request, objections)) {
            return;
        }
        objections.annotate(IMAGES, sentence);
        switch (answer) {
            case ALLOW -> {}
            case WARN -> objections.warn(sentence);
            case DENY -> {
                if (pod.isPod()) {
                    objections.deny(sentence);
                } else {
                    objections.warn("its pods would be denied: " + sentence);
                }
            }
        }
    }
}
