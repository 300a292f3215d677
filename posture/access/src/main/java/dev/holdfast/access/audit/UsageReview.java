package dev.holdfast.access.audit;

import dev.holdfast.access.rbac.Answer;
import dev.holdfast.access.rbac.Authorizer;
import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.Grant;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.access.rbac.Role;
import dev.holdfast.access.rbac.Rule;
import dev.holdfast.access.rbac.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts what was used beside what is granted. A request counts for every binding that would have allowed it alone: none of them is called
 * unused because another one spoke first. The server's own roles and bindings are left out; it keeps them as they are.
 */
public final class UsageReview {
    /** Requests repeat; past this many different ones they are judged anew. */
    private static final int MOST_REMEMBERED = 100_000;

    private final Cluster cluster;
    private final Authorizer authorizer;
    private final Map<String, Use> uses = new HashMap<>();
    private final Map<Asked, Answer> answers = new HashMap<>();
    private long events;
    private String first = "";
    private String last = "";

    public UsageReview(Cluster cluster) {
        this.cluster = cluster;
        this.authorizer = new Authorizer(cluster);
    }

    private record Asked(Requester requester, Request request) {}

    /** What was used of one binding. */
    private static final class Use {
        private final IdentityHashMap<Rule, Set<Request>> requests = new IdentityHashMap<>();
        private final Set<Subject> subjects = Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** Takes one allowed request. */
    public void use(AuditEvent event) {
        events++;
        first = first.isEmpty() || event.time().compareTo(first) < 0 ? event.time() : first;
        last = event.time().compareTo(last) > 0 ? event.time() : last;
        if (answers.size() >= MOST_REMEMBERED) {
            answers.clear();
        }
        Answer answer = answers.computeIfAbsent(
                new Asked(event.requester(), event.request()), key -> authorizer.answer(key.requester, key.request));
        for (Grant grant : answer.grants()) {
            Use use = uses.computeIfAbsent(key(grant.binding()), key -> new Use());
            use.subjects.add(grant.subject());
            use.requests.computeIfAbsent(grant.rule(), key -> new HashSet<>()).add(general(event.request()));
        }
    }

    /** Without the object and where it lies: what a rule is about. */
    private static Request general(Request request) {
        return request instanceof Request.OnResource on ? on.named("").in("") : request;
    }

    private static String key(Binding binding) {
        return binding.namespace() + "/" + binding.name();
    }

    /** What is granted and was not used, in the order of the files. */
    public UsageReport report() {
        List<UsageReport.BindingUse> bindings = new ArrayList<>();
        for (Binding binding : cluster.bindings()) {
            Optional<Role> role = cluster.role(binding);
            if (!binding.isKeptByServer() && role.isPresent()) {
                bindings.add(use(binding, role.get()));
            }
        }
        return new UsageReport(events, first, last, bindings);
    }

    private UsageReport.BindingUse use(Binding binding, Role role) {
        Use use = uses.getOrDefault(key(binding), new Use());
        List<UsageReport.RuleUse> rules = new ArrayList<>();
        for (Rule rule : role.rules()) {
            rules.add(use(rule, use.requests.getOrDefault(rule, Set.of())));
        }
        List<Subject> idle = binding.subjects().stream()
                .filter(subject -> !use.subjects.contains(subject))
                .toList();
        return new UsageReport.BindingUse(binding, role, idle, rules);
    }

    private static UsageReport.RuleUse use(Rule rule, Set<Request> requests) {
        Set<String> used = new TreeSet<>();
        requests.forEach(request -> used.add(request.toString()));
        List<String> unused = new ArrayList<>();
        for (String verb : rule.verbs()) {
            for (String url : rule.nonResourceUrls()) {
                part(
                                new Rule(
                                        List.of(verb),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(url),
                                        "",
                                        rule.origin()),
                                requests)
                        .ifPresent(unused::add);
            }
            for (String group : rule.apiGroups()) {
                for (String resource : rule.resources()) {
                    part(
                                    new Rule(
                                            List.of(verb),
                                            List.of(group),
                                            List.of(resource),
                                            List.of(),
                                            List.of(),
                                            "",
                                            rule.origin()),
                                    requests)
                            .ifPresent(unused::add);
                }
            }
        }
        return new UsageReport.RuleUse(rule, List.copyOf(used), unused);
    }

    /** The smallest part of a rule, in words, when nothing under it was used. */
    private static Optional<String> part(Rule part, Set<Request> requests) {
        if (requests.stream().anyMatch(part::allows)) {
            return Optional.empty();
        }
        String verb = part.verbs().getFirst();
        return Optional.of(
                part.nonResourceUrls().isEmpty()
                        ? Request.of(
                                        verb,
                                        part.apiGroups().getFirst(),
                                        part.resources().getFirst())
                                .toString()
                        : verb + " " + part.nonResourceUrls().getFirst());
    }
}
