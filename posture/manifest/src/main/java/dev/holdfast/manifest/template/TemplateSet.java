package dev.holdfast.manifest.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Templates that may call each other, by name. */
public final class TemplateSet {
    private final FunctionTable functions;
    private final Map<String, Definition> definitions;

    public TemplateSet(FunctionTable functions) {
        this(functions, new HashMap<>());
    }

    private TemplateSet(FunctionTable functions, Map<String, Definition> definitions) {
        this.functions = functions;
        this.definitions = definitions;
    }

    /** Reads a text; what it defines replaces what was known by the same names. */
    public void add(String name, Source source) throws TemplateFault {
        for (Definition definition : TemplateParser.parse(name, source, functions::has)) {
            Definition known = definitions.get(definition.name());
            if (known == null || !definition.isEmpty()) {
                definitions.put(definition.name(), definition);
            }
        }
    }

    /** A set of its own that begins with what is known here. */
    TemplateSet copy() {
        return new TemplateSet(functions, new HashMap<>(definitions));
    }

    Optional<Definition> definition(String name) {
        return Optional.ofNullable(definitions.get(name));
    }

    FunctionTable functions() {
        return functions;
    }
}
