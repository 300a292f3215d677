package dev.holdfast.report.template;

import dev.holdfast.core.InputException;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.core.json.JsonValue.JsonNull;
import dev.holdfast.core.json.JsonValue.JsonNumber;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with places for the values of a JSON document. It can read nothing but that document, call nothing, and ends after a bounded number
 * of steps.
 *
 * <pre>
 * template = { text | "{{" tag "}}" } ;
 * tag      = path { "|" filter }                                            a value; nothing for one that is absent
 *          | "#each" path … [ "else" … ] "/each"                            for each element; else when there is none
 *          | "#if" path [ ( "==" | "!=" ) quoted ] … [ "else" … ] "/if"     when it is there, and not false, empty or 0
 *          | "!" comment ;
 * path     = name { "." name } ;                names are looked for in the element at hand, then in what is around it
 *          | "this" [ "." name … ] | "@index" | "@last"
 * filter   = "html" | "json" | "csv" | "url" | "upper" | "lower" | "length" | "cut" number ;
 * </pre>
 *
 * A tag of a block that stands alone on its line takes the line with it.
 */
public final class Template {
    /** Steps are elements of loops and values: a report of a million findings needs a few of them for each. */
    private static final long MOST_STEPS = 100_000_000;

    private static final int MOST_DEPTH = 16;

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /** What a template is made of. */
    private sealed interface Part {}

    private record Words(String text) implements Part {}

    private record Value(List<String> path, List<String> filters, int line) implements Part {}

    private record Each(List<String> path, List<Part> body, List<Part> otherwise) implements Part {}

    private record If(
            List<String> path, Optional<String> equal, boolean isNegated, List<Part> body, List<Part> otherwise)
            implements Part {}

    /** @throws InputException with the line of what is wrong */
    public static Template parse(String text) throws InputException {
        Parser parser = new Parser(text);
        List<Part> parts = parser.parts("", 0);
        return new Template(parts);
    }

    public void render(JsonValue document, OutputStream out) throws IOException, InputException {
        new Rendering(out).parts(parts, new Scope(document, Optional.empty(), 0, true));
    }

    /** The element at hand, and what is around it. */
    private record Scope(JsonValue value, Optional<Scope> outer, int index, boolean isLast) {
        JsonValue find(List<String> path) {
            String first = path.getFirst();
            if (first.equals("@index")) {
                return new JsonNumber(String.valueOf(index));
            }
            if (first.equals("@last")) {
                return new JsonValue.JsonBoolean(isLast);
            }
            if (first.equals("this")) {
                return value.at(path.subList(1, path.size()).toArray(new String[0]));
            }
            if (!value.get(first).isAbsent()) {
                return value.at(path.toArray(new String[0]));
            }
            return outer.isPresent() ? outer.get().find(path) : JsonNull.NULL;
        }
    }

    private static final class Rendering {
        private final OutputStream out;
        private long steps;

        Rendering(OutputStream out) {
            this.out = out;
        }

        private void parts(List<Part> parts, Scope scope) throws IOException, InputException {
            for (Part part : parts) {
                if (++steps > MOST_STEPS) {
                    throw new InputException(
                            InputException.Code.LIMIT,
                            "template: more than " + MOST_STEPS + " steps; loops nest too deeply");
                }
                switch (part) {
                    case Words words -> write(words.text());
                    case Value value -> write(filtered(scope.find(value.path()), value.filters()));
                    case Each each -> each(each, scope);
                    case If branch -> parts(holds(branch, scope) ? branch.body() : branch.otherwise(), scope);
                }
            }
        }

        private void each(Each each, Scope scope) throws IOException, InputException {
            List<JsonValue> elements = scope.find(each.path()).elements();
            if (elements.isEmpty()) {
                parts(each.otherwise(), scope);
            }
            for (int i = 0; i < elements.size(); i++) {
                parts(each.body(), new Scope(elements.get(i), Optional.of(scope), i, i == elements.size() - 1));
            }
        }

        private static boolean holds(If branch, Scope scope) {
            JsonValue value = scope.find(branch.path());
            if (branch.equal().isPresent()) {
                return value.scalar().orElse("").equals(branch.equal().get()) != branch.isNegated();
            }
            String text = value.scalar().orElse("");
            boolean isScalar = !text.isEmpty() && !text.equals("false") && !text.equals("0");
            return isScalar || !value.elements().isEmpty() || !value.members().isEmpty();
        }

