package dev.holdfast.policy;

import dev.holdfast.policy.definition.Binding.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of a request.
 *
 * @param rulings all that was asked, in the order of the policies
 * @param annotations for the audit log
 */
public record Decision(List<Ruling> rulings, Map<String, String> annotations) {
    public Decision {
        rulings = List.copyOf(rulings);
        annotations = new LinkedHashMap<>(annotations);
    }

    public boolean isAllowed() {
        return denial().isEmpty();
    }

    /** Why it is refused: the first of the reasons, as the server tells it. */
    public Optional<Ruling> denial() {
        return rulings.stream().filter(Ruling::denies).findFirst();
    }

    /** What clients are warned of. */
    public List<String> warnings() {
        return rulings.stream()
                .filter(ruling -> ruling.counts() && ruling.binding().actions().contains(Action.WARN))
                .map(Ruling::warning)
                .toList();
    }
}
