package dev.holdfast.server.admission;

import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.core.Severity;
import dev.holdfast.core.text.Wildcard;
import dev.holdfast.policy.Exemption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked where, and how seriously.
 *
 * @param usual what holds for a namespace that no rule names, and for what is in no namespace
 * @param namespaces rules in order; the first that names a namespace holds
 * @param policies files and folders of policies
 * @param deniesOnError what an error of ours, or something that cannot be seen, answers: a denial, or an admission with a warning
 * @param exceptions what does not count, and why
 */
public record AdmissionSettings(
        Demands usual,
        List<NamespaceRule> namespaces,
        List<String> policies,
        boolean deniesOnError,
        List<Exemption> exceptions) {
    public AdmissionSettings {
        namespaces = List.copyOf(namespaces);
        policies = List.copyOf(policies);
        exceptions = List.copyOf(exceptions);
    }

    /** With more that does not count. */
    public AdmissionSettings with(List<Exemption> more) {
        List<Exemption> all = new ArrayList<>(exceptions);
        all.addAll(more);
        return new AdmissionSettings(usual, namespaces, policies, deniesOnError, all);
    }

    /** How seriously. {@link #word()} is the word in the file. */
    public enum Mode {
        /** Nothing is asked. */
        OFF,
        /** Everything is admitted; what was found goes to the audit log. */
        AUDIT,
        /** Everything is admitted; what was found goes to the audit log and to the one who asked. */
        WARN,
        /** What fails is denied. */
        ENFORCE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is asked.
     *
     * @param standards the Pod Security Standards that pods must meet
     * @param checks a finding of our checks at or above counts; empty when they are not asked
     * @param images what is asked of the images that pods run; empty when they are not asked
     * @param changes what may be filled in where nothing is written
     */
    public record Demands(
            Mode mode,
            Standards standards,
            Optional<Severity> checks,
            Optional<ImageDemands> images,
            Set<Change> changes) {
        /** Nothing but warnings of nothing: what holds when a file says nothing. */
        public static final Demands USUAL =
                new Demands(Mode.WARN, Standards.NOT_ASKED, Optional.empty(), Optional.empty(), Set.of());

        public Demands {
            changes = Set.copyOf(changes);
        }

        /** The standards that are asked whatever the namespace says of itself. */
        public Optional<PodSecurity> podSecurity() {
            return standards instanceof Standards.Fixed(PodSecurity level) ? Optional.of(level) : Optional.empty();
        }
    }

    /** Which Pod Security Standards. */
    public sealed interface Standards {
        /** None. */
        Standards NOT_ASKED = new NotAsked();

        /** None. */
        record NotAsked() implements Standards {}

        /** These. */
        record Fixed(PodSecurity level) implements Standards {}

        /** Those that the namespace's labels {@code pod-security.kubernetes.io/enforce}, {@code audit} and {@code warn} name. */
        record OfLabels() implements Standards {}
    }

    /** What happens to a pod for the sake of its image. */
    public enum ImageAnswer {
        /** Nothing; it is noted in the audit log. */
        ALLOW,
        /** The one who asks is told. */
        WARN,
        /** It counts as a failure, which the mode {@code enforce} denies. */
        DENY
    }

    /**
     * What is asked of images, by what was found about them before. Nothing is scanned while somebody waits.
     *
     * @param failOn an image with a finding at or above it fails
     * @param failing the answer for one that fails
     * @param undecided the answer for one of which not everything could be seen
     * @param unknown the answer for one of which nothing is known (any more)
     * @param tagHolds how long a tag is taken to stand for the image that it stood for when it was looked up
     */
    public record ImageDemands(
            Severity failOn, ImageAnswer failing, ImageAnswer undecided, ImageAnswer unknown, Duration tagHolds) {}

    /** Something that is filled in when nothing is written. {@link #word()} is the word in the file. */
    public enum Change {
        RUN_AS_NON_ROOT("runAsNonRoot"),
        NO_PRIVILEGE_ESCALATION("allowPrivilegeEscalation"),
        SECCOMP_DEFAULT("seccompProfile"),
        DROP_CAPABILITIES("capabilities"),
        NO_TOKEN("automountServiceAccountToken"),
        /** A tag gets the digest beside it that it stood for when its image was scanned. */
        PIN_IMAGES("imageDigests");

        private final String word;

        Change(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Namespaces by name, with {@code *} for anything, and what is asked there. */
    public record NamespaceRule(List<String> names, Demands demands) {
        public NamespaceRule {
            names = List.copyOf(names);
        }

        boolean names(String namespace) {
            for (String name : names) {
                if (Wildcard.matches(name, namespace)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What is asked in this namespace; of a namespace itself, what is asked in it. */
    public Demands in(String namespace) {
        for (NamespaceRule rule : namespaces) {
            if (rule.names(namespace)) {
                return rule.demands();
            }
        }
        return usual;
    }

    /** Whether anything depends on what is known of images. */
    public boolean asksForImages() {
        return asksForImages(usual) || namespaces.stream().anyMatch(rule -> asksForImages(rule.demands()));
    }

    private static boolean asksForImages(Demands demands) {
        return demands.images().isPresent() || demands.changes().contains(Change.PIN_IMAGES);
    }
}
