package dev.holdfast.access.rbac;

import dev.holdfast.manifest.kubernetes.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the server's controller makes of a ClusterRole with an aggregation rule: for each selector in turn, the rules of the chosen roles in
 * the order of their names, each rule once. Chosen roles may be aggregated themselves; the controller runs until nothing changes, which is
 * the union over everything that can be reached. Rules written in a file beside an aggregation rule are thrown away. Those that a running
 * server gave are the controller's own work: they stay, for the roles they were made of may not have been given to us.
 */
final class Aggregation {
    private final Cluster cluster;
    private final Map<String, Role> resolved = new HashMap<>();

    Aggregation(Cluster cluster) {
        this.cluster = cluster;
    }

    Role resolved(Role role) {
        if (role.aggregation().isEmpty()) {
            return role;
        }
        Role known = resolved.get(role.name());
        if (known == null) {
            Collection collection = new Collection();
            if (role.isFromServer()) {
                role.rules().forEach(collection::add);
            }
            collection.visit(role);
            known = role.withRules(List.copyOf(collection.rules.values()));
            resolved.put(role.name(), known);
        }
        return known;
    }

    private final class Collection {
        /** By what they say. */
        private final Map<List<List<String>>, Rule> rules = new LinkedHashMap<>();

        private final Set<String> visited = new HashSet<>();
        private final List<Role> candidates = new ArrayList<>();

        private Collection() {
            for (Role role : cluster.rolesAsWritten()) {
                if (role.namespace().isEmpty() && !role.labels().isEmpty()) {
                    candidates.add(role);
                }
            }
            candidates.sort(Comparator.comparing(Role::name));
        }

        private void visit(Role start) {
            List<Role> open = new ArrayList<>(List.of(start));
            visited.add(start.name());
            while (!open.isEmpty()) {
                Role aggregated = open.removeFirst();
                for (LabelSelector selector : aggregated.aggregation().orElse(List.of())) {
                    for (Role candidate : candidates) {
                        if (!visited.contains(candidate.name()) && selector.matches(candidate.labels())) {
                            visited.add(candidate.name());
                            take(candidate, open);
                        }
                    }
                }
            }
        }

        private void take(Role candidate, List<Role> open) {
            if (candidate.aggregation().isPresent()) {
                open.add(candidate);
            }
            if (candidate.aggregation().isEmpty() || candidate.isFromServer()) {
                candidate.rules().forEach(this::add);
            }
        }

        private void add(Rule rule) {
            rules.putIfAbsent(
                    List.of(
                            rule.verbs(),
                            rule.apiGroups(),
                            rule.resources(),
                            rule.resourceNames(),
                            rule.nonResourceUrls()),
                    rule);
        }
    }
}
