package dev.holdfast.inventory.licence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A licence expression: what must be obeyed. It prints as SPDX writes it (2.3 annex D), with as few parentheses as mean the same. */
public sealed interface LicenceExpression {

    /**
     * One licence.
     *
     * @param id an identifier of the SPDX list, {@code +} behind it for later versions too, or {@code LicenseRef-…} for any other
     * @param exception an exception of the list, or any other in words; empty for none
     */
    record One(String id, String exception) implements LicenceExpression {
        /** Whether the list has it. */
        public boolean isListed() {
            return !id.startsWith("LicenseRef-") && (exception.isEmpty() || LicenceIds.isException(exception));
        }

        /** An exception that the list does not have cannot stand behind WITH, so the two make one reference. */
        @Override
        public String toString() {
            if (exception.isEmpty()) {
                return id;
            }
            return LicenceIds.isException(exception)
                    ? id + " WITH " + exception
                    : LicenceIds.reference(id.replace("LicenseRef-", "") + "-with-" + exception);
        }
    }

    /** Every one of them must be obeyed. */
    record All(List<LicenceExpression> parts) implements LicenceExpression {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            List<String> texts = new ArrayList<>();
            for (LicenceExpression part : parts) {
                texts.add(part instanceof Any ? "(" + part + ")" : part.toString());
            }
            return String.join(" AND ", texts);
        }
    }

    /** One of them may be chosen. */
    record Any(List<LicenceExpression> parts) implements LicenceExpression {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return String.join(" OR ", parts.stream().map(Object::toString).toList());
        }
    }

    /** All of them together, each once. */
    static LicenceExpression all(List<LicenceExpression> parts) {
        Set<LicenceExpression> each = new LinkedHashSet<>();
        for (LicenceExpression part : parts) {
            if (part instanceof All all) {
                each.addAll(all.parts());
            } else {
                each.add(part);
            }
        }
        return each.size() == 1 ? each.iterator().next() : new All(new ArrayList<>(each));
    }

    /** Any of them, each once. */
    static LicenceExpression any(List<LicenceExpression> parts) {
        Set<LicenceExpression> each = new LinkedHashSet<>();
        for (LicenceExpression part : parts) {
            if (part instanceof Any any) {
                each.addAll(any.parts());
            } else {
                each.add(part);
            }
        }
        return each.size() == 1 ? each.iterator().next() : new Any(new ArrayList<>(each));
    }

    /** Every licence in it, in the order of the text. */
    default List<One> licences() {
        return switch (this) {
            case One one -> List.of(one);
            case All all ->
                all.parts().stream().flatMap(part -> part.licences().stream()).toList();
            case Any any ->
                any.parts().stream().flatMap(part -> part.licences().stream()).toList();
        };
    }
}
