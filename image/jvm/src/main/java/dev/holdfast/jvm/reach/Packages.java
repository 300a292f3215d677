package dev.holdfast.jvm.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells by its name whether a class may be of a library, when several were merged into one archive. Packages mostly begin with the group, or
 * the group without its last part, and go on with words of the artifact; relocated, they have further packages in front.
 */
final class Packages {
    private Packages() {}

    /**
     * @param name internal name of a class
     * @param coordinates {@code group:artifact}
     */
    static boolean mayBeOf(String name, String coordinates) {
        int colon = coordinates.indexOf(':');
        if (colon < 0) {
            return true;
        }
        String folder = "/" + name.substring(0, name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        for (String candidate : candidates(coordinates.substring(0, colon), coordinates.substring(colon + 1))) {
            if (folder.contains("/" + candidate + "/")) {
                return true;
            }
        }
        return false;
    }

    /** Packages that a library of these coordinates mostly has, as folders. */
    private static List<String> candidates(String group, String artifact) {
        String root = group.toLowerCase(Locale.ROOT).replace('.', '/').replace("-", "");
        String parent = root.indexOf('/') < 0 ? root : root.substring(0, root.lastIndexOf('/'));
        List<String> found = new ArrayList<>();
        String plain = artifact.toLowerCase(Locale.ROOT);
        String[] words = plain.split("[-_.]+", -1);
        String last = words[words.length - 1];
        for (String base : List.of(root, parent)) {
            found.add(base + "/" + plain.replaceAll("[-_.]+", "/"));
            found.add(base + "/" + plain.replaceAll("[-_.]+", ""));
            for (String word : words) {
                if (word.length() > 2 && !isCommon(word) || words.length == 1) {
                    found.add(base + "/" + word);
                }
            }
            found.add(base + "/" + last);
        }
        if (root.indexOf('/') > 0) {
            found.add(root);
        }
        return found;
    }

    private static boolean isCommon(String word) {
        return switch (word) {
            case "api", "core", "common", "commons", "java", "all", "lib", "impl", "jdk" -> true;
            default -> false;
        };
    }
}
