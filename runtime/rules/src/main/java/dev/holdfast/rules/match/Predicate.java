package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.syntax.Operator;

/** A condition, ready to be asked. Immutable, and so shared by all matchers. */
public abstract sealed class Predicate {
    private Predicate() {}

    /** Whether it holds for the event that the extraction is at. */
    public abstract boolean holds(Extraction fields);

    /** Holds when all do; of none it does. */
    static final class All extends Predicate {
        private final Predicate[] parts;

        All(Predicate[] parts) {
            this.parts = parts.clone();
        }

        @Override
        public boolean holds(Extraction fields) {
            for (Predicate part : parts) {
                if (!part.holds(fields)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Holds when any does; of none it does not. */
    static final class Any extends Predicate {
        private final Predicate[] parts;

        Any(Predicate[] parts) {
            this.parts = parts.clone();
        }

        @Override
        public boolean holds(Extraction fields) {
            for (Predicate part : parts) {
                if (part.holds(fields)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Holds when the other does not. */
    static final class Not extends Predicate {
        private final Predicate part;

        Not(Predicate part) {
            this.part = part;
        }

        @Override
        public boolean holds(Extraction fields) {
            return !part.holds(fields);
        }
    }

    /** Holds when there is a value; an empty list is none. */
    static final class Exists extends Predicate {
        private final int slot;

        Exists(int slot) {
            this.slot = slot;
        }

        @Override
        public boolean holds(Extraction fields) {
            Value value = fields.value(slot);
            return !value.isAbsent() && (value.kind() != Value.Kind.LIST || value.size() > 0);
        }
    }

    /** Holds when there is a value and the test does. */
    static final class OneValue extends Predicate {
        private final int slot;
        private final ValueTest test;

        OneValue(int slot, ValueTest test) {
            this.slot = slot;
            this.test = test;
        }

        @Override
        public boolean holds(Extraction fields) {
            Value value = fields.value(slot);
            return !value.isAbsent() && test.holds(value);
        }
    }

    /** Holds when the test does for any element of a list. */
    static final class AnyElement extends Predicate {
        private final int slot;
        private final ValueTest test;

        AnyElement(int slot, ValueTest test) {
            this.slot = slot;
            this.test = test;
        }

        @Override
        public boolean holds(Extraction fields) {
            Value list = fields.value(slot);
            for (int i = 0; list.kind() == Value.Kind.LIST && i < list.size(); i++) {
                if (!list.element(i).isAbsent() && test.holds(list.element(i))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Holds when the test does for every element of a list that has some. */
    static final class EveryElement extends Predicate {
        private final int slot;
        private final ValueTest test;

        EveryElement(int slot, ValueTest test) {
            this.slot = slot;
            this.test = test;
        }

        @Override
        public boolean holds(Extraction fields) {
            Value list = fields.value(slot);
            for (int i = 0; list.kind() == Value.Kind.LIST && i < list.size(); i++) {
                if (list.element(i).isAbsent() || !test.holds(list.element(i))) {
                    return false;
                }
            }
            return list.kind() == Value.Kind.LIST && list.size() > 0;
        }
    }

    /** Compares two values of the event. */
    static final class TwoFields extends Predicate {
        private final int left;
        private final Operator operator;
        private final int right;

        TwoFields(int left, Operator operator, int right) {
            this.left = left;
            this.operator = operator;
            this.right = right;
        }

        @Override
        public boolean holds(Extraction fields) {
            Value one = fields.value(left);
            Value other = fields.value(right);
            return !one.isAbsent() && !other.isAbsent() && TwoValues.hold(one, operator, other);
        }
    }
}
