package dev.holdfast.rules.load;

import dev.holdfast.rules.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An exception of a rule: tuples of values for which the rule does not hold.
 *
 * @param fields one name, or a list of them; absent when values are appended
 * @param comparisons how each is compared; absent for the default
 */
record ExceptionItem(
        String name, Problem.Place place, Optional<Entry> fields, Optional<Entry> comparisons, List<Entry> values) {
    ExceptionItem {
        values = new ArrayList<>(values);
    }

    LoadException.Subject subject() {
        return new LoadException.Subject("exception", name);
    }

    /** The name of the part of its rule's condition that it is; no macro has such a name. */
    String partName() {
        return "exception " + name;
    }

    ExceptionItem with(Entry newFields, Entry newComparisons) {
        return new ExceptionItem(name, place, Optional.of(newFields), Optional.of(newComparisons), values);
    }

    /** A text, or a list of entries. */
    record Entry(boolean isList, String text, List<Entry> entries) {
        Entry {
            entries = List.copyOf(entries);
        }

        static Entry of(String text) {
            return new Entry(false, text, List.of());
        }

        static Entry of(List<Entry> entries) {
            return new Entry(true, "", entries);
        }
    }
}
