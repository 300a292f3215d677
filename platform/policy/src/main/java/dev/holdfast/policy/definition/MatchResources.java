package dev.holdfast.policy.definition;

import dev.holdfast.policy.request.Request;
import dev.holdfast.policy.request.Selector;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a policy or a binding is about.
 *
 * @param rules a request must meet one of them; none at all: every request, where that is allowed
 * @param excluded a request must meet none of them
 * @param namespaces selects by the labels of the namespace
 * @param objects selects by the labels of the object, new or old
 * @param isExact {@code matchPolicy: Exact}: rules are about the versions that they name, not about others of the same objects
 */
public record MatchResources(
        List<Rule> rules, List<Rule> excluded, Selector namespaces, Selector objects, boolean isExact) {
    /** Everything. */
    public static final MatchResources ALL =
            new MatchResources(List.of(), List.of(), Selector.ALL, Selector.ALL, false);

    public MatchResources {
        rules = List.copyOf(rules);
        excluded = List.copyOf(excluded);
    }

    /**
     * Some requests. A star stands for all of a kind. Resources may name a subresource behind a slash, and each side of the slash may be a star;
     * a star alone means all resources and none of their subresources.
     *
     * @param scope {@code Cluster}, {@code Namespaced} or a star
     */
    public record Rule(
            List<String> groups,
            List<String> versions,
            List<String> operations,
            List<String> resources,
            List<String> names,
            String scope) {
        public Rule {
            groups = List.copyOf(groups);
            versions = List.copyOf(versions);
            operations = List.copyOf(operations);
            resources = List.copyOf(resources);
            names = List.copyOf(names);
        }

        private boolean matches(Request request) {
            return has(groups, request.resource().group())
                    && has(versions, request.resource().version())
                    && has(operations, request.operation().name())
                    && matchesResource(request)
                    && (names.isEmpty() || names.contains(request.name()))
                    && matchesScope(request);
        }

        private boolean matchesScope(Request request) {
            return switch (scope.toLowerCase(Locale.ROOT)) {
                case "cluster" -> request.namespace().isEmpty();
                case "namespaced" -> !request.namespace().isEmpty();
                default -> true;
            };
        }

        private static boolean has(List<String> wanted, String value) {
            return wanted.contains("*") || wanted.contains(value);
        }

        private boolean matchesResource(Request request) {
            String resource = request.resource().resource();
            String subresource = request.subresource();
            for (String wanted : resources) {
                int slash = wanted.indexOf('/');
                String main = slash < 0 ? wanted : wanted.substring(0, slash);
                String sub = slash < 0 ? "" : wanted.substring(slash + 1);
                boolean isMain = main.equals("*") || main.equals(resource);
                boolean isSub = sub.equals(subresource) || sub.equals("*");
                if (isMain && isSub) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Under which name a request is matched: its own, or an equivalent one; empty when it is not.
     *
     * @param others the same request under the other names of its object
     */
    public Optional<Request> match(Request request, List<Request> others) {
        List<Request> equivalent = isExact ? List.of() : others;
        boolean isLeftOut = first(excluded, request, equivalent).isPresent()
                || !request.isInNamespaceOf(namespaces)
                || !request.hasObjectOf(objects);
        if (isLeftOut) {
            return Optional.empty();
        }
        return rules.isEmpty() ? Optional.of(request) : first(rules, request, equivalent);
    }

    private static Optional<Request> first(List<Rule> rules, Request request, List<Request> others) {
        if (anyMatches(rules, request)) {
            return Optional.of(request);
        }
        for (Request other : others) {
            if (anyMatches(rules, other)) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private static boolean anyMatches(List<Rule> rules, Request request) {
        for (Rule rule : rules) {
            if (rule.matches(request)) {
                return true;
            }
        }
        return false;
    }
}
