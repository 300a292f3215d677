package dev.holdfast.jvm.reach.layout;

import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.jvm.reach.image.ImageFiles;
import dev.holdfast.jvm.reach.image.Paths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One application while it is put together: the elements of its class path in order, where it begins, and what stays doubtful. An archive
 * brings those that its manifest's {@code Class-Path} names, relative to it, right behind itself.
 */
final class Assembly {
    private static final int MOST_ELEMENTS = 20_000;

    private final ImageFiles files;
    private final Archives archives;
    private final Limits limits;
    private final int release;

    private final Map<String, Element> elements = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Application.Root> roots = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private boolean isWeb;
    private boolean isServer;
    private boolean isOrdered = true;

    Assembly(ImageFiles files, Archives archives, Limits limits, int release) {
        this.files = files;
        this.archives = archives;
        this.limits = limits;
        this.release = release;
    }

    Application finished(String label, List<Application.Configuration> configurations) {
        return new Application(
                label, List.copyOf(elements.values()), roots, isWeb, isServer, isOrdered, configurations, doubts);
    }

    void folder(String path, Element.Use use) {
        try {
            elements.put(path, Element.of(files, path, use, limits));
        } catch (InputException tooMuch) {
            doubts.add(path + ": " + tooMuch.getMessage());
        }
    }

    /** An archive, and what its manifest brings along. */
    void archive(String path, Element.Use use, boolean mustBeThere) {
        if (elements.size() >= MOST_ELEMENTS) {
            doubts.add("the class path has more than " + MOST_ELEMENTS + " elements");
            return;
        }
        if (!seen.add(path)) {
            return;
        }
        if (files.kind(path).filter(ImageFiles.Kind.FILE::equals).isEmpty()) {
            if (mustBeThere) {
                doubts.add(path + ", which the class path names, is not in the image");
            }
            return;
        }
        try {
            ZipArchive archive = archives.file(path);
            Map<String, String> manifest = archives.manifest(path, archive);
            elements.put(path, Element.of(archive, path, "", use, releaseFor(manifest)));
            for (String entry : manifest.getOrDefault("Class-Path", "").split(" +")) {
                chained(path, entry, use == Element.Use.OWN);
            }
        } catch (InputException | IOException unreadable) {
            doubts.add(path + " on the class path cannot be read: " + unreadable.getMessage());
        }
    }

    /** An entry of {@code Class-Path} is a URL relative to the archive; a folder's ends with a slash. */
    private void chained(String from, String entry, boolean mustBeThere) {
        String path =
                entry.startsWith("file:") ? entry.substring("file:".length()).replaceFirst("^//", "") : entry;
        if (path.isEmpty() || path.contains("://")) {
            return;
        }
        String resolved = files.real(Paths.resolve(Paths.parent(from), decoded(path)));
        if (path.endsWith("/")
                && files.kind(resolved).filter(ImageFiles.Kind.FOLDER::equals).isPresent()) {
            if (seen.add(resolved)) {
                folder(resolved, Element.Use.LIBRARY);
            }
        } else {
            archive(resolved, Element.Use.LIBRARY, mustBeThere);
        }
    }

    private static String decoded(String path) {
        return path.replace("%20", " ").replace("%2B", "+").replace("%2b", "+");
    }

    private int releaseFor(Map<String, String> manifest) {
        return manifest.getOrDefault("Multi-Release", "").equalsIgnoreCase("true") ? release : 0;
    }

    /** What the launcher of a Boot archive unfolds, or a war's own classes: a part of an archive. */
    void part(String place, Element element) {
        elements.put(place, element);
    }

    /** An archive in an archive. */
    void nestedArchive(String path, ZipArchive outer, int entry) {
        String place = path + " ▸ " + outer.name(entry);
        try {
            ZipArchive archive = archives.inside(path, outer, entry);
            int version = releaseFor(archives.manifest(place, archive));
            elements.put(place, Element.of(archive, place, "", Element.Use.LIBRARY, version));
        } catch (InputException | IOException unreadable) {
            doubts.add(place + " on the class path cannot be read: " + unreadable.getMessage());
        }
    }

    /** Nothing tells the order of what is put on the class path. */
    void unordered() {
        isOrdered = false;
    }

    void asServer() {
        isServer = true;
    }

    void asWeb() {
        isWeb = true;
    }

    void begins(Application.Root root) {
        roots.add(root);
    }

    /** Begins in a class by its dotted name; where there is none, that is a doubt. */
    void begins(String main, String otherwise) {
        if (main.isEmpty()) {
            doubts.add(otherwise);
        } else {
            roots.add(new Application.Root(main.replace('.', '/'), false, ""));
        }
    }

    boolean hasBeginning() {
        return !roots.isEmpty();
    }

    void doubts(String sentence) {
        doubts.add(sentence);
    }
}
