package dev.holdfast.inventory;

import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.oci.Want;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the record files of a tree: those that stand where a cataloger looks for them, and those that only a link leads to from there. A
 * file is read once by a cataloger, however many paths lead to it.
 */
final class RecordFinder {
    /** What a link could lead to at best: asked before the link is followed, because a tree has thousands of links. */
    private static final FileHeader SOME_FILE = new FileHeader(FileType.REGULAR, 4_096, 0644);

    private final List<Cataloger> catalogers;
    private final CatalogerIndex index;
    private final FileTree tree;
    private final Map<String, Reading> found = new LinkedHashMap<>();

    RecordFinder(List<Cataloger> catalogers, CatalogerIndex index, FileTree tree) {
        this.catalogers = catalogers;
        this.index = index;
        this.tree = tree;
    }

    List<Reading> find() {
        for (String path : tree.wantedPaths()) {
            standing(path);
        }
        for (Cataloger cataloger : catalogers) {
            for (String place : cataloger.places()) {
                atPlace(cataloger, place);
            }
        }
        for (FileVersion link : tree.links()) {
            behind(link);
        }
        return List.copyOf(found.values());
    }

    private static String key(String cataloger, String path) {
        return cataloger + " " + path;
    }

    private void standing(String path) {
        List<FileVersion> history = tree.history(path);
        for (Cataloger cataloger : index.asked(path)) {
            for (FileVersion version : history) {
                if (cataloger.wants(path, version.header()) != Want.NOTHING) {
                    found.putIfAbsent(key(cataloger.name(), path), new Reading(cataloger, path, path, history));
                    break;
                }
            }
        }
    }

    private void atPlace(Cataloger cataloger, String place) {
        Optional<FileVersion> there = tree.resolve(place);
        if (there.isEmpty()) {
            return;
        }
        if (there.get().type() == FileType.REGULAR) {
            add(cataloger, place, there.get());
        } else if (there.get().type() == FileType.DIRECTORY) {
            for (FileVersion child : tree.children(there.get().path())) {
                String name = child.path().substring(child.path().lastIndexOf('/') + 1);
                Optional<FileVersion> file = tree.resolve(child.path());
                if (file.isPresent()
                        && cataloger.wants(place + "/" + name, file.get().header()) != Want.NOTHING) {
                    add(cataloger, place + "/" + name, file.get());
                }
            }
        }
    }

    /** A file that has one name where nobody looks and, by a link, another where a cataloger does. */
    private void behind(FileVersion link) {
        String path = link.path();
        for (Cataloger cataloger : index.asked(path)) {
            if (cataloger.wants(path, SOME_FILE) == Want.CONTENT) {
                Optional<FileVersion> file = tree.resolve(path);
                if (file.isPresent()
                        && file.get().type() == FileType.REGULAR
                        && cataloger.wants(path, file.get().header()) == Want.CONTENT) {
                    add(cataloger, path, file.get());
                }
            }
        }
    }

    private void add(Cataloger cataloger, String told, FileVersion file) {
        String key = key(cataloger.name(), file.path());
        if (!found.containsKey(key)) {
            found.put(key, new Reading(cataloger, told, file.path(), tree.history(file.path())));
        }
    }
}
