package dev.holdfast.manifest.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value as written, with its place. Navigation never fails: what is absent, or of another kind, is an empty answer, because files from
 * outside are often both. An alias is the very node of its anchor, so a tree may share branches; it has no cycles, and its unfolded size is
 * bounded by the reader.
 */
public sealed interface Node {
    Place place();

    /**
     * A single value.
     *
     * @param text what it says, escapes resolved
     * @param kind what the schema takes it for
     * @param isPlain whether it was written without quotes and not as a block
     */
    record Scalar(String text, Kind kind, boolean isPlain, Place place) implements Node {}

    /** A list. */
    record Sequence(List<Node> elements, Place place) implements Node {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /**
     * A map in its written order. Merge keys ({@code <<}) are resolved: what they bring stands behind what is written. A key that is written
     * twice is here twice, and the last one counts.
     */
    record Mapping(List<Entry> entries, Place place) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The entry of this key, the last when there are several. */
        public Optional<Entry> entry(String key) {
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (entries.get(i).key().text().equals(key)) {
                    return Optional.of(entries.get(i));
                }
            }
            return Optional.empty();
        }

        /** The keys that are written more than once, each at its later places. */
        public List<Scalar> repeatedKeys() {
            Map<String, Scalar> seen = LinkedHashMap.newLinkedHashMap(entries.size());
            List<Scalar> repeated = new ArrayList<>();
            for (Entry entry : entries) {
                if (seen.put(entry.key().text(), entry.key()) != null) {
                    repeated.add(entry.key());
                }
            }
            return repeated;
        }
    }

    /** A key and what it holds. */
    record Entry(Scalar key, Node value) {}

    /** What a scalar is in its schema. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL
    }

    /** The value of this key; empty when this is no map, has no such key, or has an explicit null there. */
    default Optional<Node> get(String key) {
        return this instanceof Mapping mapping
                ? mapping.entry(key).map(Entry::value).filter(value -> !value.isNull())
                : Optional.empty();
    }

    /** The value at the end of a path of keys. */
    default Optional<Node> at(String... keys) {
        Optional<Node> node = Optional.of(this);
        for (String key : keys) {
            node = node.flatMap(one -> one.get(key));
        }
        return node;
    }

    /** The elements of a list; none for anything else. */
    default List<Node> elements() {
        return this instanceof Sequence sequence ? sequence.elements() : List.of();
    }

    /** The entries of a map; none for anything else. */
    default List<Entry> entries() {
        return this instanceof Mapping mapping ? mapping.entries() : List.of();
    }

    /** What the scalar at the end of a path of keys says, whatever its kind, save null; without keys this scalar itself. */
    default Optional<String> textAt(String... keys) {
        return at(keys).flatMap(node -> node instanceof Scalar scalar && scalar.kind() != Kind.NULL
                ? Optional.of(scalar.text())
                : Optional.empty());
    }

    /** The whole number that this is, written in whatever base; empty for anything else, and for one of more than 64 bits. */
    default Optional<Long> wholeNumber() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.INTEGER
                ? Schema.wholeNumber(scalar.text())
                : Optional.empty();
    }

    /** Whether this is the boolean true. */
    default boolean isTrue() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN && Schema.isTrue(scalar.text());
    }

    /** Whether this is the boolean false. */
    default boolean isFalse() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN && !Schema.isTrue(scalar.text());
    }

    /** Whether this is an explicit null, or an empty value. */
    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }
}
