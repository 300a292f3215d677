package dev.holdfast.inventory.java;

import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.java.Identification.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which classes of an archive nothing explains yet. All of them, where the archive itself is not named or merely guessed; else those outside
 * the packages that belong to it and to the libraries whose descriptors were merged in, and those that a merging build has moved. Told
 * from names alone, so that an ordinary archive costs next to nothing.
 */
final class ForeignClasses {
    /** Words that builds put in front of what they move; one alone may be a package of the application's own. */
    private static final Set<String> MOVED = Set.of(
            "shaded",
            "shade",
            "shadow",
            "repackaged",
            "repackage",
            "repack",
            "relocated",
            "relocate",
            "thirdparty",
            "third_party",
            "vendor",
            "vendored",
            "bundled",
            "embedded",
            "hidden",
            "shadedclasses",
            "jarjar",
            "deps",
            "libs");

    /** What package names begin with: elsewhere in a path, something was put in front. */
    private static final Set<String> FIRST_SEGMENTS = Set.of("org", "com");

    /** The interfaces of the platform's editions: whoever implements them brings them along. */
    private static final List<String> SPECIFICATIONS = List.of("javax/", "jakarta/", "org/w3c/dom/", "org/xml/sax/");

    private final Optional<Identity> own;
    private final List<Descriptor> descriptors;

    ForeignClasses(Optional<Identity> own, List<Descriptor> descriptors) {
        this.own = own;
        this.descriptors = descriptors;
    }

    /** What the archive itself is called, {@code group:artifact}; empty where that is unknown. */
    String ownName() {
        return own.map(identity -> identity.coordinates().name()).orElse("");
    }

    /** Whether the archive itself is not named, or only guessed. */
    boolean isUnnamed() {
        return own.isEmpty()
                || own.get().confidence() == Confidence.LOW
                || own.get().coordinates().version().isEmpty();
    }

    /** For each package whether its classes are to be looked at. */
    boolean[] among(List<String> folders, int[] sizes) {
        boolean[] foreign = new boolean[folders.size()];
        List<String> homes = isUnnamed() ? List.of() : homes(folders, sizes);
        for (int i = 0; i < foreign.length; i++) {
            String folder = folders.get(i);
            foreign[i] = isUnnamed() || isMoved(folder) || !isSpecification(folder) && !isBelowOneOf(folder, homes);
        }
        return foreign;
    }

    /** The packages of the archive itself and of what its descriptors name. */
    private List<String> homes(List<String> folders, int[] sizes) {
        List<String> homes = new ArrayList<>();
        homes.add(firstTwo(largest(folders, sizes)));
        own.ifPresent(
                identity -> homes.add(firstTwo(identity.coordinates().group().replace('.', '/'))));
        for (Descriptor merged : descriptors) {
            Coordinates coordinates = merged.coordinates();
            homes.add(coordinates.group().replace('.', '/'));
            homes.addAll(KnownArtifacts.homes(coordinates.artifact()));
        }
        homes.removeIf(String::isEmpty);
        return homes;
    }

    private static String largest(List<String> folders, int[] sizes) {
        int largest = 0;
        for (int i = 1; i < sizes.length; i++) {
            largest = sizes[i] > sizes[largest] ? i : largest;
        }
        return folders.isEmpty() ? "" : folders.get(largest);
    }

    /** {@code org/apache} is no home of anybody's: three segments there. */
    private static String firstTwo(String path) {
        int end = path.indexOf('/', path.indexOf('/') + 1);
        if (path.startsWith("org/apache/") && end > 0) {
            end = path.indexOf('/', end + 1);
        }
        return end < 0 ? path : path.substring(0, end);
    }

    private static boolean isBelowOneOf(String folder, List<String> homes) {
        for (String home : homes) {
            if (folder.startsWith(home) && (folder.length() == home.length() || folder.charAt(home.length()) == '/')) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpecification(String folder) {
        for (String specification : SPECIFICATIONS) {
            if (folder.startsWith(specification)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMoved(String folder) {
        int from = 0;
        for (int slash = folder.indexOf('/'); from < folder.length(); slash = folder.indexOf('/', from)) {
            int end = slash < 0 ? folder.length() : slash;
            String segment = folder.substring(from, end);
            if (MOVED.contains(segment) || from > 0 && slash > 0 && FIRST_SEGMENTS.contains(segment)) {
                return true;
            }
            from = end + 1;
        }
        return false;
    }
}
