package dev.holdfast.policy.cel.check;

import dev.holdfast.policy.cel.value.Type;
import dev.holdfast.policy.cel.value.Type.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What type parameters stand for, found by unifying (Robinson 1965, with a dynamic type that agrees with everything, as cel-go does it). An
 * attempt that fails is undone by a trail, so that trying costs nothing that grows with the expression.
 */
final class Substitutions {
    private final Map<String, Type> known = new HashMap<>();
    private final Deque<Change> trail = new ArrayDeque<>();
    private int fresh;

    private record Change(String parameter, java.util.Optional<Type> before) {}

    /** A parameter that stands for nothing yet. */
    Type fresh() {
        return Type.parameter("%" + fresh++);
    }

    /** Whether the first types may be handed over where the second are wanted; if not, nothing was learned. */
    boolean areAssignable(List<Type> given, List<Type> wanted) {
        int mark = trail.size();
        if (given.size() == wanted.size() && pairwise(given, wanted)) {
            return true;
        }
        while (trail.size() > mark) {
            Change change = trail.pop();
            change.before()
                    .ifPresentOrElse(
                            type -> known.put(change.parameter(), type), () -> known.remove(change.parameter()));
        }
        return false;
    }

    boolean isAssignable(Type given, Type wanted) {
        return areAssignable(List.of(given), List.of(wanted));
    }

    private boolean pairwise(List<Type> given, List<Type> wanted) {
        for (int i = 0; i < given.size(); i++) {
            if (!unify(given.get(i), wanted.get(i))) {
                return false;
            }
        }
        return given.size() == wanted.size();
    }

    private boolean unify(Type given, Type wanted) {
        if (wanted.kind() == Kind.PARAMETER) {
            boolean isKnown = known.containsKey(wanted.name());
            if (substitutes(given, wanted)) {
                return true;
            }
            if (isKnown) {
                return false;
            }
        }
        if (given.kind() == Kind.PARAMETER) {
            return substitutes(wanted, given);
        }
        if (given.isDynamic() || wanted.isDynamic()) {
            return true;
        }
        if (given.kind() == Kind.NULL) {
            return isNullable(wanted);
        }
        if (wanted.kind() == Kind.NULL) {
            return isNullable(given);
        }
        return switch (given.kind()) {
            case TYPE -> wanted.kind() == Kind.TYPE;
            case LIST, MAP, OPTIONAL ->
                given.kind() == wanted.kind() && pairwise(given.parameters(), wanted.parameters());
            case BOOL, INT, UINT, DOUBLE, STRING, BYTES, TIMESTAMP, DURATION, STRUCT -> given.equals(wanted);
            case DYN, ERROR, NULL, PARAMETER -> false;
        };
    }

    /** Structures and their kin may be null. */
    private static boolean isNullable(Type type) {
        return switch (type.kind()) {
            case STRUCT, OPTIONAL, TIMESTAMP, DURATION, NULL -> true;
            case DYN, ERROR, BOOL, INT, UINT, DOUBLE, STRING, BYTES, LIST, MAP, TYPE, PARAMETER -> false;
        };
    }

    /** Whether a parameter may stand for a type; then it does from now on, or for the more general of this and what it stood for. */
    private boolean substitutes(Type type, Type parameter) {
        if (type.equals(parameter)) {
            return true;
        }
        Type already = known.get(parameter.name());
        if (already == null) {
            if (occurs(parameter, type)) {
                return false;
            }
            set(parameter, type);
            return true;
        }
        if (type.equals(already)) {
            return true;
        }
        if (!unify(type, already)) {
            return false;
        }
        Type general = mostGeneral(type, already);
        if (!occurs(parameter, general)) {
            set(parameter, general);
        }
        return true;
    }

    private void set(Type parameter, Type type) {
        trail.push(new Change(parameter.name(), java.util.Optional.ofNullable(known.put(parameter.name(), type))));
    }

    private boolean occurs(Type parameter, Type type) {
        if (type.equals(parameter)) {
            return true;
        }
        if (type.kind() == Kind.PARAMETER) {
            Type stands = known.get(type.name());
            return stands != null && occurs(parameter, stands);
        }
        for (Type inner : type.parameters()) {
            if (occurs(parameter, inner)) {
                return true;
            }
        }
        return false;
    }

    static Type mostGeneral(Type one, Type other) {
        return isNoLessGeneral(one, other) ? one : other;
    }

    private static boolean isNoLessGeneral(Type one, Type other) {
        if (one.kind() == Kind.DYN || one.kind() == Kind.PARAMETER) {
            return true;
        }
        if (other.kind() == Kind.DYN || other.kind() == Kind.PARAMETER) {
            return false;
        }
        if (one.kind() == Kind.NULL && other.kind() != Kind.NULL) {
            return false;
        }
        if (other.kind() == Kind.NULL && one.kind() != Kind.NULL) {
            return true;
        }
        return switch (one.kind()) {
            case OPTIONAL, LIST, MAP -> {
                if (one.kind() != other.kind()) {
                    yield false;
                }
                boolean isGeneral = true;
                for (int i = 0; i < one.parameters().size(); i++) {
                    isGeneral &= isNoLessGeneral(
                            one.parameters().get(i), other.parameters().get(i));
                }
                yield isGeneral;
            }
            case TYPE -> true;
            case DYN, ERROR, NULL, BOOL, INT, UINT, DOUBLE, STRING, BYTES, TIMESTAMP, DURATION, STRUCT, PARAMETER ->
                one.equals(other);
        };
    }

    /** The type with all that is known put in; what is not known is dynamic where the caller wants that. */
    Type apply(Type type, boolean isUnknownDynamic) {
        if (type.kind() == Kind.PARAMETER) {
            Type stands = known.get(type.name());
            if (stands != null) {
                return apply(stands, isUnknownDynamic);
            }
            return isUnknownDynamic ? Type.DYN : type;
        }
        if (type.parameters().isEmpty()) {
            return type;
        }
        List<Type> parameters = new ArrayList<>(type.parameters().size());
        for (Type parameter : type.parameters()) {
            parameters.add(apply(parameter, isUnknownDynamic));
        }
        return new Type(type.kind(), type.name(), parameters);
    }
}
