package dev.holdfast.jvm.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The base of class prints: which releases of which libraries have a class. Read whole into memory the first time that an archive needs
 * it; single records are decoded when asked for.
 *
 * <p>The file, version 1. {@code u8}, {@code u24} and {@code u32} are unsigned and little-endian, {@code v} is an unsigned LEB128 of at
 * most 31 bits, {@code text} is {@code v} bytes of UTF-8 behind their number.
 *
 * <pre>
 * file      = "HFPRINTS"  u32 version (1)  u32 libraries  u32 origins  u32 prints  library*  origin*  bucket*  print*  u32 check
 * library   = text group  text artifact  u8 aggregate (0 or 1)  v packages  { text }  v releases  { text version  v classes }
 * origin    = v parts { v library  v package  v runs { v releases between it and the run before, or its start  v length } }
 * bucket    = u32 number of the first print whose upper 16 bits are at least the bucket's        65,537 of them
 * print     = u24 the lower 24 of the print's 40 bits  u24 origin                                   ascending by print
 * check     = CRC-32C of all before it
 * </pre>
 *
 * A print's 40 bits are the upper ones of the 64 that {@link ClassPrint} has. With a million prints in the base one in a million foreign
 * classes meets one by chance, and nothing is named for a single class.
 */
final class PrintIndex {
    static final byte[] MAGIC = "HFPRINTS".getBytes(UTF_8);
    static final int VERSION = 1;
    static final int BUCKETS = 1 << 16;
    static final int PRINT_BYTES = 6;
    private static final int HEADER_BYTES = 28;
    private static final int LOW_BITS = 24;
    private static final int UNUSED_BITS = 24;

    private final byte[] bytes;
    private final List<Library> libraries;
    private final int[] originStarts;
    private final int buckets;
    private final int prints;

    private PrintIndex(byte[] bytes, List<Library> libraries, int[] originStarts, int buckets) {
        this.bytes = bytes;
        this.libraries = List.copyOf(libraries);
        this.originStarts = originStarts;
        this.buckets = buckets;
        this.prints = buckets + 4 * (BUCKETS + 1);
    }

    /** Reads a base. */
    static PrintIndex read(byte[] bytes) throws InputException {
        if (bytes.length < HEADER_BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw malformed("it does not begin like one");
        }
        ByteReader header = new ByteReader(bytes, MAGIC.length);
        int version = header.u32();
        if (version != VERSION) {
            throw malformed("it has version " + version + ", this program reads " + VERSION);
        }
        CRC32C check = new CRC32C();
        check.update(bytes, 0, bytes.length - 4);
        if (new ByteReader(bytes, bytes.length - 4).u32() != (int) check.getValue()) {
            throw malformed("its checksum is wrong");
        }
        try {
            return read(bytes, header);
        } catch (IndexOutOfBoundsException cut) {
            throw malformed("it is cut off");
        }
    }

    private static PrintIndex read(byte[] bytes, ByteReader reader) throws InputException {
        int libraryCount = reader.u32();
        int originCount = reader.u32();
        int printCount = reader.u32();
        List<Library> libraries = new ArrayList<>();
        for (int i = 0; i < libraryCount; i++) {
            libraries.add(library(reader));
        }
        if (originCount < 0 || originCount > bytes.length) {
            throw malformed("it counts " + originCount + " origins");
        }
        int[] originStarts = new int[originCount];
        for (int i = 0; i < originCount; i++) {
            originStarts[i] = reader.at();
            origin(reader);
        }
        long end = reader.at() + 4L * (BUCKETS + 1) + (long) PRINT_BYTES * printCount + 4;
        if (end != bytes.length) {
            throw malformed("its parts have other sizes than it says");
        }
        return new PrintIndex(bytes, libraries, originStarts, reader.at());
    }

    private static InputException malformed(String what) {
        return new InputException(
                InputException.Code.MALFORMED, "the base of class prints cannot be read: " + what + "; build it again");
    }

    private static Library library(ByteReader reader) {
        String group = reader.text();
        String artifact = reader.text();
        boolean isAggregate = reader.u8() == 1;
        List<String> packages = new ArrayList<>();
        for (int left = reader.v(); left > 0; left--) {
            packages.add(reader.text());
        }
        List<Library.Release> releases = new ArrayList<>();
        for (int left = reader.v(); left > 0; left--) {
            releases.add(new Library.Release(reader.text(), reader.v()));
        }
        return new Library(group, artifact, isAggregate, packages, releases);
    }

    private static Origin origin(ByteReader reader) {
        List<Origin.Part> parts = new ArrayList<>(1);
        for (int left = reader.v(); left > 0; left--) {
            int library = reader.v();
            int place = reader.v();
            List<Origin.Run> runs = new ArrayList<>(1);
            int end = 0;
            for (int more = reader.v(); more > 0; more--) {
                int from = end + reader.v();
                end = from + reader.v();
                runs.add(new Origin.Run(from, end));
            }
            parts.add(new Origin.Part(library, place, runs));
        }
        return new Origin(parts);
    }

    List<Library> libraries() {
        return libraries;
    }

    /** Where a class with this print comes from, by its number; negative when the base does not know it. */
    int find(long print) {
        int bucket = (int) (print >>> 48);
        int tail = tail(print);
        ByteReader reader = new ByteReader(bytes, buckets + 4 * bucket);
        int low = reader.u32();
        int high = reader.u32() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = u24(prints + PRINT_BYTES * middle);
            if (found == tail) {
                return u24(prints + PRINT_BYTES * middle + 3);
            }
            if (found < tail) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    Optional<Origin> origin(int number) {
        return number < 0 || number >= originStarts.length
                ? Optional.empty()
                : Optional.of(origin(new ByteReader(bytes, originStarts[number])));
    }

    /** The lower 24 of the 40 bits that count. */
    static int tail(long print) {
        return (int) (print >>> UNUSED_BITS) & (1 << LOW_BITS) - 1;
    }

    private int u24(int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
    }
}
