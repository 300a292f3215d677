package dev.holdfast.inventory;

import java.util.Set;
import java.util.TreeSet;

/**
 * The names by which a cataloger's files are known, so that it need not be asked about any other.
 *
 * @param names whole file names
 * @param extensions what follows the last full stop of a name
 */
public record FileNames(Set<String> names, Set<String> extensions) {
    /** Every file is asked about. */
    public static final FileNames ANY = new FileNames(Set.of(), Set.of());

    public FileNames {
        names = Set.copyOf(names);
        extensions = Set.copyOf(extensions);
    }

    /** Whole names, and {@code *.x} for an extension. */
    public static FileNames of(String... patterns) {
        Set<String> names = new TreeSet<>();
        Set<String> extensions = new TreeSet<>();
        for (String pattern : patterns) {
            if (pattern.startsWith("*.")) {
                extensions.add(pattern.substring(2));
            } else {
                names.add(pattern);
            }
        }
        return new FileNames(names, extensions);
    }

    boolean isAny() {
        return names.isEmpty() && extensions.isEmpty();
    }

    /** Whether a file at that path has one of the names. */
    public boolean match(String path) {
        int name = path.lastIndexOf('/') + 1;
        int dot = path.lastIndexOf('.');
        return names.contains(path.substring(name))
                || !extensions.isEmpty() && dot >= name && extensions.contains(path.substring(dot + 1));
    }
}
