package dev.holdfast.manifest.kustomize;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.manifest.tree.Node.Kind;
import dev.holdfast.manifest.tree.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value that is being worked on. Maps and lists change; every value keeps the place where it was written. */
sealed interface Draft {
    Place place();

    Draft copy();

    Node node();

    /** A map in its order. */
    record Fields(Map<String, Draft> members, Place place) implements Draft {
        Fields(Place place) {
            this(new LinkedHashMap<>(), place);
        }

        Optional<Draft> get(String key) {
            return Optional.ofNullable(members.get(key));
        }

        /** The map under a key, made when there is none. */
        Fields fields(String key) {
            if (members.get(key) instanceof Fields known) {
                return known;
            }
            Fields made = new Fields(place);
            members.put(key, made);
            return made;
        }

        void put(String key, String text) {
            members.put(key, new Word(text, Kind.TEXT, false, place));
        }

        String text(String... path) {
            Draft at = this;
            for (String key : path) {
                Draft next = at instanceof Fields fields ? fields.members.get(key) : null;
                if (next == null) {
                    return "";
                }
                at = next;
            }
            return at instanceof Word word && word.kind != Kind.NULL ? word.text : "";
        }

        @Override
        public Fields copy() {
            Fields copy = new Fields(place);
            members.forEach((key, value) -> copy.members.put(key, value.copy()));
            return copy;
        }

        @Override
        public Node node() {
            List<Node.Entry> entries = new ArrayList<>();
            members.forEach((key, value) ->
                    entries.add(new Node.Entry(new Node.Scalar(key, Kind.TEXT, true, value.place()), value.node())));
            return new Node.Mapping(entries, place);
        }
    }

    /** A list. */
    record Items(List<Draft> elements, Place place) implements Draft {
        Items(Place place) {
            this(new ArrayList<>(), place);
        }

        @Override
        public Items copy() {
            Items copy = new Items(place);
            elements.forEach(element -> copy.elements.add(element.copy()));
            return copy;
        }

        @Override
        public Node node() {
            return new Node.Sequence(elements.stream().map(Draft::node).toList(), place);
        }
    }

    /** A single value. */
    record Word(String text, Kind kind, boolean isPlain, Place place) implements Draft {
        @Override
        public Word copy() {
            return this;
        }

        @Override
        public Node node() {
            return new Node.Scalar(text, kind, isPlain, place);
        }
    }

    static Draft of(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> new Word(scalar.text(), scalar.kind(), scalar.isPlain(), scalar.place());
            case Node.Sequence sequence -> {
                Items items = new Items(sequence.place());
                sequence.elements().forEach(element -> items.elements.add(of(element)));
                yield items;
            }
            case Node.Mapping mapping -> {
                Fields fields = new Fields(mapping.place());
                mapping.entries()
                        .forEach(entry -> fields.members.put(entry.key().text(), of(entry.value())));
                yield fields;
            }
        };
    }

    /** The same value as if it stood at another place: what a patch brings is shown where the patched object stands. */
    static Draft at(Draft value, Place place) {
        return switch (value) {
            case Word word -> new Word(word.text, word.kind, word.isPlain, place);
            case Items items -> {
                Items moved = new Items(place);
                items.elements.forEach(element -> moved.elements.add(at(element, place)));
                yield moved;
            }
            case Fields fields -> {
                Fields moved = new Fields(place);
                fields.members.forEach((key, element) -> moved.members.put(key, at(element, place)));
                yield moved;
            }
        };
    }

    default boolean isNull() {
        return this instanceof Word word && word.kind == Kind.NULL;
    }
}
