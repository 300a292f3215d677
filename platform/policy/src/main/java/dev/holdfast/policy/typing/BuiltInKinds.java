package dev.holdfast.policy.typing;

import dev.holdfast.policy.cel.value.Type;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kinds that every API server has, and their fields: the stable versions of Kubernetes 1.37, which are switched on by default. They stand
 * in {@code kinds.txt}, made from the OpenAPI documents and the discovery documents of its sources:
 *
 * <pre>
 * file   = { line "\n" } ;
 * line   = "kind" ( group | "-" ) version plural singular kind structure
 *        | "struct" structure { field "=" type } ;                         words with one space between them
 * type   = "s" | "i" | "n" | "b" | "t" | "y" | "x"                          text, whole number, number, boolean, time, bytes, anything
 *        | "[" type | "{" type                                              list, map from texts
 *        | "@" structure ;
 * </pre>
 *
 * A field that the server does not let expressions see is not there; quantities are the most prominent ones.
 */
final class BuiltInKinds {
    private final Map<String, String> structures = new HashMap<>();
    private final List<Kind> kinds = new ArrayList<>();

    private BuiltInKinds() {}

    static BuiltInKinds read() {
        BuiltInKinds all = new BuiltInKinds();
        all.text().lines().forEach(all::line);
        return all;
    }

    private String text() {
        try (InputStream in = BuiltInKinds.class.getResourceAsStream("kinds.txt")) {
            if (in == null) {
                throw new IllegalStateException("kinds.txt does not lie beside this class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void line(String line) {
        if (line.startsWith("struct ")) {
            int start = "struct ".length();
            int end = line.indexOf(' ', start);
            structures.put(
                    line.substring(start, end < 0 ? line.length() : end), end < 0 ? "" : line.substring(end + 1));
            return;
        }
        String[] words = line.split(" ");
        String group = words[1].equals("-") ? "" : words[1];
        kinds.add(new Kind(group, words[2], words[3], words[4], words[5], structure(words[6], Set.of())));
    }

    List<Kind> kinds() {
        return kinds;
    }

    /** The metadata that every object has. */
    Shape.Structure metadata() {
        return structure("ObjectMeta", Set.of());
    }

    /** A structure within itself has no fields, as the server has it. */
    private Shape.Structure structure(String name, Set<String> around) {
        if (around.contains(name)) {
            return Shape.EMPTY;
        }
        return new Shape.Structure(() -> {
            Set<String> within = new HashSet<>(around);
            within.add(name);
            Map<String, Shape> fields = new LinkedHashMap<>();
            for (String field : structures.getOrDefault(name, "").split(" ")) {
                int equals = field.indexOf('=');
                if (equals > 0) {
                    fields.put(field.substring(0, equals), shape(field.substring(equals + 1), within));
                }
            }
            return fields;
        });
    }

    private Shape shape(String code, Set<String> within) {
        return switch (code.charAt(0)) {
            case '[' -> new Shape.Many(shape(code.substring(1), within));
            case '{' -> new Shape.Keyed(shape(code.substring(1), within));
            case '@' -> structure(code.substring(1), within);
            case 's' -> new Shape.Simple(Type.STRING);
            case 'i' -> new Shape.Simple(Type.INT);
            case 'n' -> new Shape.Simple(Type.DOUBLE);
            case 'b' -> new Shape.Simple(Type.BOOL);
            case 't' -> new Shape.Simple(Type.TIMESTAMP);
            case 'y' -> new Shape.Simple(Type.BYTES);
            default -> new Shape.Simple(Type.DYN);
        };
    }
}
