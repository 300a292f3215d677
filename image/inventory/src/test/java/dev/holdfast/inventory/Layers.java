package dev.holdfast.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.InputException;
import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A file tree made of layers in memory, written down as a test needs it: each call adds to the topmost layer, {@link #next()} lays another
 * one over it. Folders come by themselves. It says what a merged tree says; that layers of tars merge into it is for the image room's own
 * tests to show.
 */
final class Layers implements FileTree {
    private final Map<String, List<Version>> histories = new TreeMap<>();
    private int layer;
    private final Inventory inventory = new Inventory(dev.holdfast.core.Limits.DEFAULT);

    private record Version(String path, FileType type, byte[] bytes, int mode, int layer, Optional<String> linkTarget)
            implements FileVersion {
        @Override
        public long size() {
            return bytes.length;
        }
    }

    Layers next() {
        layer++;
        return this;
    }

    Layers file(String path, String text) {
        return file(path, text.getBytes(UTF_8));
    }

    Layers file(String path, byte[] bytes) {
        return put(new Version(path, FileType.REGULAR, bytes, 0644, layer, Optional.empty()));
    }

    Layers link(String path, String target) {
        return put(new Version(path, FileType.SYMBOLIC_LINK, new byte[0], 0777, layer, Optional.of(target)));
    }

    Layers delete(String path) {
        return put(new Version(path, FileType.WHITEOUT, new byte[0], 0, layer, Optional.empty()));
    }

    private Layers put(Version version) {
        String folder = folderOf(version.path());
        if (!folder.isEmpty() && entry(folder).isEmpty()) {
            put(new Version(folder, FileType.DIRECTORY, new byte[0], 0755, layer, Optional.empty()));
        }
        List<Version> history = histories.computeIfAbsent(version.path(), path -> new ArrayList<>());
        history.removeIf(each -> each.layer() == layer);
        history.add(version);
        return this;
    }

    private static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    @Override
    public Optional<FileVersion> entry(String path) {
        List<Version> history = histories.getOrDefault(path, List.of());
        return history.isEmpty() || history.getLast().type() == FileType.WHITEOUT
                ? Optional.empty()
                : Optional.of(history.getLast());
    }

    @Override
    public Optional<FileVersion> resolve(String path) {
        Deque<String> ahead = new ArrayDeque<>(Arrays.asList(path.split("/")));
        String at = "";
        int links = 0;
        while (!ahead.isEmpty()) {
            String segment = ahead.pop();
            if (segment.isEmpty() || segment.equals(".")) {
                continue;
            }
            if (segment.equals("..")) {
                at = at.isEmpty() ? "" : folderOf(at);
                continue;
            }
            Optional<FileVersion> entry = entry(at + "/" + segment);
            if (entry.isEmpty() || ++links > 400) {
                return Optional.empty();
            }
            Optional<String> target = entry.get().linkTarget();
            if (target.isEmpty()) {
                at = at + "/" + segment;
            } else {
                at = target.get().startsWith("/") ? "" : at;
                String[] segments = target.get().split("/");
                for (int i = segments.length - 1; i >= 0; i--) {
                    ahead.push(segments[i]);
                }
            }
        }
        return at.isEmpty() ? Optional.empty() : entry(at);
    }

    @Override
    public List<FileVersion> children(String directory) {
        List<FileVersion> children = new ArrayList<>();
        for (String path : histories.keySet()) {
            if (folderOf(path).equals(directory)) {
                entry(path).ifPresent(children::add);
            }
        }
        return children;
    }

    @Override
    public void forEach(Consumer<FileVersion> visitor) {
        histories.keySet().forEach(path -> entry(path).ifPresent(visitor));
    }

    @Override
    public List<FileVersion> history(String path) {
        return List.copyOf(histories.getOrDefault(path, List.of()));
    }

    @Override
    public List<String> wantedPaths() {
        TreeSet<String> wanted = new TreeSet<>();
        histories.forEach((path, history) -> {
            for (Version version : history) {
                if (version.type() == FileType.REGULAR
                        && inventory.interest().in(path, version.header()) != dev.holdfast.oci.Want.NOTHING) {
                    wanted.add(path);
                }
            }
        });
        return List.copyOf(wanted);
    }

    @Override
    public FileContent content(FileVersion file) throws InputException {
        if (file instanceof Version version) {
            return new Bytes(version.bytes());
        }
        throw new InputException(InputException.Code.NOT_FOUND, "no file of this tree");
    }

    @Override
    public long size() {
        return histories.keySet().stream()
                .filter(path -> entry(path).isPresent())
                .count();
    }
}
