package dev.holdfast.inventory;

import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.Want;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which catalogers to ask about a file. Those that know their files by name are found by a hash of the name, or of its extension, without
 * making a string of either; an image has hundreds of thousands of files, and nearly all are of no cataloger.
 */
final class CatalogerIndex {
    private static final Cataloger[] NOBODY = {};

    private final Cataloger[] always;
    private final Table byName;
    private final Table byExtension;

    CatalogerIndex(List<Cataloger> catalogers) {
        Map<String, List<Cataloger>> names = new HashMap<>();
        Map<String, List<Cataloger>> extensions = new HashMap<>();
        List<Cataloger> rest = new ArrayList<>();
        for (Cataloger cataloger : catalogers) {
            if (cataloger.readsFolders()) {
                continue; // found by its places
            }
            FileNames files = cataloger.files();
            if (files.isAny()) {
                rest.add(cataloger);
            }
            for (String name : files.names()) {
                names.computeIfAbsent(name, first -> new ArrayList<>(1)).add(cataloger);
            }
            for (String extension : files.extensions()) {
                extensions
                        .computeIfAbsent(extension, first -> new ArrayList<>(1))
                        .add(cataloger);
            }
        }
        always = rest.toArray(NOBODY);
        byName = new Table(names);
        byExtension = new Table(extensions);
    }

    /** The most that anybody wants of a file. */
    Want most(String path, FileHeader header) {
        Want most = most(always, path, header, Want.NOTHING);
        int name = path.lastIndexOf('/') + 1;
        most = most == Want.CONTENT ? most : most(byName.find(path, name), path, header, most);
        int dot = path.lastIndexOf('.');
        return most == Want.CONTENT || dot < name ? most : most(byExtension.find(path, dot + 1), path, header, most);
    }

    private static Want most(Cataloger[] asked, String path, FileHeader header, Want before) {
        Want most = before;
        for (int i = 0; i < asked.length && most != Want.CONTENT; i++) {
            Want wanted = asked[i].wants(path, header);
            most = wanted == Want.NOTHING ? most : wanted;
        }
        return most;
    }

    /** Those to ask about a file, in the order of their registration among their kind. */
    List<Cataloger> asked(String path) {
        List<Cataloger> asked = new ArrayList<>(List.of(always));
        int name = path.lastIndexOf('/') + 1;
        int dot = path.lastIndexOf('.');
        asked.addAll(List.of(byName.find(path, name)));
        if (dot >= name) {
            for (Cataloger cataloger : byExtension.find(path, dot + 1)) {
                if (!asked.contains(cataloger)) {
                    asked.add(cataloger);
                }
            }
        }
        return asked;
    }

    /** Open addressing over the ends of paths. */
    private static final class Table {
        private final String[] keys;
        private final Cataloger[][] values;

        Table(Map<String, List<Cataloger>> entries) {
            int size = Integer.highestOneBit(Math.max(8, entries.size())) << 2;
            keys = new String[size];
            values = new Cataloger[size][];
            entries.forEach((key, catalogers) -> {
                int slot = slot(key, 0);
                while (values[slot] != null) {
                    slot = slot + 1 & size - 1;
                }
                keys[slot] = key;
                values[slot] = catalogers.toArray(NOBODY);
            });
        }

        /** The catalogers of the key that the path holds from there to its end. */
        Cataloger[] find(String path, int from) {
            int slot = slot(path, from);
            int length = path.length() - from;
            while (values[slot] != null) {
                String key = keys[slot];
                if (key.length() == length && path.startsWith(key, from)) {
                    return values[slot];
                }
                slot = slot + 1 & keys.length - 1;
            }
            return NOBODY;
        }

        private int slot(String text, int from) {
            int hash = 0;
            for (int i = from; i < text.length(); i++) {
                hash = 31 * hash + text.charAt(i);
            }
            return (hash ^ hash >>> 15) & keys.length - 1;
        }
    }
}
