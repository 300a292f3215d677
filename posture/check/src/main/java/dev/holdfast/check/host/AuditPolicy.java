package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.HIGH;
import static dev.holdfast.core.Severity.MEDIUM;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an audit policy ({@code audit.k8s.io/v1}) keeps of requests that matter. The first rule that fits a request decides; without one nothing
 * is kept. A rule fits when each of its lists that is there holds the request's value: {@code users}, {@code userGroups}, {@code verbs},
 * {@code resources} ({@code group}, {@code resources} with {@code *}, {@code pods/exec}, {@code pods/*}, {@code resourceNames}), {@code namespaces}. The
 * requests asked about are those of an ordinary user in an ordinary namespace.
 */
final class AuditPolicy {
    private static final Rule COVERAGE = Demand.rule(
            "audit-policy-coverage",
            MEDIUM,
            "the audit log lacks requests that matter",
            "what an attacker read, or did inside of containers, cannot be found out later");

    private static final Rule SECRETS = Demand.rule(
            "audit-policy-logs-secrets",
            HIGH,
            "the audit log holds secrets",
            "whoever may read the log, or where it is sent, has every secret that was read or written");

    /**
     * A request that must be told.
     *
     * @param isSecret whether its body holds a credential
     */
    private record Request(String group, String resource, String verb, boolean isSecret) {
        String shown() {
            return verb + " " + resource;
        }
    }

    private static final List<Request> REQUESTS = List.of(
            new Request("", "secrets", "get", true),
            new Request("", "secrets", "update", true),
            new Request("", "configmaps", "get", false),
            new Request("", "configmaps", "update", false),
            new Request("authentication.k8s.io", "tokenreviews", "create", true),
            new Request("", "serviceaccounts/token", "create", true),
            new Request("", "pods/exec", "create", false),
            new Request("", "pods/portforward", "create", false),
            new Request("", "pods/proxy", "get", false),
            new Request("", "services/proxy", "get", false));

    private final HostFiles files;

    AuditPolicy(HostFiles files) {
        this.files = files;
    }

    static List<Rule> rules() {
        return List.of(COVERAGE, SECRETS);
    }

    void inspect(String path) {
        Findings here = files.in(path);
        Optional<Node> policy = files.read(path);
        if (policy.isEmpty()) {
            String reason = files.root().has(path) ? "it cannot be read" : "the file is not there";
            rules().forEach(rule -> here.notAssessed(rule, "audit policy", Place.START, reason));
            return;
        }
        List<Node> rules = policy.get().get("rules").map(Node::elements).orElse(List.of());
        List<String> lost = new ArrayList<>();
        Place firstLost = policy.get().place();
        boolean tellsSecrets = false;
        for (Request request : REQUESTS) {
            Optional<Node> rule =
                    rules.stream().filter(one -> fits(one, request)).findFirst();
            String level = rule.flatMap(one -> one.textAt("level")).orElse("None");
            if (level.equals("None")) {
                firstLost = lost.isEmpty() ? rule.map(Node::place).orElse(firstLost) : firstLost;
                lost.add(request.shown());
            }
            boolean isWhole = level.equals("Request") || level.equals("RequestResponse");
            if (isWhole && request.isSecret() && !tellsSecrets && rule.isPresent()) {
                tellsSecrets = true;
                here.fail(SECRETS, "audit policy", rule.get().place())
                        .says("the body of " + request.shown() + " is kept at level " + level + "; " + SECRETS.why())
                        .fix("put a rule before it: {level: Metadata, resources: [{group: \"" + request.group()
                                + "\", resources: [" + request.resource() + "]}]}")
                        .add();
            }
        }
        if (!tellsSecrets) {
            here.pass(SECRETS, "audit policy", policy.get().place());
        }
        if (lost.isEmpty()) {
            here.pass(COVERAGE, "audit policy", policy.get().place());
        } else {
            here.fail(COVERAGE, "audit policy", firstLost)
                    .says("nothing is kept of " + String.join(", ", lost) + "; " + COVERAGE.why())
                    .fix("end the policy with {level: Metadata}, and let nothing before it take these out")
                    .add();
        }
    }

    private static boolean fits(Node rule, Request request) {
        return rule.get("users").map(Node::elements).orElse(List.of()).isEmpty()
                && holds(rule, "userGroups", "system:authenticated")
                && holds(rule, "verbs", request.verb())
                && isOfNamespace(rule)
                && isOfResource(rule, request);
    }

    private static boolean holds(Node rule, String key, String value) {
        List<Node> list = rule.get(key).map(Node::elements).orElse(List.of());
        return list.isEmpty()
                || list.stream()
                        .anyMatch(node -> node.textAt()
                                .filter(text -> text.equals(value) || text.equals("*"))
                                .isPresent());
    }

    /** A rule for named namespaces says nothing of the others. */
    private static boolean isOfNamespace(Node rule) {
        return rule.get("namespaces").map(Node::elements).orElse(List.of()).isEmpty();
    }

    private static boolean isOfResource(Node rule, Request request) {
        List<Node> groups = rule.get("resources").map(Node::elements).orElse(List.of());
        if (groups.isEmpty()) {
            return rule.get("nonResourceURLs").isEmpty();
        }
        return groups.stream().anyMatch(group -> isOfGroup(group, request));
    }

    private static boolean isOfGroup(Node group, Request request) {
        String name = group.textAt("group").orElse("");
        List<Node> resources = group.get("resources").map(Node::elements).orElse(List.of());
        boolean isNamed = !group.get("resourceNames")
                .map(Node::elements)
                .orElse(List.of())
                .isEmpty();
        if (!name.equals(request.group()) || isNamed) {
            return false;
        }
        int slash = request.resource().indexOf('/');
        String main = slash < 0 ? request.resource() : request.resource().substring(0, slash);
        return resources.isEmpty()
                || resources.stream()
                        .flatMap(node -> node.textAt().stream())
                        .anyMatch(text -> text.equals(request.resource())
                                || text.equals("*")
                                || slash > 0
                                        && (text.equals(main + "/*")
                                                || text.equals(
                                                        "*" + request.resource().substring(slash))));
    }
}
