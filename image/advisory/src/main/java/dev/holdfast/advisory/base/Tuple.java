package dev.holdfast.advisory.base;

import java.util.Arrays;

/** A fact as numbers, equal by content: what facts share is kept once. */
final class Tuple {
    private final int[] numbers;
    private final int hash;

    Tuple(int... numbers) {
        this.numbers = numbers;
        this.hash = Arrays.hashCode(numbers);
    }

    int get(int index) {
        return numbers[index];
    }

    int length() {
        return numbers.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tuple tuple && hash == tuple.hash && Arrays.equals(numbers, tuple.numbers);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
