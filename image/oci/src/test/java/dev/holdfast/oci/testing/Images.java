package dev.holdfast.oci.testing;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.oci.FileContent;
import dev.holdfast.oci.FileTree;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.FileVersion;
import dev.holdfast.oci.Interest;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.TargetRequest;
import dev.holdfast.oci.Targets;
import dev.holdfast.oci.Want;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens what the builders made, the way a test wants to see it. */
public final class Images {
    /** Wants every file. */
    public static final Interest EVERYTHING = (path, header) -> Want.CONTENT;

    private Images() {}

    /** An image that was opened and read; close it. */
    public record Opened(Target target, FileTree tree, List<Gap> gaps) implements AutoCloseable {
        /** The living entries that are no folders, as {@code path} lines in order. */
        public List<String> files() {
            List<String> paths = new ArrayList<>();
            tree.forEach(file -> {
                if (file.type() != FileType.DIRECTORY) {
                    paths.add(file.path());
                }
            });
            return paths;
        }

        /** The content that a path leads to, links followed. */
        public String text(String path) throws InputException, IOException {
            return text(tree.resolve(path).orElseThrow(() -> new AssertionError("leads nowhere: " + path)));
        }

        public String text(FileVersion file) throws InputException, IOException {
            FileContent content = tree.content(file);
            return new String(content.readAll(1 << 30), StandardCharsets.ISO_8859_1);
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }

    /** Writes an archive to a file and reads its only image. */
    public static Opened read(Path folder, byte[] archive) throws InputException, IOException {
        return read(write(folder, archive), EVERYTHING, Limits.DEFAULT);
    }

    /** Reads the only image of a file or folder. */
    public static Opened read(Path path, Interest interest, Limits limits) throws InputException, IOException {
        List<Target> targets = open(path, limits);
        if (targets.size() != 1) {
            closeAll(targets);
            throw new AssertionError("not one image: " + targets.size());
        }
        return read(targets.getFirst(), interest);
    }

    /** Reads an open image; it is closed when that fails. */
    public static Opened read(Target target, Interest interest) throws InputException, IOException {
        Gaps gaps = new Gaps();
        try {
            return new Opened(target, target.read(interest, gaps), gaps.list());
        } catch (InputException | IOException | RuntimeException failed) {
            target.close();
            throw failed;
        }
    }

    public static List<Target> open(Path path, Limits limits) throws InputException, IOException {
        String given = String.valueOf(path.getFileName());
        return Targets.open(new TargetRequest(given, path, Optional.empty(), Optional.empty()), limits);
    }

    /** Writes an archive into a folder. */
    public static Path write(Path folder, byte[] archive) throws IOException {
        return Files.write(folder.resolve("image.tar"), archive);
    }

    public static void closeAll(List<Target> targets) throws IOException {
        for (Target target : targets) {
            target.close();
        }
    }
}