        private static String filtered(JsonValue value, List<String> filters) {
            String text = value.scalar().orElse("");
            for (String filter : filters) {
                text = filter.equals("length")
                        ? String.valueOf(
                                value.elements().isEmpty()
                                        ? text.length()
                                        : value.elements().size())
                        : TemplateFilters.apply(filter, text);
            }
            return text;
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Reads the text from tag to tag. */
    private static final class Parser {
        private final String text;
        private int at;
        private boolean endsWithElse;

        Parser(String text) {
            this.text = text;
        }

        /** Parts up to the end of the block that is open; the whole text for none. */
        private List<Part> parts(String block, int depth) throws InputException {
            if (depth > MOST_DEPTH) {
                throw wrong("blocks nest deeper than " + MOST_DEPTH);
            }
            int begin = at;
            List<Part> parts = new ArrayList<>();
            while (true) {
                int open = text.indexOf("{{", at);
                if (open < 0) {
                    if (!block.isEmpty()) {
                        at = begin;
                        throw wrong("{{#" + block + "}} is not ended by {{/" + block + "}}");
                    }
                    parts.add(new Words(text.substring(at)));
                    at = text.length();
                    return parts;
                }
                int close = text.indexOf("}}", open);
                if (close < 0) {
                    at = open;
                    throw wrong("{{ without }}");
                }
                String tag = text.substring(open + 2, close).strip();
                boolean isBlock =
                        tag.startsWith("#") || tag.startsWith("/") || tag.startsWith("!") || tag.equals("else");
                parts.add(new Words(text.substring(at, isBlock ? lineStart(open, close) : open)));
                at = open;
                if (tag.startsWith("/") || tag.equals("else")) {
                    return ended(tag, block, parts, open, close);
                }
                Optional<Part> part = part(tag, open, close, depth);
                part.ifPresent(parts::add);
            }
        }

        private List<Part> ended(String tag, String block, List<Part> parts, int open, int close)
                throws InputException {
            endsWithElse = tag.equals("else");
            boolean isExpected = endsWithElse ? !block.isEmpty() : tag.equals("/" + block);
            if (!isExpected || block.isEmpty()) {
                throw wrong("{{" + tag + "}} ends nothing" + (block.isEmpty() ? "" : "; {{#" + block + "}} is open"));
            }
            at = lineEnd(open, close);
            return parts;
        }

        private Optional<Part> part(String tag, int open, int close, int depth) throws InputException {
            if (tag.startsWith("!")) {
                at = lineEnd(open, close);
                return Optional.empty();
            }
            if (!tag.startsWith("#")) {
                Part value = value(tag);
                at = close + 2;
                return Optional.of(value);
            }
            String[] words = tag.substring(1).split("\\s+", 4);
            if (!words[0].equals("each") && !words[0].equals("if") || words.length < 2) {
                throw wrong("no block {{" + tag + "}}; there are {{#each LIST}} and {{#if VALUE}}");
            }
            List<String> path = path(words[1]);
            Optional<String> equal = comparison(words, tag);
            at = lineEnd(open, close);
            List<Part> body = parts(words[0], depth + 1);
            List<Part> otherwise = endsWithElse ? parts(words[0], depth + 1) : List.of();
            return Optional.of(
                    words[0].equals("each")
                            ? new Each(path, body, otherwise)
                            : new If(path, equal, words.length > 2 && words[2].equals("!="), body, otherwise));
        }

        private Optional<String> comparison(String[] words, String tag) throws InputException {
            if (words.length == 2) {
                return Optional.empty();
            }
            boolean isComparison = words.length == 4
                    && words[0].equals("if")
                    && (words[2].equals("==") || words[2].equals("!="))
                    && words[3].length() >= 2
                    && words[3].startsWith("\"")
                    && words[3].endsWith("\"");
            if (!isComparison) {
                throw wrong("{{" + tag + "}}: expected {{#if VALUE == \"TEXT\"}}");
            }
            return Optional.of(words[3].substring(1, words[3].length() - 1));
        }

        private Part value(String tag) throws InputException {
            String[] words = tag.split("\\|", -1);
            List<String> filters = new ArrayList<>();
            for (int i = 1; i < words.length; i++) {
                String filter = words[i].strip();
                if (!TemplateFilters.knows(filter)) {
                    throw wrong("no filter \"" + filter + "\"; there are " + TemplateFilters.NAMES);
                }
                filters.add(filter);
            }
            return new Value(path(words[0].strip()), filters, line());
        }

        private List<String> path(String words) throws InputException {
            if (!words.matches("@?[A-Za-z_$][A-Za-z0-9_$-]*(\\.[A-Za-z0-9_$-]+)*")) {
                throw wrong("\"" + words + "\" is no name of a value");
            }
            return List.of(words.split("\\.", -1));
        }

        /** Where the text before a block's tag ends: at the beginning of the line, if nothing else is on it. */
        private int lineStart(int open, int close) {
            return isAlone(open, close) ? text.lastIndexOf('\n', open) + 1 : open;
        }

        private int lineEnd(int open, int close) {
            if (!isAlone(open, close)) {
                return close + 2;
            }
            int end = text.indexOf('\n', close);
            return end < 0 ? text.length() : end + 1;
        }

        private boolean isAlone(int open, int close) {
            int start = text.lastIndexOf('\n', open) + 1;
            int end = text.indexOf('\n', close);
            return text.substring(start, open).isBlank()
                    && text.substring(close + 2, end < 0 ? text.length() : end).isBlank();
        }

        private int line() {
            return 1
                    + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
        }

        private InputException wrong(String what) {
            return new InputException(InputException.Code.MALFORMED, "line " + line() + ": " + what);
        }
    }
}
