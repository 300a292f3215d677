package dev.holdfast.policy.export;

import dev.holdfast.core.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What is to be asked by the API server itself.
 *
 * @param scopes which namespaces are asked what; of scopes that both name a namespace the first holds
 * @param exempt namespaces that are never asked: those of the cluster itself, and our own
 */
public record ExportRequest(List<Scope> scopes, List<String> exempt) {
    public ExportRequest {
        scopes = List.copyOf(scopes);
        exempt = List.copyOf(exempt);
    }

    /** What happens to what fails. */
    public enum Mode {
        /** It is noted in the audit log. */
        AUDIT,
        /** And the one who asks is warned. */
        WARN,
        /** It is denied, and noted; workloads whose pods would break the Pod Security Standards are warned of, as the server does itself. */
        ENFORCE
    }

    /**
     * Some namespaces.
     *
     * @param namespaces names, with {@code *} for anything; empty: all that no scope before names
     * @param mode empty: nothing is asked here
     */
    public record Scope(
            List<String> namespaces, Optional<Mode> mode, Optional<Standards> standards, Optional<Severity> checks) {
        public Scope {
            namespaces = List.copyOf(namespaces);
        }
    }

    /**
     * A level of the Pod Security Standards.
     *
     * @param isRestricted else baseline
     * @param minor the version's number after the point; empty: the newest
     */
    public record Standards(boolean isRestricted, Optional<Integer> minor) {
        String words() {
            return (isRestricted ? "restricted" : "baseline")
                    + minor.map(number -> "-v1." + number).orElse("");
        }

        List<Clause> clauses() {
            PodSecurityClauses clauses = new PodSecurityClauses(minor.orElse(Integer.MAX_VALUE));
            return isRestricted ? clauses.restricted() : clauses.baseline();
        }
    }
}
