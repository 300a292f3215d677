package dev.holdfast.advisory.feed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.advisory.feed.Feed.FeedFile;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The advisory archives of the reference corpus, read file by file; a test that needs one that is absent is skipped. */
public final class Corpus {
    private Corpus() {}

    /** Takes one file of an archive. */
    @FunctionalInterface
    public interface Visitor {
        void visit(String path, byte[] bytes) throws InputException, IOException;
    }

    /** What the feeds, the first that recognises a file, make of a whole archive or single file. */
    public static Collected read(String archive, List<Feed> feeds) throws InputException, IOException {
        Collected facts = new Collected();
        read(archive, feeds, facts);
        return facts;
    }

    public static void read(String archive, List<Feed> feeds, Collected facts) throws InputException, IOException {
        walk(archive, (path, bytes) -> {
            byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, 4_096));
            for (Feed feed : feeds) {
                if (feed.recognises(path, head)) {
                    feed.read(new FeedFile(path, new ByteArrayInputStream(bytes), Limits.DEFAULT), facts);
                    return;
                }
            }
        });
    }

    public static void walk(String archive, Visitor visitor) throws InputException, IOException {
        Path file = Path.of(System.getProperty("holdfast.shared", "absent"), "advisories", archive);
        assumeTrue(Files.isRegularFile(file), "the corpus archive " + archive + " is absent");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            if (archive.endsWith(".zip")) {
                zip(in, visitor);
            } else if (archive.endsWith(".tar.zst")) {
                tar(new BufferedInputStream(new ZstdInputStream(in), 1 << 16), visitor);
            } else if (archive.endsWith(".zst")) {
                visitor.visit(archive.substring(0, archive.length() - 4), new ZstdInputStream(in).readAllBytes());
            } else {
                visitor.visit(archive.substring(0, archive.length() - 3), new GZIPInputStream(in).readAllBytes());
            }
        }
    }

    private static void zip(InputStream in, Visitor visitor) throws InputException, IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                visitor.visit(entry.getName(), zip.readAllBytes());
            }
        }
    }

    private static void tar(InputStream in, Visitor visitor) throws InputException, IOException {
        byte[] header = new byte[512];
        String longName = "";
        while (in.readNBytes(header, 0, 512) == 512 && header[0] != 0) {
            String sizeText = new String(header, 124, 11, StandardCharsets.ISO_8859_1);
            int size = Integer.parseInt(sizeText.strip(), 8);
            byte[] bytes = in.readNBytes(size);
            in.skipNBytes((512 - size % 512) % 512);
            if (header[156] == 'L') {
                longName = new String(bytes, 0, size - 1, StandardCharsets.UTF_8);
            } else {
                String name = longName.isEmpty() ? name(header) : longName;
                longName = "";
                if (header[156] == '0' || header[156] == 0) {
                    visitor.visit(name.startsWith("./") ? name.substring(2) : name, bytes);
                }
            }
        }
    }

    private static String name(byte[] header) {
        String prefix = header[257] == 'u' && header[263] == '0' ? text(header, 345, 155) : "";
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }
}
