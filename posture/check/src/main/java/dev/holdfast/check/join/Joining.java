package dev.holdfast.check.join;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.core.Limits;
import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.ManifestFile;
import dev.holdfast.manifest.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges what manifests and images say together: each container whose image is known, and once of all others that it is not. */
public final class Joining {
    private static final Rule NOT_AT_HAND = Rule.of(
            "image-not-at-hand",
            Severity.LOW,
            "an image that nobody showed",
            "whom it runs as, what it starts and where it writes decides with the manifest",
            InputKind.KUBERNETES,
            InputKind.COMPOSE,
            InputKind.ECS);

    /** Images that are named in a sentence. */
    private static final int MOST_NAMED = 3;

    private final Limits limits;
    private final FoundImages found;

    /**
     * Finds out what is known of the images of a target.
     *
     * @param files its files by kind
     * @param given images that were given beside
     */
    public Joining(Map<InputKind, List<ManifestFile>> files, KnownImages given, Surroundings beside, Limits limits) {
        this.limits = limits;
        this.found = FoundImages.of(files, given, beside, limits);
    }

    /** Every rule that may be told. */
    public static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(List.of(NOT_AT_HAND));
        fits(Limits.DEFAULT).forEach(fit -> rules.addAll(fit.rules()));
        return rules;
    }

    private static List<Fit> fits(Limits limits) {
        return List.of(new UserFit(), new ProgramFit(), new FilesFit(), new PortFit(), new EngineFit(limits));
    }

    /** The images that are known. */
    public KnownImages images() {
        return found.images();
    }

    /** Judges every container whose image is known. */
    public void judge(Map<InputKind, List<ManifestFile>> files, Findings out) {
        Map<String, Setting> missing = new LinkedHashMap<>();
        List<Fit> fits = found.isEmpty() ? List.of() : fits(limits);
        uses(files).forEach(use -> {
            Optional<KnownImage> image =
                    use.built().or(() -> images().find(use.image().text()));
            if (image.isPresent()) {
                fits.forEach(fit -> fit.judge(use, image.get(), out));
            } else if (!isOpen(use.image().text())) {
                missing.putIfAbsent(use.image().text(), use.image());
            }
        });
        found.unread().forEach(image -> missing.putIfAbsent(image.text(), image));
        notAtHand(missing, out);
    }

    private Stream<Use> uses(Map<InputKind, List<ManifestFile>> files) {
        Stream<Use> ofPods = files.getOrDefault(InputKind.KUBERNETES, List.of()).stream()
                .flatMap(file -> KubernetesUses.of(file).stream());
        Stream<Use> ofTasks =
                files.getOrDefault(InputKind.ECS, List.of()).stream().flatMap(file -> EcsUses.of(file).stream());
        return Stream.of(ofPods, ofTasks, found.services()).flatMap(each -> each);
    }

    /** A name that something else fills in. */
    private static boolean isOpen(String name) {
        return name.isBlank() || name.contains("$") || name.contains("{{") || name.contains("<") || name.contains("%");
    }

    private static void notAtHand(Map<String, Setting> missing, Findings out) {
        if (missing.isEmpty()) {
            return;
        }
        Setting first = missing.values().iterator().next();
        List<String> names = missing.keySet().stream().limit(MOST_NAMED).toList();
        String more = missing.size() > MOST_NAMED ? ", …" : "";
        out.in(first.path())
                .notAssessed(
                        NOT_AT_HAND,
                        missing.size() == 1 ? "image" : missing.size() + " images",
                        first.place(),
                        (missing.size() == 1 ? "the image " : missing.size() + " images (")
                                + String.join(", ", names) + more
                                + (missing.size() == 1 ? " is" : ") are")
                                + " not at hand, so what the manifests say is not compared with whom they run as, what they start"
                                + " and where they write; give them with --images");
    }
}
