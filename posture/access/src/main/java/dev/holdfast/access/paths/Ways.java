package dev.holdfast.access.paths;

import dev.holdfast.access.paths.State.As;
import dev.holdfast.access.paths.Step.Need;
import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.Request;
import dev.holdfast.access.rbac.Requester;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps that were found so far out of an identity, and what all ways ask. */
final class Ways {
    static final List<String> WRITES = List.of("update", "patch");
    static final List<String> MAKES = List.of("create", "update", "patch");
    static final List<String> READS = List.of("get", "list", "watch");

    final Cluster cluster;
    final As from;
    final Rights rights;
    private final List<Step> steps = new ArrayList<>();

    Ways(Cluster cluster, As from, Rights rights) {
        this.cluster = cluster;
        this.from = from;
        this.rights = rights;
    }

    List<Step> steps() {
        return steps;
    }

    void step(State to, Technique technique, List<Need> needs, String condition) {
        steps.add(new Step(from, to, technique, needs, condition));
    }

    /** A namespace's steps lead to what the whole cluster's lead to as well, so what is held everywhere is not told again for each. */
    boolean isHeldEverywhere(String scope, Need need) {
        return !scope.isEmpty() && need.grant().namespace().isEmpty();
    }

    Optional<Need> named(List<String> verbs, String group, String resource, String namespace, String name) {
        for (String verb : verbs) {
            Optional<Need> need =
                    rights.may(Request.of(verb, group, resource).in(namespace).named(name));
            if (need.isPresent()) {
                return need;
            }
        }
        return Optional.empty();
    }

    /** Single service accounts of a namespace, or of each when the right holds in the whole cluster. */
    void accounts(String scope, Technique technique, List<Need> needs) {
        for (Need need : needs) {
            cluster.accounts().forEach((namespace, names) -> {
                if ((scope.isEmpty() || scope.equals(namespace))
                        && names.contains(need.request().name())
                        && !isHeldEverywhere(scope, need)) {
                    step(
                            As.of(Requester.ofServiceAccount(
                                    namespace, need.request().name())),
                            technique,
                            List.of(need),
                            "");
                }
            });
        }
    }
}
