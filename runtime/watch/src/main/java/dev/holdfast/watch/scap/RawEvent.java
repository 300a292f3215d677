package dev.holdfast.watch.scap;

import dev.holdfast.watch.scap.EventTable.EventKind;
import dev.holdfast.watch.scap.EventTable.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An event as a capture holds it.
 *
 * @param number of the event in its file, from 1
 * @param time nanoseconds since the epoch
 * @param bytes of all parameters, one behind the other
 * @param offsets where each begins, and where the last one ends; a capture may hold fewer than the kind has
 */
record RawEvent(long number, long time, long tid, int cpu, EventKind kind, byte[] bytes, int[] offsets) {

    /** How many parameters the event holds that the kind knows. */
    int count() {
        return Math.min(offsets.length - 1, kind.parameters().size());
    }

    Parameter parameter(int index) {
        return kind.parameters().get(index);
    }

    /** The index of a parameter that the event holds; -1 when it does not. */
    int indexOf(String name) {
        int index = kind.indexOf(name);
        return index < count() ? index : -1;
    }

    int length(int index) {
        return offsets[index + 1] - offsets[index];
    }

    byte[] value(int index) {
        return Arrays.copyOfRange(bytes, offsets[index], offsets[index + 1]);
    }

    /** The value as a number, as wide as the writer made it; 0 when it is empty. */
    long number(int index) {
        int length = Math.min(8, length(index));
        long value = Cursor.number(bytes, offsets[index], length);
        int unused = 64 - 8 * length;
        return length == 0 || !parameter(index).type().isSigned() ? value : value << unused >> unused;
    }

    /** The value as a text, up to its first zero byte. */
    String text(int index) {
        int from = offsets[index];
        int end = from;
        while (end < offsets[index + 1] && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** Whether the value is a text that could be read. */
    boolean isKnownText(int index) {
        return length(index) > 0 && !text(index).equals("(NULL)");
    }

    /** The value as texts that end with a zero byte each. */
    List<String> texts(int index) {
        return split(bytes, offsets[index], offsets[index + 1]);
    }

    static List<String> split(byte[] bytes, int from, int end) {
        List<String> texts = new ArrayList<>();
        int start = from;
        for (int i = from; i < end; i++) {
            if (bytes[i] == 0) {
                texts.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        if (start < end) {
            texts.add(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        }
        return texts;
    }

    /** The number of the parameter of this name, or another one when the event does not hold it. */
    long number(String name, long otherwise) {
        int index = indexOf(name);
        return index < 0 || length(index) == 0 ? otherwise : number(index);
    }

    String text(String name) {
        int index = indexOf(name);
        return index < 0 ? "" : text(index);
    }

    List<String> texts(String name) {
        int index = indexOf(name);
        return index < 0 ? List.of() : texts(index);
    }
}
