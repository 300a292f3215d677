package dev.holdfast.advisory.build;

import dev.holdfast.archive.ByteSource;
import dev.holdfast.archive.Compression;
import dev.holdfast.archive.FileRange;
import dev.holdfast.archive.TarWalker;
import dev.holdfast.core.InputException;
import dev.holdfast.core.InputException.Code;
import dev.holdfast.core.Limits;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Walks a folder of feeds: files, folders, archives (tar and zip) and compressed files (gzip, zstd, xz, bzip2), inside each other as deep
 * as {@link Limits#depth()} allows, told by their bytes. Links are not followed. A file inside an archive has the archive's path before
 * its own; a compressed file has its name without the compression's suffix.
 */
final class FeedFolder {
    /** What an importer is shown of a file before it says whether it reads it. */
    static final int HEAD_BYTES = 4_096;

    private static final Pattern DAY = Pattern.compile("(?<![0-9])((?:19|20)\\d\\d-[01]\\d-[0-3]\\d)(?![0-9])");
    private static final List<String> SUFFIXES = List.of(".gz", ".zst", ".xz", ".bz2");

    private final Sink sink;
    private final Limits limits;
    private long unfolded;
    private long files;

    /** Takes the files. */
    interface Sink {
        /** Whether a file or archive of that path is to be looked at. */
        boolean wants(String path);

        /**
         * A file that stands by itself, to be read while this call lasts.
         *
         * @param day of the file's name, empty when it has none
         */
        void stream(String path, InputStream content, String day) throws IOException, InputException;

        /** A member of an archive. */
        void member(String path, byte[] content, String day) throws IOException, InputException;

        /** A file or archive that could not be read, or not to its end. */
        void broken(String path, InputException why);
    }

    FeedFolder(Sink sink, Limits limits) {
        this.sink = sink;
        this.limits = limits;
    }

    /** Hands over every file under a folder, or the one file. */
    void walk(Path root) throws IOException, InputException {
        if (Files.isRegularFile(root)) {
            file(root, String.valueOf(root.getFileName()));
            return;
        }
        if (!Files.isDirectory(root)) {
            throw new InputException(Code.NOT_FOUND, root + ": no such folder of feeds");
        }
        for (Path file : regularFiles(root)) {
            file(file, root.relativize(file).toString().replace('\\', '/'));
        }
    }

    private static List<Path> regularFiles(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    /** Hands over one file, under a name of its own or another. */
    void file(Path file, String path) throws IOException, InputException {
        stopIfInterrupted();
        if (!sink.wants(path)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] magic = new byte[4];
            new FileRange(channel, 0, channel.size()).readFully(magic, 0, magic.length);
            if (isZip(magic)) {
                zip(file, path);
            } else {
                unfold(path, new FileRange(channel, 0, channel.size()), 0, true);
            }
        } catch (InputException wrong) {
            sink.broken(path, wrong);
        }
    }

    private static boolean isZip(byte[] magic) {
        return magic[0] == 'P' && magic[1] == 'K' && (magic[2] == 3 && magic[3] == 4 || magic[2] == 5 && magic[3] == 6);
    }

    /** Looks at a stream: a compressed one is opened, an archive is walked, anything else handed over. */
    private void unfold(String path, ByteSource bytes, int depth, boolean isWhole) throws IOException, InputException {
        if (depth > limits.depth()) {
            throw new InputException(Code.LIMIT, "archives inside archives more than " + limits.depth() + " deep");
        }
        Compression.Unfolded opened = Compression.open(bytes, limits);
        String name = opened.kind() == Compression.NONE ? path : withoutSuffix(path);
        // Not closed: closing would close what belongs to the caller, and there is nothing else behind it.
        BufferedInputStream content = new BufferedInputStream(new SourceStream(opened.content()), 1 << 16);
        try {
            content.mark(HEAD_BYTES);
            byte[] head = content.readNBytes(HEAD_BYTES);
            content.reset();
            boolean isNamedTar = name.endsWith(".tar") || name.endsWith(".tgz") || path.contains(".tar.");
            if (TarWalker.looksLikeTar(head, head.length) && (isNamedTar || head[0] != 0)) {
                tar(path, content, depth);
            } else if (opened.kind() != Compression.NONE && Compression.of(head, head.length) != Compression.NONE) {
                unfold(name, new StreamSource(content), depth + 1, isWhole);
            } else if (isWhole) {
                sink.stream(name, content, day(path));
            } else {
                byte[] whole = content.readNBytes((int) Math.min(limits.fileBytes(), Integer.MAX_VALUE - 16));
                if (content.read() >= 0) {
                    throw new InputException(Code.LIMIT, "larger than " + limits.fileBytes() + " bytes");
                }
                sink.member(name, whole, day(path));
            }
        } catch (IOException failed) {
            throw SourceStream.input(failed);
        }
    }

    private static String withoutSuffix(String path) {
        for (String suffix : SUFFIXES) {
            if (path.endsWith(suffix)) {
                return path.substring(0, path.length() - suffix.length());
            }
        }
        return path;
    }

    private static String day(String path) {
        Matcher found = DAY.matcher(path.substring(path.lastIndexOf('/') + 1));
        return found.find() ? found.group(1) : "";
    }

    private void tar(String path, InputStream content, int depth) throws IOException, InputException {
        TarWalker walker = new TarWalker(
                new TarMembers(limits, (name, bytes) -> member(path + "/" + name, bytes, depth + 1)), limits);
        byte[] block = new byte[1 << 16];
        int got;
        while ((got = content.read(block)) > 0) {
            walker.accept(block, 0, got);
        }
        walker.finish();
    }

    private void zip(Path file, String path) throws IOException, InputException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            var entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        zipMember(path + "/" + entry.getName(), content);
                    }
                }
            }
        } catch (java.util.zip.ZipException | IllegalArgumentException | java.io.EOFException corrupt) {
            throw new InputException(Code.MALFORMED, "not a whole zip archive: " + corrupt.getMessage(), corrupt);
        }
    }

    private void zipMember(String path, InputStream content) throws IOException, InputException {
        byte[] bytes = content.readNBytes((int) Math.min(limits.fileBytes(), Integer.MAX_VALUE - 16));
        if (content.read() >= 0) {
            sink.broken(path, new InputException(Code.LIMIT, "larger than " + limits.fileBytes() + " bytes"));
            return;
        }
        member(path, bytes, 1);
    }

    /** A member of an archive, which may be an archive itself. */
    private void member(String path, byte[] content, int depth) throws IOException, InputException {
        stopIfInterrupted();
        unfolded += content.length;
        if (++files > limits.entries() || unfolded > limits.totalBytes()) {
            throw new InputException(
                    Code.LIMIT,
                    String.format(
                            Locale.ROOT,
                            "more than %,d files or %,d bytes of feeds",
                            limits.entries(),
                            limits.totalBytes()));
        }
        if (!sink.wants(path)) {
            return;
        }
        try {
            boolean isCompressed =
                    Compression.of(content, Math.min(content.length, Compression.MAGIC_BYTES)) != Compression.NONE;
            if (content.length > 4 && isZip(content)) {
                nestedZip(path, content, depth);
            } else if (isCompressed || TarWalker.looksLikeTar(content, content.length) && content[0] != 0) {
                unfold(path, new StreamSource(new ByteArrayInputStream(content)), depth, false);
            } else {
                sink.member(path, content, day(path));
            }
        } catch (InputException wrong) {
            if (wrong.code() == Code.LIMIT) {
                throw wrong;
            }
            sink.broken(path, wrong);
        }
    }

    private void nestedZip(String path, byte[] content, int depth) throws IOException, InputException {
        if (depth > limits.depth()) {
            throw new InputException(Code.LIMIT, "archives inside archives more than " + limits.depth() + " deep");
        }
        try (var zip = new java.util.zip.ZipInputStream(new ByteArrayInputStream(content))) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                if (!entry.isDirectory()) {
                    zipMember(path + "/" + entry.getName(), zip);
                }
            }
        } catch (java.util.zip.ZipException | IllegalArgumentException | java.io.EOFException corrupt) {
            throw new InputException(Code.MALFORMED, "not a whole zip archive: " + corrupt.getMessage(), corrupt);
        }
    }

    private static void stopIfInterrupted() throws InterruptedIOException {
        if (Thread.interrupted()) {
            throw new InterruptedIOException("stopped while reading feeds");
        }
    }
}
