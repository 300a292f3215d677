package dev.holdfast.jvm.reach.layout;

import dev.holdfast.archive.zip.SeekableBytes;
import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.jvm.reach.image.ImageFiles;
import dev.holdfast.jvm.reach.image.Paths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One element of a class path: an archive, a folder inside an archive, or a folder. Its resources are named as a class loader does, without
 * slash in front.
 */
public final class Element {
    /** A class may be large when it is generated, not larger. */
    private static final long MOST_RESOURCE = 16L << 20;

    private static final String VERSIONS = "META-INF/versions/";
    /** Folders do not nest so deep, and links may lead in circles. */
    private static final int DEEPEST = 40;

    private interface Content {
        byte[] read() throws InputException, IOException;
    }

    private final String place;
    private final boolean isOwn;
    private final boolean isContainer;
    private final Map<String, Content> contents = new HashMap<>();

    /**
     * @param place absolute path, and behind {@code ▸} the path inside an archive
     * @param isOwn whether it is the application itself, and no library of it
     * @param isContainer whether it belongs to the server that the application runs in
     */
    private Element(String place, boolean isOwn, boolean isContainer) {
        this.place = place;
        this.isOwn = isOwn;
        this.isContainer = isContainer;
    }

    /** What an element is for. */
    enum Use {
        OWN,
        LIBRARY,
        CONTAINER
    }

    /**
     * An archive, or what lies below a folder in it.
     *
     * @param root empty, or with a slash at its end
     * @param release of the Java runtime, for archives with several versions of a class
     */
    static Element of(ZipArchive archive, String place, String root, Use use, int release) {
        Element element = new Element(place, use == Use.OWN, use == Use.CONTAINER);
        Map<String, Integer> chosen = new HashMap<>();
        for (int i = 0; i < archive.count(); i++) {
            if (!archive.nameHas(i, 0, root)) {
                continue;
            }
            int entry = i;
            String name = archive.name(i).substring(root.length());
            int version = 0;
            if (name.startsWith(VERSIONS)) {
                int slash = name.indexOf('/', VERSIONS.length());
                version = slash < 0 ? 0 : number(name.substring(VERSIONS.length(), slash));
                if (version < 9 || version > release) {
                    continue;
                }
                name = name.substring(slash + 1);
            }
            if (!name.isEmpty() && !name.endsWith("/") && version >= chosen.getOrDefault(name, 0)) {
                chosen.put(name, version);
                element.contents.put(name, () -> archive.read(entry, MOST_RESOURCE));
            }
        }
        return element;
    }

    private static int number(String text) {
        return text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9') || text.isEmpty()
                ? 0
                : Integer.parseInt(text);
    }

    /** A folder. */
    static Element of(ImageFiles files, String folder, Use use, Limits limits) throws InputException {
        Element element = new Element(folder, use == Use.OWN, use == Use.CONTAINER);
        element.collect(files, folder, "", 0, limits);
        return element;
    }

    private void collect(ImageFiles files, String folder, String prefix, int depth, Limits limits)
            throws InputException {
        if (depth > DEEPEST || contents.size() > limits.entries()) {
            throw new InputException(
                    InputException.Code.LIMIT, "the folder holds too much: " + contents.size() + " files");
        }
        for (String name : files.children(folder)) {
            String path = folder.equals("/") ? "/" + name : folder + "/" + name;
            Optional<ImageFiles.Kind> kind = files.kind(path);
            if (kind.filter(ImageFiles.Kind.FILE::equals).isPresent()) {
                contents.put(prefix + name, () -> whole(files.open(path)));
            } else if (kind.isPresent()) {
                collect(files, path, prefix + name + "/", depth + 1, limits);
            }
        }
    }

    /** All bytes of a file that is not larger than what a class path holds. */
    static byte[] whole(SeekableBytes bytes) throws InputException, IOException {
        if (bytes.size() > MOST_RESOURCE) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    "the file has " + bytes.size() + " bytes, more than the " + MOST_RESOURCE + " that are read");
        }
        byte[] all = new byte[(int) bytes.size()];
        int have = bytes.read(0, all, 0, all.length);
        if (have < all.length) {
            throw new InputException(InputException.Code.TRUNCATED, "the file ends after " + have + " bytes");
        }
        return all;
    }

    public String place() {
        return place;
    }

    /** Whether both lie in one folder, which a class path may name as a whole. */
    public boolean isBeside(Element other) {
        return Paths.parent(place).equals(Paths.parent(other.place));
    }

    public boolean isOwn() {
        return isOwn;
    }

    public boolean isContainer() {
        return isContainer;
    }

    /** Names of all resources, in no order. */
    Set<String> names() {
        return contents.keySet();
    }

    public boolean has(String name) {
        return contents.containsKey(name);
    }

    public Optional<byte[]> read(String name) throws InputException, IOException {
        Content content = contents.get(name);
        return content == null ? Optional.empty() : Optional.of(content.read());
    }

    /** Internal names of the classes. */
    public List<String> classes() {
        List<String> found = new ArrayList<>();
        for (String name : contents.keySet()) {
            boolean isElsewhere = name.startsWith("META-INF/")
                    || name.startsWith("BOOT-INF/")
                    || name.startsWith("WEB-INF/")
                    || name.endsWith("module-info.class");
            if (name.endsWith(".class") && !isElsewhere) {
                found.add(name.substring(0, name.length() - ".class".length()));
            }
        }
        return found;
    }

    /** Names below a folder, sorted, with their first lines of text still to be read. */
    public List<String> below(String folder) {
        TreeMap<String, Boolean> found = new TreeMap<>();
        for (String name : contents.keySet()) {
            if (name.startsWith(folder)) {
                found.put(name, true);
            }
        }
        return List.copyOf(found.keySet());
    }

    @Override
    public String toString() {
        return place;
    }
}
