package dev.holdfast.access.paths;

import dev.holdfast.access.paths.Step.Need;
import dev.holdfast.access.rbac.Grant;
import dev.holdfast.access.rbac.Request;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody holds, for looking up one right after the other, without those that are taken away for a trial. */
final class Rights {
    private final List<Grant> grants;
    private final Removed removed;
    private final List<String> scopes;

    /** What is taken away. */
    @FunctionalInterface
    interface Removed {
        boolean isRemoved(Grant grant, Request.OnResource request);
    }

    Rights(List<Grant> grants, Removed removed) {
        this.grants = List.copyOf(grants);
        this.removed = removed;
        Set<String> found = new LinkedHashSet<>();
        grants.forEach(grant -> found.add(grant.namespace()));
        this.scopes = List.copyOf(found);
    }

    List<Grant> grants() {
        return grants;
    }

    /** The whole cluster (empty) and the single namespaces in which anything is held. */
    List<String> scopes() {
        return scopes;
    }

    /** The first chain that allows a request. */
    Optional<Need> may(Request.OnResource request) {
        for (Grant grant : grants) {
            boolean isInForce = grant.namespace().isEmpty() || grant.namespace().equals(request.namespace());
            if (isInForce && grant.rule().allows(request) && !removed.isRemoved(grant, request)) {
                return Optional.of(new Need(grant, request));
            }
        }
        return Optional.empty();
    }

    /** The first of several verbs that is allowed. */
    Optional<Need> mayAny(List<String> verbs, String group, String resourcePath, String namespace) {
        for (String verb : verbs) {
            Optional<Need> need = may(Request.of(verb, group, resourcePath).in(namespace));
            if (need.isPresent()) {
                return need;
            }
        }
        return Optional.empty();
    }

    /** Rights on single objects, where the rules name them: each name once, as the name of the request. */
    List<Need> mayNamed(List<String> verbs, String group, String resourcePath, String namespace) {
        Set<String> names = new LinkedHashSet<>();
        for (Grant grant : grants) {
            names.addAll(grant.rule().resourceNames());
        }
        List<Need> needs = new ArrayList<>();
        for (String name : names) {
            for (String verb : verbs) {
                Optional<Need> need =
                        may(Request.of(verb, group, resourcePath).in(namespace).named(name));
                if (need.isPresent()) {
                    needs.add(need.get());
                    break;
                }
            }
        }
        return needs;
    }
}
