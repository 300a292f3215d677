package dev.holdfast.check;

import dev.holdfast.manifest.RelativePaths;
import dev.holdfast.manifest.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What lies beside the files of a target. Of a folder that is the folder; of a single file the repository that it belongs to, told by its
 * {@code .git}, else the file's folder. Links that lead out of that are not followed.
 */
final class FolderSurroundings implements Surroundings {
    /** As large as the largest manifest that is read. */
    private static final int MOST_BYTES = 16 << 20;

    private final Path root;
    private final Path shownRoot;

    private FolderSurroundings(Path root, Path shownRoot) {
        this.root = root;
        this.shownRoot = shownRoot;
    }

    /** The surroundings of what was asked for. */
    static Surroundings of(CheckRequest.Input input) throws IOException {
        return switch (input) {
            case CheckRequest.Input.Text _, CheckRequest.Input.Host _, CheckRequest.Input.Cluster _ -> NONE;
            case CheckRequest.Input.Place(Path path) -> of(path);
        };
    }

    private static Surroundings of(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new FolderSurroundings(path.toRealPath(), Path.of(""));
        }
        Path folder = Optional.ofNullable(path.getParent()).orElse(Path.of(""));
        Path root = repository(path.toAbsolutePath().normalize());
        Path shown = folder;
        for (Path at = path.toAbsolutePath().normalize().getParent();
                at != null && !at.equals(root);
                at = at.getParent()) {
            shown = shown.resolve("..");
        }
        return new FolderSurroundings(root.toRealPath(), shown.normalize());
    }

    private static Path repository(Path file) {
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return folder;
    }

    @Override
    public Optional<byte[]> file(String path) throws IOException {
        Optional<String> normal = RelativePaths.join("", path);
        if (normal.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path file = root.resolve(normal.get());
            if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(root) || Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file)) {
                return Optional.of(in.readNBytes(MOST_BYTES));
            }
        } catch (java.nio.file.InvalidPathException | java.nio.file.AccessDeniedException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public String inside(String shown) {
        Path real = shownRoot
                .toAbsolutePath()
                .normalize()
                .relativize(Path.of(shown).toAbsolutePath().normalize());
        return shownRoot.toString().isEmpty() ? shown : real.toString().replace('\\', '/');
    }

    @Override
    public String shown(String inside) {
        return shownRoot.resolve(inside).normalize().toString().replace('\\', '/');
    }
}
