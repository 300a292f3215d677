package dev.holdfast.inventory.java;

import dev.holdfast.archive.zip.ZipArchive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The entries of one archive, sorted by what they can tell. One pass over the directory; nothing is unfolded. */
final class JarContents {
    /** Where classes may lie besides the root: web and Boot applications, and the versions of a multi-release jar. */
    private static final List<String> CLASS_ROOTS =
            List.of("WEB-INF/classes/", "BOOT-INF/classes/", "APP-INF/classes/");

    private static final String VERSIONS = "META-INF/versions/";
    /** A package that holds fewer than three in five of the classes is not what the archive is about. */
    private static final double DOMINANT = 0.6;
    /** A guess at a group id from packages has at most as many segments; group ids seldom have more. */
    private static final int MOST_SEGMENTS = 3;

    private final ZipArchive archive;
    private final List<Integer> manifests = new ArrayList<>(1);
    private final List<Integer> descriptors = new ArrayList<>(1);
    private final List<Integer> projects = new ArrayList<>(1);
    private final List<Integer> archives = new ArrayList<>(0);
    private int classes;

    private JarContents(ZipArchive archive) {
        this.archive = archive;
    }

    static JarContents of(ZipArchive archive) {
        JarContents contents = new JarContents(archive);
        for (int i = 0; i < archive.count(); i++) {
            contents.sort(i);
        }
        return contents;
    }

    private void sort(int entry) {
        int length = archive.nameLength(entry);
        if (length < 5) {
            return;
        }
        // Most entries are classes: the last letter tells them from all that is looked for.
        switch (archive.nameByte(entry, length - 1)) {
            case 's', 'S' -> {
                if (archive.nameEndsWith(entry, ".class")) {
                    classes++;
                } else if (isFile(entry, length, "pom.properties")) {
                    descriptors.add(entry);
                }
            }
            case 'F', 'f' -> {
                if (length == 20 && archive.nameHas(entry, 0, "META-INF/MANIFEST.MF")) {
                    manifests.add(entry);
                }
            }
            case 'l', 'L' -> {
                if (isFile(entry, length, "pom.xml") && archive.nameHas(entry, 0, "META-INF/maven/")) {
                    projects.add(entry);
                }
            }
            case 'r', 'R', 'i', 'I', 'g', 'G', 'p', 'P' -> {
                if (ArchiveKind.isArchive(archive, entry)) {
                    archives.add(entry);
                }
            }
            default -> {}
        }
    }

    private boolean isFile(int entry, int length, String file) {
        return archive.nameEndsWith(entry, file)
                && (length == file.length() || archive.nameByte(entry, length - file.length() - 1) == '/');
    }

    /** Entries named {@code META-INF/MANIFEST.MF}, whatever the letter case; more than one is suspicious. */
    List<Integer> manifests() {
        return manifests;
    }

    /** Entries named {@code pom.properties}, in any folder. */
    List<Integer> descriptors() {
        return descriptors;
    }

    /** Entries named {@code pom.xml} under {@code META-INF/maven/}. */
    List<Integer> projects() {
        return projects;
    }

    /** Entries that are archives themselves, by their name. */
    List<Integer> archives() {
        return archives;
    }

    int classes() {
        return classes;
    }

    boolean hasClasses() {
        return classes > 0;
    }

    /** Whether this looks like a jar at all, and not like any zip: it has a manifest or a descriptor, and classes or archives. */
    boolean isJar() {
        return (!manifests.isEmpty() || !projects.isEmpty() || !descriptors.isEmpty())
                && (classes > 0 || !archives.isEmpty() || !descriptors.isEmpty());
    }

    /** Whether there is a class in that package or below, given as a path with a slash at its end. */
    boolean hasClassUnder(String path) {
        for (int i = 0; i < archive.count(); i++) {
            if (archive.nameEndsWith(i, ".class") && archive.nameHas(i, classRoot(i), path)) {
                return true;
            }
        }
        return false;
    }

    /** The same, and true for an archive that holds no class at all. */
    boolean mayHoldClassUnder(String path) {
        return classes == 0 || hasClassUnder(path);
    }

    /** The length of the folder in front of the package, 0 mostly. */
    int classRoot(int entry) {
        byte first = archive.nameByte(entry, 0);
        if (first != 'M' && first != 'W' && first != 'B' && first != 'A') {
            return 0;
        }
        for (String root : CLASS_ROOTS) {
            if (archive.nameHas(entry, 0, root)) {
                return root.length();
            }
        }
        if (archive.nameHas(entry, 0, VERSIONS)) {
            int slash = VERSIONS.length();
            while (slash < archive.nameLength(entry) && archive.nameByte(entry, slash) != '/') {
                slash++;
            }
            return slash + 1;
        }
        return 0;
    }

    /** The package that most classes share, dotted, at most three segments; empty when they have none in common. */
    String dominantPackage() {
        Map<String, Integer> folders = new HashMap<>();
        for (int i = 0; i < archive.count(); i++) {
            if (archive.nameEndsWith(i, ".class")) {
                String name = archive.name(i);
                int slash = name.lastIndexOf('/');
                int root = Math.min(classRoot(i), slash + 1);
                folders.merge(slash < 0 ? "" : name.substring(root, slash + 1), 1, Integer::sum);
            }
        }
        String found = "";
        for (int depth = 0; depth < MOST_SEGMENTS; depth++) {
            String longer = mostCommonChild(folders, found);
            if (longer.isEmpty()) {
                break;
            }
            found = longer;
        }
        return found.isEmpty() ? "" : found.substring(0, found.length() - 1).replace('/', '.');
    }

    private String mostCommonChild(Map<String, Integer> folders, String prefix) {
        Map<String, Integer> children = new HashMap<>();
        for (Map.Entry<String, Integer> folder : folders.entrySet()) {
            String path = folder.getKey();
            int slash = path.startsWith(prefix) ? path.indexOf('/', prefix.length()) : -1;
            if (slash >= 0) {
                children.merge(path.substring(0, slash + 1), folder.getValue(), Integer::sum);
            }
        }
        for (Map.Entry<String, Integer> child : children.entrySet()) {
            if (child.getValue() >= classes * DOMINANT) {
                return child.getKey();
            }
        }
        return "";
    }
}
