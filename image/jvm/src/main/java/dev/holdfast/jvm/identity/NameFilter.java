package dev.holdfast.jvm.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.InputException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Which names of classes occur in the base, without their packages: a Bloom filter, so that a name may be taken for known in some two of a
 * hundred cases, and a known one is never turned away. It saves unfolding and reading classes that nothing is known about.
 *
 * <p>The file, version 1; numbers are little-endian:
 *
 * <pre>
 * file = "HFCNAMES"  u32 version (1)  u32 b  { u8 } × 2^(b−3) the bits, lowest first
 *        v libraries  { text group:artifact }  u32 CRC-32C of all before it
 * </pre>
 *
 * Two keys are in it for each class, both of the 64-bit hash of UTF-8 bytes: its simple name ({@code ImmutableMap$Builder}), and that behind
 * the last segment of its package ({@code collect/ImmutableMap$Builder}), which tells much more and survives most relocations. The i-th of
 * {@value #PROBES} bits of a key is at {@code (h + i × (h >>> 32 | 1)) mod 2^b}.
 */
final class NameFilter {
    static final byte[] MAGIC = "HFCNAMES".getBytes(UTF_8);
    static final int VERSION = 1;
    private static final int PROBES = 3;
    private static final int HEADER_BYTES = 16;
    private static final int FEWEST_BITS = 3;
    private static final int MOST_BITS = 26;

    private final byte[] bits;
    private final int start;
    private final long mask;
    private final Set<String> libraries;

    private NameFilter(byte[] bits, int start, int logarithm, Set<String> libraries) {
        this.bits = bits;
        this.start = start;
        this.mask = (1L << logarithm) - 1;
        this.libraries = libraries;
    }

    /** An empty filter for about so many keys, ten bits for each. */
    static NameFilter forKeys(int keys, Set<String> libraries) {
        int logarithm = FEWEST_BITS;
        while (logarithm < MOST_BITS && 1L << logarithm < 8L * keys) {
            logarithm++;
        }
        return new NameFilter(new byte[1 << logarithm - 3], 0, logarithm, new TreeSet<>(libraries));
    }

    static NameFilter read(byte[] file) throws InputException {
        boolean begins = file.length > HEADER_BYTES && Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        ByteReader header = new ByteReader(file, MAGIC.length);
        if (!begins || header.u32() != VERSION) {
            throw malformed();
        }
        int logarithm = header.u32();
        CRC32C check = new CRC32C();
        check.update(file, 0, file.length - 4);
        if (logarithm < FEWEST_BITS
                || logarithm > MOST_BITS
                || file.length < HEADER_BYTES + (1 << logarithm - 3) + 4
                || new ByteReader(file, file.length - 4).u32() != (int) check.getValue()) {
            throw malformed();
        }
        ByteReader rest = new ByteReader(file, HEADER_BYTES + (1 << logarithm - 3));
        Set<String> libraries = new HashSet<>();
        try {
            for (int left = rest.v(); left > 0; left--) {
                libraries.add(rest.text());
            }
        } catch (IndexOutOfBoundsException cut) {
            throw malformed();
        }
        return new NameFilter(file, HEADER_BYTES, logarithm, libraries);
    }

    /** Whether the base has releases of a library, {@code group:artifact}. */
    boolean knowsLibrary(String name) {
        return libraries.contains(name);
    }

    private static InputException malformed() {
        return new InputException(
                InputException.Code.MALFORMED,
                "the filter of class names is corrupt; build the base of class prints again");
    }

    byte[] toBytes() {
        ByteWriter out = new ByteWriter();
        out.raw(MAGIC);
        out.u32(VERSION);
        out.u32(Long.numberOfTrailingZeros(mask + 1));
        out.raw(Arrays.copyOfRange(bits, start, start + (int) (mask + 1 >> 3)));
        out.v(libraries.size());
        libraries.forEach(out::text);
        CRC32C check = new CRC32C();
        check.update(out.toBytes());
        out.u32((int) check.getValue());
        return out.toBytes();
    }

    void add(String path) {
        int slash = path.lastIndexOf('/');
        put(Mix.ofBytes(path.substring(slash + 1)));
        put(Mix.ofBytes(path.substring(path.lastIndexOf('/', slash - 1) + 1)));
    }

    /** Whether the base may hold a class of this simple name. */
    boolean mayKnowName(String path) {
        return has(Mix.ofBytes(path.substring(path.lastIndexOf('/') + 1)));
    }

    /** Whether it may hold one of this name in a package whose last segment is the same. */
    boolean mayKnowPlace(String path) {
        return has(Mix.ofBytes(path.substring(path.lastIndexOf('/', path.lastIndexOf('/') - 1) + 1)));
    }

    private void put(long hash) {
        for (int i = 0; i < PROBES; i++) {
            long bit = bit(hash, i);
            bits[start + (int) (bit >>> 3)] |= (byte) (1 << (bit & 7));
        }
    }

    private boolean has(long hash) {
        for (int i = 0; i < PROBES; i++) {
            long bit = bit(hash, i);
            if ((bits[start + (int) (bit >>> 3)] & 1 << (bit & 7)) == 0) {
                return false;
            }
        }
        return true;
    }

    private long bit(long hash, int probe) {
        return hash + probe * (hash >>> 32 | 1) & mask;
    }
}
