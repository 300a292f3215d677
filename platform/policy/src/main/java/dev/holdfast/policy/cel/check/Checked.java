package dev.holdfast.policy.cel.check;

import dev.holdfast.policy.cel.function.Overload;
import dev.holdfast.policy.cel.parse.Tree;
import dev.holdfast.policy.cel.value.Type;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the checker found out about a tree.
 *
 * @param type of the whole
 * @param calls the signatures that each call may mean
 * @param types of every part
 * @param names the variables and types that dotted names mean; a name that is not here is what it looks like
 */
public record Checked(
        Tree tree, Type type, Map<Tree, List<Overload>> calls, Map<Tree, Meaning> names, Map<Tree, Type> types) {
    /** What a name means. */
    public sealed interface Meaning {
        /** A variable of the environment. */
        record Variable(String name) implements Meaning {}

        /** A type. */
        record OfType(Type type) implements Meaning {}

        /** A name of a walk, the innermost one of this name. */
        record Local(String name) implements Meaning {}
    }

    public List<Overload> overloads(Tree call) {
        return calls.getOrDefault(call, List.of());
    }

    public Optional<Meaning> meaning(Tree name) {
        return Optional.ofNullable(names.get(name));
    }

    Type typeOf(Tree part) {
        return types.getOrDefault(part, Type.DYN);
    }

    static Map<Tree, Type> emptyTypes() {
        return new IdentityHashMap<>();
    }

    static Map<Tree, List<Overload>> emptyCalls() {
        return new IdentityHashMap<>();
    }

    static Map<Tree, Meaning> emptyNames() {
        return new IdentityHashMap<>();
    }
}
