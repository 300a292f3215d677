package dev.holdfast.policy.cel.check;

import dev.holdfast.policy.cel.check.Checked.Meaning;
import dev.holdfast.policy.cel.parse.Issue;
import dev.holdfast.policy.cel.parse.Tree;
import dev.holdfast.policy.cel.parse.Tree.Call;
import dev.holdfast.policy.cel.parse.Tree.Listing;
import dev.holdfast.policy.cel.parse.Tree.Literal;
import dev.holdfast.policy.cel.parse.Tree.Mapping;
import dev.holdfast.policy.cel.parse.Tree.Message;
import dev.holdfast.policy.cel.parse.Tree.Name;
import dev.holdfast.policy.cel.parse.Tree.OptionalMap;
import dev.holdfast.policy.cel.parse.Tree.Select;
import dev.holdfast.policy.cel.parse.Tree.Walk;
import dev.holdfast.policy.cel.value.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What names mean: something of a walk, a variable, a type; and which fields structures have. */
final class Names {
    private final Declarations declarations;
    private final List<Issue> issues;
    private final Deque<Map<String, Type>> scopes = new ArrayDeque<>();
    private final Map<Tree, Meaning> meanings = Checked.emptyNames();

    Names(Declarations declarations, List<Issue> issues) {
        this.declarations = declarations;
        this.issues = issues;
    }

    /** What each name was found to mean. */
    Map<Tree, Meaning> meanings() {
        return meanings;
    }

    /** From here on these names hold, before those of the same name that held already. */
    void open(Map<String, Type> scope) {
        scopes.push(scope);
    }

    /** Ends what was opened last. */
    void close() {
        scopes.pop();
    }

    void undeclared(int at, String name) {
        issues.add(new Issue(at, "undeclared reference to '" + name + "' (in container '')"));
    }

    /** What a dotted name means, if it means something as a whole. */
    Optional<Type> lookUp(Tree tree, String written) {
        String name = written.startsWith(".") ? written.substring(1) : written;
        if (!written.startsWith(".")) {
            for (Map<String, Type> scope : scopes) {
                Type local = scope.get(name);
                if (local != null) {
                    meanings.put(tree, new Meaning.Local(name));
                    return Optional.of(local);
                }
            }
        }
        Optional<Type> variable = declarations.variable(name);
        if (variable.isPresent()) {
            meanings.put(tree, new Meaning.Variable(name));
            return variable;
        }
        Optional<Type> type = declarations.typeNamed(name);
        type.ifPresent(found -> meanings.put(tree, new Meaning.OfType(found)));
        return type.map(Type::type);
    }

    /** The dotted name that a tree spells; empty when it is more than a name. */
    static Optional<String> dotted(Tree tree) {
        return switch (tree) {
            case Name name -> Optional.of(name.name());
            case Select select
            when !select.isTest() -> dotted(select.operand()).map(operand -> operand + "." + select.field());
            case Select _, Literal _, Call _, Listing _, Mapping _, Message _, Walk _, OptionalMap _ ->
                Optional.empty();
        };
    }

    /** The type of a field of a structure. */
    Type fieldOf(Type structure, String field, int at) {
        Optional<Map<String, Type>> fields = declarations.fields(structure.name());
        if (fields.isEmpty()) {
            issues.add(new Issue(at, "unexpected failed resolution of '" + structure.name() + "'"));
            return Type.ERROR;
        }
        Type type = fields.get().get(field);
        if (type == null) {
            issues.add(new Issue(at, "undefined field '" + field + "'"));
            return Type.ERROR;
        }
        return type;
    }
}
