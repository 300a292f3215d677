package dev.holdfast.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.Digest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes facts one after another; a {@link FactReader} reads them in the same order.
 *
 * <pre>
 * number  = seven bits a byte, the lowest first, the top bit set on all but the last ; 1 to 10 bytes, two's complement
 * text    = number ;                       0: a new text follows
 *         | "0" number bytes ;             its length in bytes and its UTF-8; it is the next to be numbered, from 1
 * bytes   = number bytes ;
 * flag    = "0" | "1" ;
 * list    = number { element } ;
 * option  = flag [ element ] ;
 * </pre>
 *
 * A text that stands several times is written once.
 */
public final class FactWriter {
    private byte[] bytes = new byte[1024];
    private int length;
    private final Map<String, Integer> texts = new HashMap<>();

    /** Writes one element of a list or option. */
    @FunctionalInterface
    public interface Element<T> {
        void write(T element);
    }

    public FactWriter number(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    public FactWriter flag(boolean value) {
        return number(value ? 1 : 0);
    }

    public FactWriter text(String value) {
        Integer known = texts.putIfAbsent(value, texts.size() + 1);
        return known != null ? number(known) : number(0).bytes(value.getBytes(UTF_8));
    }

    public FactWriter digest(Digest value) {
        return text(value.algorithm()).text(value.hex());
    }

    public FactWriter bytes(byte[] value) {
        return bytes(value, 0, value.length);
    }

    /** The length, and as many of the first bytes from there. */
    public FactWriter bytes(byte[] value, int from, int count) {
        number(count);
        ensure(count);
        System.arraycopy(value, from, bytes, length, count);
        length += count;
        return this;
    }

    public <T> FactWriter list(List<T> values, Element<T> each) {
        number(values.size());
        for (T value : values) {
            each.write(value);
        }
        return this;
    }

    public FactWriter texts(List<String> values) {
        return list(values, this::text);
    }

    /** What may be missing, as {@link java.util.Optional#stream} gives it. */
    public <T> FactWriter option(Stream<T> oneOrNone, Element<T> element) {
        return list(oneOrNone.limit(1).toList(), element);
    }

    /** One of these, by its place among them. */
    public <T> FactWriter oneOf(T[] values, T value) {
        int place = 0;
        while (!values[place].equals(value)) {
            place++;
        }
        return number(place);
    }

    /** How many bytes were written so far. */
    public int length() {
        return length;
    }

    /** What was written, as it can be read. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    byte[] buffer() {
        return bytes;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }
}
