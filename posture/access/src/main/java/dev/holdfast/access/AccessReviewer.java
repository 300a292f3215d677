package dev.holdfast.access;

import dev.holdfast.access.AccessReport.Can;
import dev.holdfast.access.AccessReport.Content;
import dev.holdfast.access.AccessReport.Outcome;
import dev.holdfast.access.AccessReport.Paths;
import dev.holdfast.access.AccessReport.Rights;
import dev.holdfast.access.AccessReport.Unused;
import dev.holdfast.access.AccessReport.Verdict;
import dev.holdfast.access.AccessReport.WhoCan;
import dev.holdfast.access.audit.UsageReport;
import dev.holdfast.access.paths.PathReport;
import dev.holdfast.access.paths.PathReviewer;
import dev.holdfast.access.rbac.Answer;
import dev.holdfast.access.rbac.Authorizer;
import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.Grant;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.access.rbac.ResourceTypes;
import dev.holdfast.access.rbac.Role;
import dev.holdfast.access.rbac.Rule;
import dev.holdfast.access.rbac.StreamReview;
import dev.holdfast.core.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Answers questions about access. Where a "no" hangs on something that was not given (a role that a binding refers to, a file that cannot be
 * read), the answer is that it could not be told.
 */
public final class AccessReviewer {
    private final Cluster cluster;
    private final boolean isComplete;
    private final Authorizer authorizer;
    private final ResourceTypes types = new ResourceTypes();

    /** @param isComplete whether the objects are all there are, so that what is missing does not exist */
    public AccessReviewer(Cluster cluster, boolean isComplete) {
        this.cluster = cluster;
        this.isComplete = isComplete;
        this.authorizer = new Authorizer(cluster);
    }

    /** Everybody whom some binding allows a request. */
    public AccessReport whoCan(Question question, Scope scope) {
        Optional<String> namespace = scope.namespace();
        Request request = question.request();
        List<Grant> holders = new ArrayList<>();
        boolean isUncertain = !cluster.isWhole();
        for (Binding binding : cluster.bindings()) {
            String home = binding.namespace();
            if (isInQuestion(request, home, namespace)) {
                Request there = request instanceof Request.OnResource on ? on.in(namespace.orElse(home)) : request;
                Optional<Role> role = cluster.role(binding);
                isUncertain |= role.isEmpty() && !isComplete;
                role.flatMap(found -> allowing(found, there))
                        .ifPresent(rule -> binding.subjects()
                                .forEach(
                                        subject -> holders.add(new Grant(binding, subject, role.orElseThrow(), rule))));
            }
        }
        long subjects = holders.stream()
                .map(grant -> grant.subject().described(grant.namespace()))
                .distinct()
                .count();
        String sentence = (subjects == 0 ? "nobody" : subjects == 1 ? "1 subject" : subjects + " subjects") + " can "
                + request + where(namespace) + (isUncertain ? "; there may be more" : "");
        return report(
                new WhoCan(request, namespace, holders, notes(question)),
                isUncertain ? Outcome.COULD_NOT_TELL : Outcome.PASS,
                sentence);
    }

    private static String where(Optional<String> namespace) {
        return namespace
                .map(name -> name.isEmpty() ? " in the whole cluster" : " in namespace " + name)
                .orElse("");
    }

    /** A RoleBinding says nothing about URLs, nor about what lies in no namespace. */
    private boolean isInQuestion(Request request, String home, Optional<String> namespace) {
        if (home.isEmpty()) {
            return true;
        }
        boolean isNamespaced = request instanceof Request.OnResource on
                && !(namespace.isEmpty() && types.isClusterWide(on.apiGroup(), on.resource()));
        return isNamespaced && namespace.map(home::equals).orElse(true);
    }

    private static Optional<Rule> allowing(Role role, Request request) {
        return role.rules().stream().filter(rule -> rule.allows(request)).findFirst();
    }

    private static List<String> notes(Question question) {
        List<String> notes = new ArrayList<>(question.notes());
        StreamReview.caveat(question.request()).ifPresent(notes::add);
        return notes;
    }

