package dev.holdfast.check;

import dev.holdfast.core.Severity;
import dev.holdfast.manifest.InputKind;
import java.util.List;
import java.util.Set;

/**
 * A weakness that is looked for. Its id is the same in every kind of input in which the weakness can be written.
 *
 * @param id a readable name that never changes: {@code privileged-container}
 * @param title what is weak, for a person, in a few words
 * @param severity how bad it usually is; a result may say otherwise, with its own reason
 * @param why one sentence: what an attacker, or chance, makes of it; the reason of the severity
 * @param inputs the kinds of input in which it is looked for
 * @param profile whether it is asked by default
 */
public record Rule(String id, String title, Severity severity, String why, Set<InputKind> inputs, Profile profile) {
    public Rule {
        inputs = Set.copyOf(inputs);
    }

    /** Who wants to hear of it. */
    public enum Profile {
        /** Nearly everybody: it is asked by default. */
        DEFAULT,
        /** Those who decided so; sensible teams differ. */
        STRICT
    }

    public static Rule of(String id, Severity severity, String title, String why, InputKind... inputs) {
        return new Rule(id, title, severity, why, Set.copyOf(List.of(inputs)), Profile.DEFAULT);
    }

    /** The same rule, asked only on demand. */
    public Rule strict() {
        return new Rule(id, title, severity, why, inputs, Profile.STRICT);
    }
}
