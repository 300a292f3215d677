package dev.holdfast.rules.load;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.ListValue;
import dev.holdfast.rules.syntax.Modifier;
import dev.holdfast.rules.syntax.Right;
import dev.holdfast.rules.syntax.SyntaxException;
import dev.holdfast.rules.syntax.Word;
import dev.holdfast.rules.text.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts lists and macros where they are named. A list may name lists that were defined before it, a macro macros that were; a name that leads
 * back to itself is an error for a macro, and a plain text for a list.
 *
 * <p>Bounds: {@link #MOST_DEPTH} names inside of each other, and {@link #MOST_WEIGHT} checks and values in all rules together, because a name
 * in a name in a name multiplies.
 */
final class Resolver {
    private static final int MOST_DEPTH = 100;
    /** How deep the parts of a condition may nest once its macros are put in; walks along a tree need a stack. */
    private static final int MOST_NESTING = 500;
    /** The shipped rules have 30,000. */
    static final long MOST_WEIGHT = 2_000_000;

    /** A name that stands for nothing, or for too much. */
    static final class UnresolvedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean isSilent;
        private final int at;

        private UnresolvedException(String message, boolean isSilent, int at) {
            super(message, null, false, false);
            this.isSilent = isSilent;
            this.at = at;
        }

        /** Where in the text that names it. */
        int at() {
            return at;
        }

        /** Whether somebody has been told already. */
        boolean isSilent() {
            return isSilent;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private final Collected collected;
    private final Map<String, Condition> parsed;
    private final Map<String, List<Word>> lists = new HashMap<>();
    private final Map<String, Condition> macros = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> usedLists = new HashSet<>();
    private final Set<String> usedMacros = new HashSet<>();
    private final Extents extents = new Extents();
    private long weight;

    /** @param parsed the conditions of those macros that follow the grammar */
    Resolver(Collected collected, Map<String, Condition> parsed) {
        this.collected = collected;
        this.parsed = parsed;
    }

    boolean isUsedList(String name) {
        return usedLists.contains(name);
    }

    boolean isUsedMacro(String name) {
        return usedMacros.contains(name);
    }

    /** The values of a list, with those of the lists that it names. */
    List<Word> list(String name) throws UnresolvedException {
        List<Word> known = lists.get(name);
        if (known != null) {
            return known;
        }
        enter("list " + name);
        ListItem list = Objects.requireNonNull(collected.lists.get(name), name);
        List<Word> words = new ArrayList<>();
        for (Node.Scalar item : list.items) {
            if (collected.isVisible(item.text(), list)) {
                usedLists.add(item.text());
                if (!open.contains("list " + item.text())) {
                    words.addAll(list(item.text()));
                    weigh(words.size());
                    continue;
                }
            }
            words.addAll(ListValue.words(item.text(), 0));
        }
        open.remove("list " + name);
        lists.put(name, List.copyOf(words));
        return words;
    }

    private void enter(String name) throws UnresolvedException {
        if (open.size() >= MOST_DEPTH) {
            open.clear();
            throw new UnresolvedException(
                    "lists and macros name each other more than " + MOST_DEPTH + " levels deep", false, 0);
        }
        open.add(name);
    }

    private void weigh(long more) throws UnresolvedException {
        weight += more;
        if (weight > MOST_WEIGHT) {
            open.clear();
            throw new UnresolvedException("with its lists and macros it grows beyond what is sensible", false, 0);
        }
    }

    /** What a macro stands for. */
    Condition macro(String name) throws UnresolvedException, SyntaxException {
        Condition known = macros.get(name);
        if (known != null) {
            return known;
        }
        Condition written = parsed.get(name);
        if (written == null) {
            throw new UnresolvedException("the macro '" + name + "' is broken", true, 0);
        }
        MacroItem macro = Objects.requireNonNull(collected.macros.get(name), name);
        enter("macro " + name);
        try {
            Condition resolved = resolve(written, macro.visibility);
            if (extents.macro(name, resolved).depth() > MOST_NESTING) {
                throw new UnresolvedException(
                        "with its macros it nests more than " + MOST_NESTING + " levels deep", false, 0);
            }
            macros.put(name, resolved);
            return resolved;
        } finally {
            open.remove("macro " + name);
        }
    }

    /** The condition of a rule, which may name everything. */
    Condition resolve(Condition condition) throws UnresolvedException, SyntaxException {
        open.clear();
        return resolve(condition, Integer.MAX_VALUE);
    }

    private Condition resolve(Condition condition, int visibility) throws UnresolvedException, SyntaxException {
        return switch (condition) {
            case Condition.And and -> new Condition.And(resolved(and.parts(), visibility), and.at());
            case Condition.Or or -> new Condition.Or(resolved(or.parts(), visibility), or.at());
            case Condition.Not not -> new Condition.Not(resolve(not.part(), visibility), not.at());
            case Condition.MacroName name -> named(name, visibility);
            case Condition.Macro macro ->
                new Condition.Macro(macro.name(), resolve(macro.body(), visibility), macro.at());
            case Condition.Exists exists -> {
                weigh(1);
                yield exists;
            }
            case Condition.Comparison comparison -> {
                weigh(1);
                yield new Condition.Comparison(
                        comparison.left(),
                        comparison.operator(),
                        comparison.modifier(),
                        resolved(comparison),
                        comparison.at());
            }
        };
    }

    private List<Condition> resolved(List<Condition> parts, int visibility)
            throws UnresolvedException, SyntaxException {
        List<Condition> resolved = new ArrayList<>(parts.size());
        for (Condition part : parts) {
            resolved.add(resolve(part, visibility));
        }
        return resolved;
    }

    private Condition named(Condition.MacroName name, int visibility) throws UnresolvedException, SyntaxException {
        MacroItem macro = collected.macros.get(name.name());
        if (macro == null || macro.index >= visibility) {
            if (!open.contains("macro " + name.name())) {
                usedMacros.add(name.name());
            }
            boolean isBroken = macro == null && collected.broken.contains("macro " + name.name());
            throw new UnresolvedException(
                    "Undefined macro '" + name.name() + "' used in filter." + hint(name.name(), macro, visibility),
                    isBroken,
                    name.at());
        }
        if (open.contains("macro " + name.name())) {
            throw new UnresolvedException("reference loop in macro '" + name.name() + "'", false, name.at());
        }
        usedMacros.add(name.name());
        Condition body = macro(name.name());
        weigh(extents.macro(name.name()).weight());
        return new Condition.Macro(name.name(), body, name.at());
    }

    private String hint(String name, @Nullable MacroItem macro, int visibility) {
        if (open.contains("macro " + name)) {
            return " It is what is being defined here.";
        }
        if (macro != null) {
            return " It is defined later; macros see what stands before them.";
        }
        if (collected.lists.containsKey(name)) {
            return " It is a list: FIELD in (" + name + ")";
        }
        return Nearest.of(
                        name,
                        collected.macros.values().stream()
                                .filter(other -> other.index < visibility)
                                .map(other -> other.name)
                                .toList())
                .map(near -> " Did you mean " + near + "?")
                .orElse("");
    }

    private Right resolved(Condition.Comparison comparison) throws UnresolvedException, SyntaxException {
        return switch (comparison.right()) {
            case Right.Computed computed -> computed;
            case Right.One one -> one(one);
            case Right.Many many -> {
                List<Word> words = words(many.words());
                weigh(words.size());
                if (comparison.modifier() == Modifier.NONE || !words.isEmpty()) {
                    yield new Right.Many(words, many.at());
                }
                yield many.words().isEmpty() ? many : new Right.Many(List.of(), many.at());
            }
        };
    }

    /** A list where one value stands has to have exactly one. */
    private Right one(Right.One one) throws UnresolvedException, SyntaxException {
        Word word = one.word();
        if (!word.isBare() || !collected.lists.containsKey(word.text())) {
            return one;
        }
        usedLists.add(word.text());
        List<Word> words = list(word.text());
        if (words.size() != 1) {
            throw new SyntaxException(
                    "list '" + word.text() + "' has " + words.size()
                            + " items where one value stands; compare with lists by 'in', 'intersects' or 'pmatch',"
                            + " in parentheses: in (" + word.text() + ")",
                    word.at());
        }
        return new Right.One(new Word(words.getFirst().text(), false, word.at()));
    }

    private List<Word> words(List<Word> written) throws UnresolvedException {
        List<Word> words = new ArrayList<>(written.size());
        for (Word word : written) {
            if (word.isBare() && collected.lists.containsKey(word.text())) {
                usedLists.add(word.text());
                for (Word value : list(word.text())) {
                    words.add(new Word(value.text(), value.isBare(), word.at()));
                }
            } else {
                words.add(word);
            }
        }
        return words;
    }
}
