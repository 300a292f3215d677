package dev.holdfast.advisory.base;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives things numbers in the order they are met: the same thing, the same number. */
final class Numbering<T> {
    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> things = new ArrayList<>();

    int of(T thing) {
        Integer known = numbers.get(thing);
        if (known != null) {
            return known;
        }
        int number = things.size();
        things.add(thing);
        numbers.put(thing, number);
        return number;
    }

    /** The number a thing already has, or -1. */
    int find(T thing) {
        return numbers.getOrDefault(thing, -1);
    }

    T get(int number) {
        return things.get(number);
    }

    int size() {
        return things.size();
    }

    List<T> all() {
        return things;
    }
}
