package dev.holdfast.manifest.template;

import java.util.List;
import java.util.Optional;

/** A value with fields and methods of its own, where a map has keys. */
public interface Shape {
    /** Go's name of the type, for messages: {@code *chart.Metadata}. */
    String typeName();

    /**
     * A field, or what a method gives.
     *
     * @param arguments what the method is called with; none for a field
     * @return empty when there is no such field or method; {@link Values#NIL} for a value that is nil
     */
    Optional<Object> member(String name, List<Object> arguments) throws TemplateFault;

    /** How it is written. */
    @Override
    String toString();
}
