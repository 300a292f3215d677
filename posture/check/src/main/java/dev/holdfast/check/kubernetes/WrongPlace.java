package dev.holdfast.check.kubernetes;

import dev.holdfast.check.Findings;
import dev.holdfast.check.Rule;
import dev.holdfast.manifest.kubernetes.KubernetesObject;
import dev.holdfast.manifest.tree.Place;
import java.util.Optional;

/** An object fails a rule at the place of what is wrong, and passes it where nothing is. */
final class WrongPlace {
    private WrongPlace() {}

    static void tell(Rule rule, KubernetesObject object, Optional<Place> place, String fact, String fix, Findings out) {
        if (place.isEmpty()) {
            out.pass(rule, object.title(), object.place());
        } else {
            out.fail(rule, object.title(), place.get())
                    .says(fact + "; " + rule.why())
                    .fix(fix)
                    .add();
        }
    }
}
