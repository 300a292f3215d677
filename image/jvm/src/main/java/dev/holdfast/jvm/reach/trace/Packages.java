package dev.holdfast.jvm.reach.trace;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    /** Shorter last parts of packages are too common to tell anything. */
    private static final int DISTINCT = 4;

    private final Map<String, Set<String>> names = new LinkedHashMap<>();
    private final Map<String, Match> owners = new HashMap<>();
    private final Set<String> recognised = new HashSet<>();
    private final Set<String> relocations = new HashSet<>();

    /**
     * What a folder says.
     *
     * @param libraries that it may be of
     * @param end where in the folder the package that tells it ends
     */
    private record Match(Set<String> libraries, int end) {}

    /**
     * @param classes all of the archive, by their internal names
     * @param merged coordinates of the libraries in it, each {@code group:artifact}
     */
    Packages(List<String> classes, Set<String> merged) {
        for (String coordinates : merged) {
            int colon = coordinates.indexOf(':');
            if (colon > 0) {
                names.put(coordinates, packages(coordinates.substring(0, colon), coordinates.substring(colon + 1)));
            }
        }
        for (String name : classes) {
            owners(name);
        }
    }

    /** Whether any class of the archive is of the library and of no other. */
    boolean recognises(String coordinates) {
        return recognised.contains(coordinates);
    }

    /** Whether libraries were moved to where this class is. */
    boolean isRelocated(String name) {
        return relocations.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith);
    }

    /** The libraries that a class may be of: one mostly, none when its name says nothing. */
    Set<String> owners(String name) {
        String folder = "/" + name.substring(0, name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        Match match = owners.computeIfAbsent(folder, this::ownersAnew);
        for (String prefix : relocations) {
            if (folder.startsWith("/" + prefix) && match.end() <= prefix.length()) {
                return Set.of(); // what is told is only where libraries were moved to
            }
        }
        return match.libraries();
    }

    private Match ownersAnew(String folder) {
        Set<String> best = new TreeSet<>();
        String matched = "";
        for (Map.Entry<String, Set<String>> library : names.entrySet()) {
            String match = match(folder, library.getValue());
            if (match.length() > matched.length()) {
                best.clear();
                matched = match;
            }
            if (match.length() == matched.length() && !match.isEmpty()) {
                best.add(library.getKey());
            }
        }
        if (best.size() == 1) {
            recognised.add(best.iterator().next());
        }
        int at = folder.indexOf("/" + matched + "/");
        if (!best.isEmpty() && at > 0) {
            relocations.add(folder.substring(1, at + 1));
        }
        return new Match(best, at + matched.length() + 1);
    }

    /** The longest package that the folder is in or below, its beginning perhaps replaced; empty for none. */
    private static String match(String folder, Set<String> packages) {
        String longest = "";
        for (String each : packages) {
            if (each.length() > longest.length() && folder.contains("/" + each + "/")) {
                longest = each;
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
        found.addAll(endings(found, String.join("", words)));
        return found;
    }

    /** What is left of packages when relocation replaced their beginnings: two parts or more, or one that is the artifact's own name. */
    private static Set<String> endings(Set<String> packages, String artifact) {
        Set<String> found = new LinkedHashSet<>();
        for (String each : packages) {
            for (int slash = each.indexOf('/'); slash > 0; slash = each.indexOf('/', slash + 1)) {
                String rest = each.substring(slash + 1);
                if (rest.indexOf('/') > 0 || rest.length() >= DISTINCT && rest.equals(artifact)) {
                    found.add(rest);
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
