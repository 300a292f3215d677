package dev.holdfast.jvm.reach.code;

import dev.holdfast.core.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * An annotation that stays visible at run time (JVMS 4.7.16), flattened: nested annotations and arrays lose their shape.
 *
 * <pre>
 *   annotation:  u2 type descriptor, u2 n, each u2 name, value
 *   value:       u1 tag:  B C D F I J S Z s → u2 constant    e → u2 type, u2 name    c → u2 descriptor
 *                         {@literal @} → annotation                [ → u2 n, values
 * </pre>
 *
 * @param type internal name of the annotation
 * @param values its elements' strings and classes
 */
public record Annotation(String type, List<Value> values) {
    /** Deeper than people nest; a hostile file could nest as deep as it is long. */
    private static final int DEEPEST = 32;

    /**
     * A string, or a class by its internal name.
     *
     * @param element the name of the outermost element that it is in
     */
    public record Value(String element, String text, boolean isClass) {}

    public Annotation {
        values = List.copyOf(values);
    }

    /** The attribute's content: u2 n, annotations. */
    static List<Annotation> read(ClassFile file, Bytes in, int from) throws InputException {
        List<Annotation> found = new ArrayList<>();
        Reader reader = new Reader(file, in, from + 2, found);
        int count = in.u2(from);
        for (int i = 0; i < count; i++) {
            reader.annotation("", 0);
        }
        return found;
    }

    /** Classes that are values of this element. */
    public List<String> classes(String element) {
        return texts(element, true);
    }

    public List<String> strings(String element) {
        return texts(element, false);
    }

    private List<String> texts(String element, boolean isClass) {
        List<String> found = new ArrayList<>();
        for (Value value : values) {
            if (value.isClass() == isClass && value.element().equals(element)) {
                found.add(value.text());
            }
        }
        return found;
    }

    private static final class Reader {
        private final ClassFile file;
        private final Bytes in;
        private final List<Annotation> found;
        private int at;

        private Reader(ClassFile file, Bytes in, int at, List<Annotation> found) {
            this.file = file;
            this.in = in;
            this.at = at;
            this.found = found;
        }

        private int next() throws InputException {
            int value = in.u2(at);
            at += 2;
            return value;
        }

        /** Adds the annotation behind those nested in it. */
        private void annotation(String outer, int depth) throws InputException {
            String type = ClassFile.typeOf(file.utf8(next())).orElse("");
            List<Value> values = new ArrayList<>();
            int count = next();
            for (int i = 0; i < count; i++) {
                String name = file.utf8(next());
                value(outer.isEmpty() ? name : outer, depth + 1, values);
            }
            found.add(new Annotation(type, values));
        }

        private void value(String element, int depth, List<Value> values) throws InputException {
            if (depth > DEEPEST) {
                throw new InputException(
                        InputException.Code.LIMIT, "an annotation nests deeper than " + DEEPEST + " levels");
            }
            int tag = in.u1(at++);
            switch (tag) {
                case 's' -> values.add(new Value(element, file.utf8(next()), false));
                case 'c' -> {
                    String descriptor = file.utf8(next());
                    ClassFile.typeOf(descriptor).ifPresent(type -> values.add(new Value(element, type, true)));
                }
                case 'e' -> at += 4;
                case '@' -> annotation("", depth);
                case '[' -> {
                    int count = next();
                    for (int i = 0; i < count; i++) {
                        value(element, depth + 1, values);
                    }
                }
                case 'B', 'C', 'D', 'F', 'I', 'J', 'S', 'Z' -> at += 2;
                default ->
                    throw new InputException(
                            InputException.Code.MALFORMED, "an annotation has a value of unknown kind " + tag);
            }
        }
    }
}