    /** Whether somebody may do something, in the server's words. */
    public AccessReport can(Requester requester, Question question) {
        Request request = question.request();
        Answer answer = authorizer.answer(requester, request);
        List<String> notes = notes(question);
        if (requester.isNode()) {
            notes.add("of a node the server's Node authorizer decides as well, by the pods that run on it");
        }
        boolean isUncertain = !answer.isAllowed()
                && (answer.isUncertain() && !isComplete || !cluster.isWhole() || requester.isNode());
        List<String> elsewhere = answer.isAllowed() ? List.of() : elsewhere(requester, request);
        String sentence = requester.described()
                + (answer.isAllowed() ? " can " : isUncertain ? " may be able to " : " cannot ")
                + request
                + (request instanceof Request.OnResource on ? where(Optional.of(on.namespace())) : "");
        return report(
                new Can(requester, request, answer, elsewhere, notes),
                answer.isAllowed() ? Outcome.PASS : isUncertain ? Outcome.COULD_NOT_TELL : Outcome.FAIL,
                sentence);
    }

    private List<String> elsewhere(Requester requester, Request request) {
        TreeSet<String> namespaces = new TreeSet<>();
        if (request instanceof Request.OnResource on && on.namespace().isEmpty()) {
            for (Grant grant : authorizer.rightsAnywhere(requester)) {
                if (!grant.namespace().isEmpty() && grant.rule().allows(request)) {
                    namespaces.add(grant.namespace());
                }
            }
        }
        return List.copyOf(namespaces);
    }

    /** All that somebody holds. */
    public AccessReport rights(Requester requester) {
        List<Grant> grants = authorizer.rightsAnywhere(requester);
        List<Binding> missing = authorizer.missingAnywhere(requester);
        boolean isUncertain = !cluster.isWhole() || !missing.isEmpty() && !isComplete;
        String sentence = requester.described() + " holds "
                + (requester.isMaster() ? "everything, as a member of system:masters" : count(grants.size(), "rule"))
                + (isUncertain ? "; there may be more" : "");
        return report(
                new Rights(requester, grants, missing), isUncertain ? Outcome.COULD_NOT_TELL : Outcome.PASS, sentence);
    }

    /** How somebody gets to cluster-admin, and the fewest edits against it. A way fails the gate. */
    public AccessReport paths(Requester requester) {
        PathReport paths = new PathReviewer(cluster).review(requester);
        if (paths.isAdministrator()) {
            return report(new Paths(paths), Outcome.FAIL, requester.described() + " is cluster-admin already");
        }
        if (paths.ways().isEmpty()) {
            boolean isUncertain = !cluster.isWhole() || !isComplete && hasMissingRoles();
            return report(
                    new Paths(paths),
                    isUncertain ? Outcome.COULD_NOT_TELL : Outcome.PASS,
                    "no way from " + requester.described() + " to cluster-admin is known"
                            + (isUncertain ? ", but not everything could be seen" : ""));
        }
        long steps =
                paths.ways().getFirst().stream().filter(step -> !step.isFree()).count();
        String sentence = requester.described() + " becomes cluster-admin in " + count(steps, "step");
        return report(new Paths(paths), Outcome.FAIL, sentence);
    }

    private boolean hasMissingRoles() {
        return cluster.bindings().stream()
                .anyMatch(binding -> cluster.role(binding).isEmpty());
    }

    /** What was never used. */
    public AccessReport unused(UsageReport usage, List<Gap> gaps) {
        long whole = usage.bindings().stream()
                .filter(UsageReport.BindingUse::isUnused)
                .count();
        List<Gap> all = new ArrayList<>(cluster.gaps());
        all.addAll(gaps);
        String sentence = usage.events() == 0
                ? "the log shows no allowed request, so nothing can be said of use"
                : count(whole, "binding") + " of " + usage.bindings().size() + " "
                        + (whole == 1 ? "was" : "were") + " never used, "
                        + (usage.withUnused().size() - whole)
                        + " only in part";
        return new AccessReport(
                new Unused(usage),
                all,
                new Verdict(usage.events() == 0 ? Outcome.COULD_NOT_TELL : Outcome.PASS, sentence));
    }

    private AccessReport report(Content content, Outcome outcome, String sentence) {
        return new AccessReport(content, cluster.gaps(), new Verdict(outcome, sentence));
    }

    private static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
