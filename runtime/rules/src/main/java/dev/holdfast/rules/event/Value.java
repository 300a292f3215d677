package dev.holdfast.rules.event;

import dev.holdfast.core.text.AddressText;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of a field, reusable: a reader fills it, a predicate looks at it, nobody keeps it. Used by one thread at a time.
 *
 * <p>Addresses are two longs; those of IPv4 have their 32 bits in the lower one. Texts of type {@link Field.Type#BYTES} have one byte a char.
 */
public final class Value {
    /** What is in it. */
    public enum Kind {
        ABSENT,
        TEXT,
        LONG,
        DOUBLE,
        BOOLEAN,
        IPV4,
        IPV6,
        LIST
    }

    private Kind kind = Kind.ABSENT;
    private String text = "";
    /** The long, the boolean, or the lower half of the address. */
    private long number;
    /** The upper half of an address of IPv6. */
    private long high;

    private double decimal;
    private final List<Value> elements = new ArrayList<>(0);
    private int size;

    /** Makes it absent. */
    public void clear() {
        kind = Kind.ABSENT;
    }

    public void set(String newText) {
        kind = Kind.TEXT;
        text = newText;
    }

    public void set(long newNumber) {
        kind = Kind.LONG;
        number = newNumber;
    }

    public void set(double newDecimal) {
        kind = Kind.DOUBLE;
        decimal = newDecimal;
    }

    public void set(boolean newTruth) {
        kind = Kind.BOOLEAN;
        number = newTruth ? 1 : 0;
    }

    /** An address of IPv4, the first byte in the highest bits. */
    public void setIpv4(int address) {
        kind = Kind.IPV4;
        high = 0;
        number = address & 0xffff_ffffL;
    }

    /** An address of IPv6, the first byte in the highest bits of the first long. */
    public void setIpv6(long newHigh, long newLow) {
        kind = Kind.IPV6;
        high = newHigh;
        number = newLow;
    }

    /** An address of 4 or 16 bytes. */
    public void setAddress(byte[] bytes) {
        if (bytes.length == 4) {
            setIpv4((int) word(bytes, 0, 4));
        } else if (bytes.length == 16) {
            setIpv6(word(bytes, 0, 8), word(bytes, 8, 8));
        } else {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        }
    }

    private static long word(byte[] bytes, int from, int length) {
        long word = 0;
        for (int i = from; i < from + length; i++) {
            word = word << 8 | (bytes[i] & 0xff);
        }
        return word;
    }

    /** Makes it an empty list. */
    public void setList() {
        kind = Kind.LIST;
        size = 0;
    }

    /** A new last element of the list, absent until it is set; elements are no lists. */
    public Value add() {
        if (size == elements.size()) {
            elements.add(new Value());
        }
        Value element = elements.get(size++);
        element.clear();
        return element;
    }

    /** Takes over what is in another one. */
    public void set(Value other) {
        kind = other.kind;
        text = other.text;
        number = other.number;
        high = other.high;
        decimal = other.decimal;
        if (kind == Kind.LIST) {
            setList();
            for (int i = 0; i < other.size; i++) {
                add().set(other.elements.get(i));
            }
        }
    }

    public Kind kind() {
        return kind;
    }

    public boolean isAbsent() {
        return kind == Kind.ABSENT;
    }

    /** The text, of a text. */
    public String text() {
        return text;
    }

    /** The number, of a long. */
    public long number() {
        return number;
    }

    /** The number, of a double. */
    public double decimal() {
        return decimal;
    }

    /** Whether it is true, of a boolean. */
    public boolean isTrue() {
        return number != 0;
    }

    /** The upper half of an address of IPv6. */
    public long high() {
        return high;
    }

    /** The lower half of an address of IPv6, or the whole of one of IPv4. */
    public long low() {
        return number;
    }

    /** How many elements a list has. */
    public int size() {
        return size;
    }

    /** An element of a list. */
    public Value element(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return elements.get(index);
    }

    /** The value for a person, in the way outputs print it; {@code <NA>} when absent. */
    @Override
    public String toString() {
        return switch (kind) {
            case ABSENT -> "<NA>";
            case TEXT -> text;
            case LONG -> Long.toString(number);
            case DOUBLE -> Double.toString(decimal);
            case BOOLEAN -> isTrue() ? "true" : "false";
            case IPV4 -> AddressText.ipv4((int) number);
            case IPV6 -> AddressText.ipv6(high, number);
            case LIST -> list();
        };
    }

    private String list() {
        StringBuilder list = new StringBuilder("(");
        for (int i = 0; i < size; i++) {
            list.append(i == 0 ? "" : ",").append(elements.get(i));
        }
        return list.append(')').toString();
    }
}
