package dev.holdfast.jvm.reach.layout;

import dev.holdfast.archive.zip.SeekableBytes;
import dev.holdfast.archive.zip.ZipArchive;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.jvm.reach.image.ImageFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The archives of an image that class paths name, each opened once. Owns their native memory. */
public final class Archives implements AutoCloseable {
    /** A nested archive that is compressed is unfolded into memory. */
    private static final long MOST_NESTED = 512L << 20;

    private final ImageFiles files;
    private final Limits limits;
    private final Map<String, ZipArchive> open = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> entries = new HashMap<>();

    public Archives(ImageFiles files, Limits limits) {
        this.files = files;
        this.limits = limits;
    }

    ZipArchive file(String path) throws InputException, IOException {
        ZipArchive known = open.get(path);
        return known != null ? known : opened(path, files.open(path));
    }

    /** An archive inside one that is open. */
    ZipArchive inside(String outerPlace, ZipArchive outer, int entry) throws InputException, IOException {
        String place = outerPlace + " ▸ " + outer.name(entry);
        ZipArchive known = open.get(place);
        return known != null ? known : opened(place, outer.open(entry, Math.min(MOST_NESTED, limits.fileBytes())));
    }

    private ZipArchive opened(String place, SeekableBytes bytes) throws InputException, IOException {
        ZipArchive archive = ZipArchive.open(bytes, limits);
        open.put(place, archive);
        return archive;
    }

    /** The number of an entry. */
    Optional<Integer> entry(String place, ZipArchive archive, String name) {
        Map<String, Integer> names = entries.computeIfAbsent(place, first -> {
            Map<String, Integer> all = new HashMap<>();
            for (int i = 0; i < archive.count(); i++) {
                all.put(archive.name(i), i);
            }
            return all;
        });
        return Optional.ofNullable(names.get(name));
    }

    /** The text of an entry; empty when there is none. */
    Optional<String> text(String place, ZipArchive archive, String name) throws InputException, IOException {
        Optional<Integer> entry = entry(place, archive, name);
        return entry.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(archive.read(entry.get(), 4 << 20), StandardCharsets.UTF_8));
    }

    /** The main attributes of the manifest, by name whatever its letter case; empty when there is none. */
    Map<String, String> manifest(String place, ZipArchive archive) throws InputException, IOException {
        return attributes(text(place, archive, "META-INF/MANIFEST.MF").orElse(""));
    }

    /** The first section of a manifest: {@code Name: value}, lines that begin with a space continue the one before. */
    static Map<String, String> attributes(String manifest) {
        Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String unfolded = manifest.replace("\r\n", "\n").replace("\n ", "");
        for (String line : unfolded.split("\n", -1)) {
            if (line.isBlank()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                found.putIfAbsent(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return found;
    }

    @Override
    public void close() {
        open.values().forEach(ZipArchive::close);
    }
}
