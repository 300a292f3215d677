package dev.holdfast.policy.definition;

import dev.holdfast.policy.request.Selector;
import java.util.List;
import java.util.Optional;

/**
 * A ValidatingAdmissionPolicyBinding: where a policy holds, and what happens to what it refuses.
 *
 * @param name its name
 * @param policy the name of the policy
 * @param actions what happens
 * @param params which objects are its parameters
 * @param scope narrows what the policy is about
 * @param place file and line, for messages
 */
public record Binding(
        String name,
        String policy,
        List<Action> actions,
        Optional<ParamRef> params,
        Optional<MatchResources> scope,
        String place) {
    public Binding {
        actions = List.copyOf(actions);
    }

    /** What happens to a request that does not pass. */
    public enum Action {
        DENY("Deny"),
        WARN("Warn"),
        AUDIT("Audit");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        static Optional<Action> of(String word) {
            for (Action action : values()) {
                if (action.word.equals(word)) {
                    return Optional.of(action);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Which objects are parameters.
     *
     * @param name of the one object; empty when a selector says
     * @param namespace where to look; empty: where the judged object is
     * @param selector which labels they have; empty when a name says
     * @param deniesWithout {@code parameterNotFoundAction: Deny}
     */
    public record ParamRef(String name, String namespace, Optional<Selector> selector, boolean deniesWithout) {}

    /** A binding that holds everywhere and denies, for a policy that comes without one. */
    static Binding everywhere(Policy policy) {
        return new Binding(
                policy.name(), policy.name(), List.of(Action.DENY), Optional.empty(), Optional.empty(), policy.place());
    }
}
