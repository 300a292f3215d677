package dev.holdfast.check.host;

import static dev.holdfast.core.Severity.MEDIUM;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who the API server lets in and what they may do, where files say so and not options: {@code AuthenticationConfiguration} and {@code
 * AuthorizationConfiguration} ({@code apiserver.config.k8s.io}).
 *
 * <ul>
 *   <li>{@code anonymous.enabled}: false, or with {@code conditions} whose paths tell of health only. Without the field the option counts.
 *   <li>{@code authorizers[].type}: {@code Node}, {@code RBAC}, {@code Webhook}, {@code AlwaysAllow}, {@code AlwaysDeny}, asked in order.
 *   <li>{@code jwt[].claimMappings.username.prefix}: empty means that an issuer names users as it likes, those of the system too.
 * </ul>
 */
final class ApiServerFiles {
    private static final Set<String> HEALTH = Set.of("/livez", "/readyz", "/healthz");

    private static final Rule UNPREFIXED = Demand.rule(
            "apiserver-jwt-unprefixed",
            MEDIUM,
            "an issuer of tokens may name any user",
            "who controls the issuer, or an account there, takes the name of a user of the cluster");

    private static final Rule FAILS_OPEN = Demand.rule(
            "apiserver-authz-webhook-fails-open",
            MEDIUM,
            "a webhook that forbids is passed over when it fails",
            "who keeps it from answering is no longer forbidden anything by it");

    private final HostFiles files;
    private final Flags flags;

    ApiServerFiles(HostFiles files, Flags flags) {
        this.files = files;
        this.flags = flags;
    }

    static List<Rule> rules() {
        return List.of(UNPREFIXED, FAILS_OPEN);
    }

    /** Whether a file, and not an option, answers this rule. */
    boolean judges(Rule rule) {
        return switch (rule.id()) {
            case "apiserver-anonymous-auth" ->
                document("authentication-config")
                                .filter(node -> node.get("anonymous").isPresent())
                                .isPresent()
                        || isLost("authentication-config");
            case "apiserver-authz-not-always-allow", "apiserver-authz-node", "apiserver-authz-rbac" ->
                flags.isSet("authorization-config");
            default -> false;
        };
    }

    void inspect() {
        authentication();
        authorization();
    }

    private boolean isLost(String option) {
        return flags.isSet(option) && document(option).isEmpty();
    }

    private Optional<Node> document(String option) {
        return flags.isSet(option) ? files.read(flags.value(option, "")) : Optional.empty();
    }

