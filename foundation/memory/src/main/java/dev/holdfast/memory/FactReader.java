package dev.holdfast.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.core.Digest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a {@link FactWriter} wrote. A checksum has vouched for the bytes; all the same, every number is checked before it is believed,
 * and whatever does not fit is a {@link DamagedFactsException}.
 */
public final class FactReader {
    private final ByteBuffer facts;
    private String[] texts = new String[64];
    private int textCount;

    /** Reads one element of a list or option. */
    @FunctionalInterface
    public interface Element<T> {
        T read() throws DamagedFactsException;
    }

    public FactReader(byte[] facts) {
        this(ByteBuffer.wrap(facts));
    }

    FactReader(ByteBuffer facts) {
        this.facts = facts;
    }

    public long number() throws DamagedFactsException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = next();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new DamagedFactsException("a number of more than 64 bits");
    }

    private byte next() throws DamagedFactsException {
        if (!facts.hasRemaining()) {
            throw new DamagedFactsException("they end early");
        }
        return facts.get();
    }

    /** A number from 0 to this one. */
    public int number(int most) throws DamagedFactsException {
        long value = number();
        if (value < 0 || value > most) {
            throw new DamagedFactsException(value + " where at most " + most + " can be");
        }
        return (int) value;
    }

    /** A number that an {@code int} holds, of any sign. */
    public int integer() throws DamagedFactsException {
        long value = number();
        if (value != (int) value) {
            throw new DamagedFactsException("a number of more than 32 bits");
        }
        return (int) value;
    }

    public boolean flag() throws DamagedFactsException {
        return number(1) == 1;
    }

    public String text() throws DamagedFactsException {
        int known = number(textCount);
        if (known > 0) {
            return texts[known - 1];
        }
        byte[] bytes = bytes();
        String text = new String(bytes, isAscii(bytes) ? ISO_8859_1 : UTF_8);
        if (textCount == texts.length) {
            texts = Arrays.copyOf(texts, textCount * 2);
        }
        texts[textCount++] = text;
        return text;
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    public Digest digest() throws DamagedFactsException {
        String algorithm = text();
        String hex = text();
        return Digest.parse(algorithm + ":" + hex).orElseThrow(() -> new DamagedFactsException("no digest"));
    }

    public byte[] bytes() throws DamagedFactsException {
        byte[] bytes = new byte[number(facts.remaining())];
        facts.get(bytes);
        return bytes;
    }

    /** As many bytes as follow their length, where they lie. */
    public ByteBuffer slice() throws DamagedFactsException {
        int count = number(facts.remaining());
        ByteBuffer slice = facts.slice(facts.position(), count);
        facts.position(facts.position() + count);
        return slice;
    }

    /** Everything that was not read yet, where it lies. */
    public ByteBuffer rest() {
        return facts.slice();
    }

    public <T> List<T> list(Element<T> each) throws DamagedFactsException {
        int count = number(facts.remaining()); // an element has at least one byte
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(each.read());
        }
        return values;
    }

    public List<String> texts() throws DamagedFactsException {
        return list(this::text);
    }

    public <T> Optional<T> option(Element<T> element) throws DamagedFactsException {
        return flag() ? Optional.of(element.read()) : Optional.empty();
    }

    /** One of these, by its place among them. */
    public <T> T oneOf(T[] values) throws DamagedFactsException {
        return values[number(values.length - 1)];
    }
}
