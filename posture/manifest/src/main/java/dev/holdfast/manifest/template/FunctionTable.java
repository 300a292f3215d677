package dev.holdfast.manifest.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The functions that templates may call, by name. */
public final class FunctionTable {
    /** What a function does. A nil argument is null. */
    @FunctionalInterface
    public interface Body {
        @Nullable
        Object call(List<@Nullable Object> arguments, Evaluation evaluation) throws TemplateFault;
    }

    /** What a parameter takes. */
    public enum Parameter {
        ANY("interface {}"),
        STRING("string"),
        INT("int"),
        BOOL("bool"),
        FLOAT("float64"),
        MAP("map[string]interface {}"),
        TIME("time.Time");

        private final String type;

        Parameter(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }

        boolean accepts(@Nullable Object value) {
            return switch (this) {
                case ANY -> true;
                case STRING -> value instanceof String;
                case INT -> value instanceof Long;
                case BOOL -> value instanceof Boolean;
                case FLOAT -> value instanceof Double;
                case MAP -> value == null || value instanceof Map<?, ?>;
                case TIME -> value instanceof Shape shape && shape.typeName().equals(type);
            };
        }
    }

    /**
     * A function.
     *
     * @param parameters what it takes; the last one any number of times when it is variadic
     */
    record Function(String name, List<Parameter> parameters, boolean isVariadic, Body body) {
        Parameter parameter(int index) {
            return parameters.get(Math.min(index, parameters.size() - 1));
        }

        Optional<String> wrongCount(int count) {
            if (isVariadic && count < parameters.size() - 1) {
                return Optional.of("wrong number of args for " + name + ": want at least " + (parameters.size() - 1)
                        + " got " + count);
            }
            return isVariadic || count == parameters.size()
                    ? Optional.empty()
                    : Optional.of("wrong number of args for " + name + ": want " + parameters.size() + " got " + count);
        }
    }

    private final Map<String, Function> functions = new HashMap<>();

    /** Adds a function with these parameters. */
    public FunctionTable add(String name, Body body, Parameter... parameters) {
        functions.put(name, new Function(name, List.of(parameters), false, body));
        return this;
    }

    /** Adds a function whose last parameter may be given any number of times. */
    public FunctionTable addVariadic(String name, Body body, Parameter... parameters) {
        functions.put(name, new Function(name, List.of(parameters), true, body));
        return this;
    }

    /** The same function under another name. */
    public FunctionTable alias(String other, String name) {
        Function known = functions.get(name);
        if (known != null) {
            functions.put(other, new Function(other, known.parameters(), known.isVariadic(), known.body()));
        }
        return this;
    }

    boolean has(String name) {
        return functions.containsKey(name);
    }

    Optional<Function> function(String name) {
        return Optional.ofNullable(functions.get(name));
    }
}
