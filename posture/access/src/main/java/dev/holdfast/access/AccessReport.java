package dev.holdfast.access;

import dev.holdfast.access.audit.UsageReport;
import dev.holdfast.access.paths.PathReport;
import dev.holdfast.access.rbac.Answer;
import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Grant;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.core.Gap;
import java.util.List;
import java.util.Optional;

/**
 * An answer with what could not be seen.
 *
 * @param content what was asked, and what was found
 * @param verdict in one sentence
 */
public record AccessReport(Content content, List<Gap> gaps, Verdict verdict) {
    public AccessReport {
        gaps = List.copyOf(gaps);
    }

    /** The outcome of a question, and of a gate that asks it. */
    public enum Outcome {
        /** Yes; or nothing is wrong. */
        PASS,
        /** No; or there is a way to cluster-admin. */
        FAIL,
        COULD_NOT_TELL;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** The answer in one sentence. */
    public record Verdict(Outcome outcome, String sentence) {}

    /** What was asked, and what was found. */
    public sealed interface Content {}

    /**
     * Who can do something. Members of {@code system:masters} can too; RBAC is not asked of them.
     *
     * @param namespace as it was asked; absent for wherever it is allowed
     * @param holders one for each subject of each binding that allows it
     * @param notes how the question was understood
     */
    public record WhoCan(Request request, Optional<String> namespace, List<Grant> holders, List<String> notes)
            implements Content {
        public WhoCan {
            holders = List.copyOf(holders);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Whether somebody can do something.
     *
     * @param elsewhere the namespaces in which it is allowed, where the whole cluster was asked about and the answer is no
     */
    public record Can(Requester requester, Request request, Answer answer, List<String> elsewhere, List<String> notes)
            implements Content {
        public Can {
            elsewhere = List.copyOf(elsewhere);
            notes = List.copyOf(notes);
        }
    }

    /**
     * All that somebody holds.
     *
     * @param grants one for each rule, those of the whole cluster first
     * @param missing their bindings whose role was not given
     */
    public record Rights(Requester requester, List<Grant> grants, List<Binding> missing) implements Content {
        public Rights {
            grants = List.copyOf(grants);
            missing = List.copyOf(missing);
        }
    }

    /** How somebody gets to cluster-admin. */
    public record Paths(PathReport report) implements Content {}

    /** What was never used. */
    public record Unused(UsageReport report) implements Content {}
}
