package dev.holdfast.inventory.java;

import dev.holdfast.archive.zip.ZipArchive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of an archive by the package that they lie in. Archives list the classes of a package one after another, so a folder's name
 * is decoded once and then compared.
 */
final class ClassFolders {
    private static final String CLASS = ".class";

    private final ZipArchive archive;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private int[] entries = new int[64];
    private int[] folders = new int[64];
    private int count;

    private ClassFolders(ZipArchive archive) {
        this.archive = archive;
    }

    static ClassFolders of(ZipArchive archive, JarContents contents) {
        ClassFolders classes = new ClassFolders(archive);
        String before = "";
        int number = -1;
        for (int entry = 0; entry < archive.count(); entry++) {
            if (!archive.nameEndsWith(entry, CLASS)) {
                continue;
            }
            int slash = archive.nameLength(entry) - CLASS.length() - 1;
            while (slash >= 0 && archive.nameByte(entry, slash) != '/') {
                slash--;
            }
            if (number < 0 || slash + 1 != before.length() || !archive.nameHas(entry, 0, before)) {
                before = archive.name(entry).substring(0, Math.max(0, slash + 1));
                int root = Math.min(contents.classRoot(entry), before.length());
                number = classes.number(before.substring(root, Math.max(root, before.length() - 1)));
            }
            classes.add(entry, number);
        }
        return classes;
    }

    private int number(String folder) {
        return numbers.computeIfAbsent(folder, key -> numbers.size());
    }

    private void add(int entry, int folder) {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, 2 * count);
            folders = Arrays.copyOf(folders, 2 * count);
        }
        entries[count] = entry;
        folders[count++] = folder;
    }

    /** The packages, as paths without a slash at the end, in the order of the archive. */
    List<String> folders() {
        return List.copyOf(numbers.keySet());
    }

    int count() {
        return count;
    }

    int entry(int index) {
        return entries[index];
    }

    /** The number in {@link #folders} of the package of this class. */
    int folder(int index) {
        return folders[index];
    }

    /** How many classes each package has. */
    int[] sizes() {
        int[] sizes = new int[numbers.size()];
        for (int i = 0; i < count; i++) {
            sizes[folders[i]]++;
        }
        return sizes;
    }

    /** Those classes whose package is marked, as the paths {@code a/b/C}, with their entries. */
    Selected select(boolean[] marked) {
        List<String> names = folders();
        List<String> paths = new ArrayList<>();
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (marked[folders[i]]) {
                String name = archive.name(entries[i]);
                String simple = name.substring(name.lastIndexOf('/') + 1, Math.max(0, name.length() - CLASS.length()));
                String folder = names.get(folders[i]);
                paths.add(folder.isEmpty() ? simple : folder + "/" + simple);
                chosen.add(entries[i]);
            }
        }
        return new Selected(paths, chosen);
    }

    /**
     * @param paths internal names
     * @param entries where they are in the archive
     */
    record Selected(List<String> paths, List<Integer> entries) {}
}
