package dev.holdfast.server.admission;

import dev.holdfast.check.pss.PodSecurity;
import dev.holdfast.core.Severity;
import dev.holdfast.core.text.Wildcard;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is asked where, and how seriously.
 *
 * @param usual what holds for a namespace that no rule names, and for what is in no namespace
 * @param namespaces rules in order; the first that names a namespace holds
 * @param policies files and folders of policies
 * @param deniesOnError what an error of ours answers: a denial, or an admission with a warning
 */
public record AdmissionSettings(
        Demands usual, List<NamespaceRule> namespaces, List<String> policies, boolean deniesOnError) {
    public AdmissionSettings {
        namespaces = List.copyOf(namespaces);
        policies = List.copyOf(policies);
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
     * @param podSecurity the standards that pods must meet; empty when they are not asked
     * @param checks a finding of our checks at or above counts; empty when they are not asked
     */
    public record Demands(Mode mode, Optional<PodSecurity> podSecurity, Optional<Severity> checks) {
        /** Nothing at all. */
        public static final Demands NONE = new Demands(Mode.OFF, Optional.empty(), Optional.empty());
    }

    /** Namespaces by name, with {@code *} for anything, and what is asked there. */
    public record NamespaceRule(List<String> names, Demands demands) {
        public NamespaceRule {
            names = List.copyOf(names);
        }

        boolean names(String namespace) {
            return names.stream().anyMatch(name -> Wildcard.matches(name, namespace));
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
}
