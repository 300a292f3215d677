package dev.holdfast.check;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.manifest.Recognizer;
import dev.holdfast.manifest.SourceFile;
import dev.holdfast.manifest.helm.ChartRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the files of a target that may be ours. Links are not followed: they could lead out of the folder. Bytes are UTF-8, or UTF-16 with its mark. */
final class FileWalk {
    /** The largest manifests known, sets of custom resources, have about 6 MiB. */
    private static final int MOST_BYTES = 16 << 20;

    /** They hold what tools made, not what people wrote. */
    private static final Set<String> PASSED_OVER = Set.of(".git", ".hg", ".svn");

    private final Limits limits;
    private final Gaps gaps;
    private int entries;
    private int foreign;
    private final List<String> packed = new ArrayList<>();

    FileWalk(Limits limits, Gaps gaps) {
        this.limits = limits;
        this.gaps = gaps;
    }

    /** How many files do not even have a name like ours. */
    int foreign() {
        return foreign;
    }

    /** The packed charts that were met. */
    List<String> packed() {
        return packed;
    }

    /** The texts of the target, in the order of their paths. */
    List<SourceFile> read(CheckRequest.Input input) throws InputException, IOException {
        return switch (input) {
            case CheckRequest.Input.Text text -> List.of(new SourceFile(text.name(), text.text(), true));
            case CheckRequest.Input.Place place -> read(place.path());
            case CheckRequest.Input.Host _, CheckRequest.Input.Cluster _ ->
                List.of(); // not walked: what is read there is known beforehand
        };
    }

    private List<SourceFile> read(Path path) throws InputException, IOException {
        List<SourceFile> files = new ArrayList<>();
        if (Files.isDirectory(path)) {
            folder(path, "", 0, files);
        } else {
            named(path).ifPresent(files::add);
        }
        return files;
    }

    private Optional<SourceFile> named(Path path) throws InputException, IOException {
        long size = Files.size(path);
        if (size > MOST_BYTES) {
            throw new InputException(
                    InputException.Code.LIMIT,
                    path + ": " + size + " bytes; no manifest is larger than " + MOST_BYTES + ", split it");
        }
        return decoded(path.toString(), bytes(path), true);
    }

    private void folder(Path folder, String prefix, int depth, List<SourceFile> files) throws IOException {
        if (depth > limits.depth()) {
            gaps.add(Gap.Code.LIMIT, prefix, "folders nest deeper than " + limits.depth() + " levels");
            return;
        }
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        } catch (java.nio.file.AccessDeniedException denied) {
            gaps.add(Gap.Code.NO_PERMISSION, prefix.isEmpty() ? "." : prefix, "the folder may not be read");
            return;
        }
        children.sort(null);
        for (Path child : children) {
            String name = String.valueOf(child.getFileName());
            if (++entries > limits.entries()) {
                gaps.add(Gap.Code.LIMIT, prefix, "more than " + limits.entries() + " files");
                return;
            }
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                if (!PASSED_OVER.contains(name)) {
                    folder(child, prefix + name + "/", depth + 1, files);
                }
            } else if (Recognizer.mayBeOurs(name)) {
                met(child, prefix + name).ifPresent(files::add);
            } else if (name.endsWith(".tgz") && ChartRenderer.isPacked(child)) {
                packed.add(prefix + name);
            } else {
                foreign++;
            }
        }
    }

    /** A file that was met on the way. */
    private Optional<SourceFile> met(Path file, String path) throws IOException {
        if (Files.isSymbolicLink(file)) {
            if (Files.exists(file) && !Files.isDirectory(file)) {
                gaps.add(Gap.Code.UNSUPPORTED, path, "a link, which is not followed; name the file itself");
            }
            return Optional.empty();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        long size = Files.size(file);
        if (size > MOST_BYTES) {
            gaps.add(Gap.Code.LIMIT, path, size + " bytes; no manifest is larger than " + MOST_BYTES + ", split it");
            return Optional.empty();
        }
        try {
            return decoded(path, bytes(file), false);
        } catch (java.nio.file.AccessDeniedException denied) {
            gaps.add(Gap.Code.NO_PERMISSION, path, "the file may not be read");
            return Optional.empty();
        }
    }

    /** A file may grow, and a pipe says nothing of its size. */
    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        }
    }

    private Optional<SourceFile> decoded(String path, byte[] bytes, boolean isNamed) {
        if (bytes.length > MOST_BYTES) {
            gaps.add(Gap.Code.LIMIT, path, "more than " + MOST_BYTES + " bytes; no manifest is larger, split it");
            return Optional.empty();
        }
        try {
            String text = charset(bytes)
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(new SourceFile(path, text, isNamed));
        } catch (CharacterCodingException wrong) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (Recognizer.isDockerfileName(name) && !hasZero(bytes)) {
                // BuildKit takes bytes as they are; what is not ASCII stands in comments and values
                return Optional.of(new SourceFile(path, new String(bytes, StandardCharsets.ISO_8859_1), isNamed));
            }
            gaps.add(Gap.Code.UNREADABLE, path + ":1", "not a text in UTF-8");
            return Optional.empty();
        }
    }

    private static boolean hasZero(byte[] bytes) {
        for (byte one : bytes) {
            if (one == 0) {
                return true;
            }
        }
        return false;
    }

    private static Charset charset(byte[] bytes) {
        boolean isMarked = bytes.length >= 2 && (bytes[0] == -1 && bytes[1] == -2 || bytes[0] == -2 && bytes[1] == -1);
        return isMarked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
}
