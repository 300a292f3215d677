package dev.holdfast.manifest.kubernetes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which fields the kinds of the API have, and what may stand in them; made from the published Go types of {@code k8s.io/api} 0.37.
 *
 * <pre>
 * file  = { "#" text | kind | type } ;
 * kind  = "=" apiVersion kind ( type name | "-" ) [ "removed:" minor ] [ "use:" apiVersion ] ;
 * type  = name { field ":" form } ;
 * form  = "*" form           (list)
 *       | "%" form           (map with free keys)
 *       | "@" name           (object)
 *       | "s" | "i" | "b" | "n" | "y" | "q" | "x" | "o" ;
 * </pre>
 *
 * <p>{@code s} text, {@code i} whole number, {@code b} boolean, {@code n} number, {@code y} text in base64, {@code q} quantity, {@code x}
 * whole number or text, {@code o} anything.
 */
public final class FieldCatalogue {
    private static final String RESOURCE = "fields.txt";

    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<String, String> lines = new HashMap<>();
    private final Map<String, Map<String, String>> types = new HashMap<>();

    /**
     * A kind of the API.
     *
     * @param type the name of its type; empty for one whose fields are not known
     * @param removedIn the minor version of Kubernetes 1 that no longer serves it; 0 when none is known
     * @param replacement the apiVersion to use instead; empty when there is none
     */
    public record Kind(String type, int removedIn, String replacement) {}

    private FieldCatalogue() {}

    /** Reads the catalogue. */
    public static FieldCatalogue read() {
        FieldCatalogue catalogue = new FieldCatalogue();
        try (InputStream in = Objects.requireNonNull(FieldCatalogue.class.getResourceAsStream(RESOURCE));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                catalogue.add(line);
            }
            return catalogue;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void add(String line) {
        if (line.startsWith("#")) {
            return;
        }
        if (!line.startsWith("= ")) {
            int blank = line.indexOf(' ');
            lines.put(blank < 0 ? line : line.substring(0, blank), line);
            return;
        }
        String[] words = line.split(" ", -1);
        int removedIn = 0;
        String replacement = "";
        for (int i = 4; i < words.length; i++) {
            if (words[i].startsWith("removed:")) {
                removedIn = Integer.parseInt(words[i].substring("removed:".length()));
            } else {
                replacement = words[i].substring("use:".length());
            }
        }
        kinds.put(words[1] + " " + words[2], new Kind(words[3].equals("-") ? "" : words[3], removedIn, replacement));
    }

    public Optional<Kind> kind(String apiVersion, String kind) {
        return Optional.ofNullable(kinds.get(apiVersion + " " + kind));
    }

    /** The fields of a type and their forms; empty for a type that is not known. */
    Map<String, String> fields(String type) {
        return types.computeIfAbsent(type, this::parse);
    }

    private Map<String, String> parse(String type) {
        Map<String, String> fields = new LinkedHashMap<>();
        String line = lines.getOrDefault(type, type);
        String[] words = line.split(" ", -1);
        for (int i = 1; i < words.length && !words[i].isEmpty(); i++) {
            int colon = words[i].indexOf(':');
            fields.put(words[i].substring(0, colon), words[i].substring(colon + 1));
        }
        return fields;
    }
}
