package dev.holdfast.advisory.feed;

import dev.holdfast.advisory.feed.Feed.FeedFile;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The excerpts of raw feeds in the reference corpus, by path; gzip is undone. Read once for all tests. */
public final class Samples {
    private static final Map<String, byte[]> FILES = new HashMap<>();

    private Samples() {}

    /** What a feed makes of the one sample whose path ends like this; it must recognise it. */
    public static Collected read(Feed feed, String end) throws InputException, IOException {
        String path = path(end);
        byte[] bytes = bytes(path);
        if (!feed.recognises(path, java.util.Arrays.copyOf(bytes, Math.min(bytes.length, 4_096)))) {
            throw new AssertionError(feed.name() + " does not recognise " + path);
        }
        Collected facts = new Collected();
        feed.read(new FeedFile(path, new ByteArrayInputStream(bytes), Limits.DEFAULT), facts);
        return facts;
    }

    /** All samples, by path. */
    public static synchronized Map<String, byte[]> all() throws InputException, IOException {
        if (FILES.isEmpty()) {
            Corpus.walk("format-samples.tar.zst", (path, bytes) -> FILES.put(path, plain(path, bytes)));
        }
        return FILES;
    }

    private static byte[] bytes(String path) throws InputException, IOException {
        byte[] bytes = all().get(path);
        if (bytes == null) {
            throw new AssertionError("no sample " + path);
        }
        return bytes;
    }

    private static String path(String end) throws InputException, IOException {
        String found = "";
        for (String path : all().keySet()) {
            if (path.endsWith(end)) {
                if (!found.isEmpty()) {
                    throw new AssertionError("two samples end in " + end + ": " + found + ", " + path);
                }
                found = path;
            }
        }
        return found;
    }

    private static byte[] plain(String path, byte[] bytes) throws IOException {
        boolean isGzip = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b && !path.endsWith(".tar.gz");
        return isGzip ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes() : bytes;
    }
}
