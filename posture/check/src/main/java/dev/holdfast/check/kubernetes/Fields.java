package dev.holdfast.check.kubernetes;

import static dev.holdfast.core.Severity.LOW;
import static dev.holdfast.core.Severity.MEDIUM;
import static dev.holdfast.manifest.InputKind.KUBERNETES;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Repair;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.FieldCatalogue;
import dev.holdfast.manifest.kubernetes.FieldProblem;
import dev.holdfast.manifest.kubernetes.FieldReader;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.tree.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the server would not take as it is written, and kinds that it no longer serves. */
final class Fields implements ObjectCheck {
    private static final Rule UNKNOWN = Rule.of(
            "unknown-field",
            MEDIUM,
            "a field that does not exist",
            "the server drops it and says at most a warning, so what it was to protect is not protected",
            KUBERNETES);
    private static final Rule REPEATED = Rule.of(
            "duplicate-field",
            MEDIUM,
            "a field that is written twice",
            "only the last one counts, and a reader may look at the other",
            KUBERNETES);
    private static final Rule WRONG_TYPE = Rule.of(
            "field-of-wrong-type",
            MEDIUM,
            "a value that the server cannot read",
            "the server refuses the whole object",
            KUBERNETES);
    private static final Rule REMOVED = Rule.of(
            "deprecated-api-version",
            LOW,
            "an API version that is no longer served",
            "current servers refuse the object, and tools that know only the new version pass over it",
            KUBERNETES);
    private static final Rule NOT_KNOWN = Rule.of(
            "custom-resource",
            LOW,
            "a kind that is not known here",
            "what its controller makes of it cannot be told from the file",
            KUBERNETES);

    /** The newest minor version of Kubernetes that the catalogue knows. */
    private static final int NEWEST = 37;

    /** Here old and new version have the same fields, so that the version alone can be changed. */
    private static final Set<String> SAME_FIELDS = Set.of(
            "CronJob",
            "Role",
            "ClusterRole",
            "RoleBinding",
            "ClusterRoleBinding",
            "PodDisruptionBudget",
            "Lease",
            "PriorityClass",
            "StorageClass",
            "IngressClass");

    private final FieldCatalogue catalogue = FieldCatalogue.read();
    private final FieldReader reader = new FieldReader(catalogue);

    @Override
    public List<Rule> rules() {
        return List.of(UNKNOWN, REPEATED, WRONG_TYPE, REMOVED, NOT_KNOWN);
    }

    @Override
    public void check(KubernetesObject object, Findings out) {
        Optional<FieldCatalogue.Kind> kind = catalogue.kind(object.apiVersion(), object.kind());
        version(object, kind, out);
        List<FieldProblem> problems = reader.problems(object);
        for (FieldProblem problem : problems) {
            switch (problem.kind()) {
                case UNKNOWN -> unknown(object, problem, out);
                case REPEATED ->
                    out.fail(REPEATED, object.title(), problem.place())
                            .says(object.title() + " writes " + problem.field() + " twice; " + REPEATED.why())
                            .fix("remove one of them")
                            .add();
                case WRONG_TYPE ->
                    out.fail(WRONG_TYPE, object.title(), problem.place())
                            .says(object.title() + " has " + problem.found() + " at " + problem.field() + "; "
                                    + WRONG_TYPE.why())
                            .fix(problem.field() + " must be " + problem.wanted())
                            .add();
            }
        }
        pass(object, problems, FieldProblem.Kind.UNKNOWN, UNKNOWN, out);
        pass(object, problems, FieldProblem.Kind.REPEATED, REPEATED, out);
        pass(object, problems, FieldProblem.Kind.WRONG_TYPE, WRONG_TYPE, out);
    }

    private static void unknown(KubernetesObject object, FieldProblem problem, Findings out) {
        String meant = problem.wanted();
        out.fail(UNKNOWN, object.title(), problem.place())
                .says(object.title() + " writes " + problem.field() + ", which " + object.apiVersion()
                        + " does not have" + (meant.isEmpty() ? "; " : "; " + meant + " may be meant; ")
                        + UNKNOWN.why())
                .fix(meant.isEmpty() ? "remove it, or put it where it belongs" : "write " + meant)
                .add();
    }

    private static void pass(
            KubernetesObject object, List<FieldProblem> problems, FieldProblem.Kind kind, Rule rule, Findings out) {
        if (problems.stream().noneMatch(problem -> problem.kind() == kind)) {
            out.pass(rule, object.title(), object.place());
        }
    }

    private static void version(KubernetesObject object, Optional<FieldCatalogue.Kind> kind, Findings out) {
        Optional<Node> written = object.root().get("apiVersion");
        boolean isRemoved =
                kind.isPresent() && kind.get().removedIn() > 0 && kind.get().removedIn() <= NEWEST;
        if (kind.isEmpty()) {
            out.notAssessed(
                    NOT_KNOWN,
                    object.title(),
                    object.place(),
                    object.kind() + " of " + object.apiVersion() + ": " + NOT_KNOWN.why());
            return;
        }
        if (!isRemoved || written.isEmpty()) {
            out.pass(REMOVED, object.title(), object.place());
            return;
        }
        String replacement = kind.get().replacement();
        Findings.Failure failure = out.fail(
                        REMOVED, object.title(), written.get().place())
                .says(object.title() + " has apiVersion: " + object.apiVersion() + ", which Kubernetes 1."
                        + kind.get().removedIn() + " and later do not serve; " + REMOVED.why());
        if (replacement.isEmpty()) {
            failure.fix("there is no other version; see what replaced the kind").add();
        } else if (SAME_FIELDS.contains(object.kind())) {
            failure.fix(
                            "apiVersion: " + replacement,
                            new Repair.Replace(written.get().place(), replacement))
                    .add();
        } else {
            failure.fix("apiVersion: " + replacement + ", whose fields differ in places")
                    .add();
        }
    }
}
