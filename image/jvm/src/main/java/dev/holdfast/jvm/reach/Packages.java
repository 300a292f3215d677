package dev.holdfast.jvm.reach;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells by its name of which library a class is, when several were merged into one archive. Packages mostly begin with the group, or the group
 * without its last part, and go on with words of the artifact; relocated, they have further packages in front. The longest such beginning
 * wins; when two libraries share it, the class may be of either.
 */
final class Packages {
    /** Groups whose packages are called otherwise; of those that are merged often. */
    private static final Map<String, String> CALLED_OTHERWISE = Map.ofEntries(
            Map.entry("com.google.guava", "com/google/common"),
            Map.entry("com.google.code.gson", "com/google/gson"),
            Map.entry("com.google.code.findbugs", "javax/annotation"),
            Map.entry("com.squareup.okhttp3", "okhttp3"),
            Map.entry("com.squareup.okio", "okio"),
            Map.entry("com.squareup.retrofit2", "retrofit2"),
            Map.entry("com.h2database", "org/h2"),
            Map.entry("mysql", "com/mysql"),
            Map.entry("dom4j", "org/dom4j"),
            Map.entry("log4j", "org/apache/log4j"),
            Map.entry("junit", "org/junit"),
            Map.entry("net.sf.jopt-simple", "joptsimple"),
            Map.entry("org.jetbrains.kotlin", "kotlin"),
            Map.entry("org.scala-lang", "scala"),
            Map.entry("org.codehaus.groovy", "groovy"),
            Map.entry("xalan", "org/apache/xalan"),
            Map.entry("xerces", "org/apache/xerces"),
            Map.entry("io.projectreactor", "reactor"),
            Map.entry("org.apache.httpcomponents", "org/apache/http"),
            Map.entry("org.ow2.asm", "org/objectweb/asm"),
            Map.entry("net.java.dev.jna", "com/sun/jna"));

    private Packages() {}

    /**
     * The libraries, of those that lie in one archive, that a class may be of: one mostly, none when its name says nothing.
     *
     * @param name internal
     * @param merged coordinates, each {@code group:artifact}
     */
    static Set<String> owners(String name, Set<String> merged) {
        String folder = "/" + name.substring(0, name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        Set<String> best = new TreeSet<>();
        int longest = 0;
        for (String coordinates : merged) {
            int length = match(folder, coordinates);
            if (length > longest) {
                best.clear();
                longest = length;
            }
            if (length == longest && length > 0) {
                best.add(coordinates);
            }
        }
        return best;
    }

    /** How long the package is that both have; 0 for none. */
    private static int match(String folder, String coordinates) {
        int colon = coordinates.indexOf(':');
        int longest = 0;
        if (colon > 0) {
            for (String each : packages(coordinates.substring(0, colon), coordinates.substring(colon + 1))) {
                if (each.length() > longest && folder.contains("/" + each + "/")) {
                    longest = each.length();
                }
            }
        }
        return longest;
    }

    private static Set<String> packages(String group, String artifact) {
        String root = group.toLowerCase(Locale.ROOT).replace('.', '/').replace("-", "");
        String plain = artifact.toLowerCase(Locale.ROOT);
        String other = group.startsWith("commons-")
                ? "org/apache/commons/" + group.substring("commons-".length())
                : CALLED_OTHERWISE.getOrDefault(group, root);
        Set<String> found = new LinkedHashSet<>(List.of(other));
        int slash = root.lastIndexOf('/');
        if (slash > 0) {
            found.add(root);
        }
        String parent = slash < 0 ? root : root.substring(0, slash);
        List<String> words = List.of(plain.split("[-_.]+", -1));
        for (String base : List.of(other, root, parent)) {
            found.add(base + "/" + String.join("/", words));
            found.add(base + "/" + String.join("", words));
            for (String word : words) {
                if (word.length() > 2 && !isCommon(word) || word.equals(words.getLast())) {
                    found.add(base + "/" + word);
                }
            }
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