    private static Rule rule(String id) {
        return ControlPlane.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void lost(String path, List<Rule> rules) {
        String reason = files.root().has(path) ? "it cannot be read" : "the file is not there";
        rules.forEach(rule -> files.in(path).notAssessed(rule, "kube-apiserver", Place.START, reason));
    }

    private void authentication() {
        if (!flags.isSet("authentication-config")) {
            return;
        }
        String path = flags.value("authentication-config", "");
        Rule anonymous = rule("apiserver-anonymous-auth");
        Optional<Node> document = document("authentication-config");
        if (document.isEmpty()) {
            lost(path, List.of(anonymous, UNPREFIXED));
            return;
        }
        document.get().get("anonymous").ifPresent(node -> anonymous(files.in(path), anonymous, node));
        for (Node issuer : document.get().get("jwt").map(Node::elements).orElse(List.of())) {
            issuer(files.in(path), issuer);
        }
    }

    private static void anonymous(Findings here, Rule rule, Node anonymous) {
        Optional<Node> enabled = anonymous.get("enabled");
        List<Node> conditions = anonymous.get("conditions").map(Node::elements).orElse(List.of());
        Optional<Node> beyond = conditions.stream()
                .filter(condition -> !HEALTH.contains(condition.textAt("path").orElse("")))
                .findFirst();
        boolean isOff = enabled.filter(Node::isFalse).isPresent();
        if (isOff || !conditions.isEmpty() && beyond.isEmpty()) {
            here.pass(rule, "kube-apiserver", anonymous.place());
            return;
        }
        here.fail(
                        rule,
                        "kube-apiserver",
                        beyond.or(() -> enabled).orElse(anonymous).place())
                .says((beyond.isPresent()
                                ? "anonymous requests to "
                                        + beyond.get().textAt("path").orElse("a path") + " are answered"
                                : "anonymous requests are answered, to every path")
                        + "; " + rule.why())
                .fix(
                        "anonymous: {enabled: true, conditions: [{path: /livez}, {path: /readyz}, {path: /healthz}]}, or enabled: false")
                .add();
    }

    private static void issuer(Findings here, Node issuer) {
        Optional<Node> prefix = issuer.at("claimMappings", "username", "prefix");
        boolean isEmpty =
                prefix.flatMap(node -> node.textAt()).filter(String::isEmpty).isPresent();
        boolean isBound = issuer.get("userValidationRules").map(Node::elements).orElse(List.of()).stream()
                .anyMatch(rule -> rule.textAt("expression")
                        .filter(text -> text.contains("system:"))
                        .isPresent());
        Place place = prefix.orElse(issuer).place();
        if (isEmpty && !isBound) {
            here.fail(UNPREFIXED, "kube-apiserver", place)
                    .says("the names of " + issuer.textAt("issuer", "url").orElse("an issuer") + " have no prefix; "
                            + UNPREFIXED.why())
                    .fix("give it a prefix, or a userValidationRule that refuses names with system:")
                    .add();
        } else {
            here.pass(UNPREFIXED, "kube-apiserver", place);
        }
    }

    private void authorization() {
        if (!flags.isSet("authorization-config")) {
            return;
        }
        String path = flags.value("authorization-config", "");
        Rule always = rule("apiserver-authz-not-always-allow");
        Rule node = rule("apiserver-authz-node");
        Rule rbac = rule("apiserver-authz-rbac");
        Optional<Node> document = document("authorization-config");
        if (document.isEmpty()) {
            lost(path, List.of(always, node, rbac, FAILS_OPEN));
            return;
        }
        Findings here = files.in(path);
        Optional<Node> list = document.get().get("authorizers");
        List<Node> authorizers = new ArrayList<>(list.map(Node::elements).orElse(List.of()));
        Place place = list.orElse(document.get()).place();
        Optional<Node> open = of(authorizers, "AlwaysAllow");
        if (open.isPresent()) {
            here.fail(always, "kube-apiserver", open.get().place())
                    .says("an authorizer of the type AlwaysAllow is asked; " + always.why())
                    .fix("take it out")
                    .add();
        } else {
            here.pass(always, "kube-apiserver", place);
        }
        needed(here, node, of(authorizers, "Node"), "Node", place);
        needed(here, rbac, of(authorizers, "RBAC"), "RBAC", place);
        authorizers.stream()
                .filter(one -> one.textAt("type").filter("Webhook"::equals).isPresent())
                .forEach(one -> webhook(here, one));
    }

    private static Optional<Node> of(List<Node> authorizers, String type) {
        return authorizers.stream()
                .filter(one -> one.textAt("type").filter(type::equals).isPresent())
                .findFirst();
    }

    private static void needed(Findings here, Rule rule, Optional<Node> found, String type, Place place) {
        if (found.isPresent()) {
            here.pass(rule, "kube-apiserver", found.get().place());
        } else {
            here.fail(rule, "kube-apiserver", place)
                    .says("no authorizer of the type " + type + " is asked; " + rule.why())
                    .fix("add {type: " + type + ", name: " + type.toLowerCase(java.util.Locale.ROOT) + "}")
                    .add();
        }
    }

    private static void webhook(Findings here, Node authorizer) {
        Optional<Node> policy = authorizer.at("webhook", "failurePolicy");
        Place place = policy.orElse(authorizer).place();
        if (policy.flatMap(node -> node.textAt()).filter("NoOpinion"::equals).isPresent()) {
            here.fail(FAILS_OPEN, "kube-apiserver", place)
                    .says("the webhook " + authorizer.textAt("name").orElse("?") + " has failurePolicy NoOpinion; "
                            + FAILS_OPEN.why())
                    .fix("failurePolicy: Deny, where it forbids what others allow")
                    .add();
        } else {
            here.pass(FAILS_OPEN, "kube-apiserver", place);
        }
    }
}
