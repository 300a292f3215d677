package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.ANY;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.INT;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.core.text.GoText;
import dev.holdfast.manifest.template.Evaluation;
import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.GoFormat;
import dev.holdfast.manifest.template.TemplateFault;
import dev.holdfast.manifest.template.Trace;
import dev.holdfast.manifest.template.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Texts: cut, joined, indented, quoted. What keeps the order of the characters keeps what is known of their origin. */
final class TextFunctions {
    private TextFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("trim", (a, e) -> trimmed(Given.text(a, 0), TextFunctions::isSpace, true, true, e), STRING);
        table.add("trimAll", (a, e) -> trimmed(Given.text(a, 1), of(Given.text(a, 0)), true, true, e), STRING, STRING);
        table.alias("trimall", "trimAll");
        table.add("trimSuffix", (a, e) -> withoutSuffix(Given.text(a, 0), Given.text(a, 1), e), STRING, STRING);
        table.add("trimPrefix", (a, e) -> withoutPrefix(Given.text(a, 0), Given.text(a, 1), e), STRING, STRING);
        table.add("indent", (a, e) -> indented(Given.number(a, 0), Given.text(a, 1), "", e), INT, STRING);
        table.add("nindent", (a, e) -> indented(Given.number(a, 0), Given.text(a, 1), "\n", e), INT, STRING);
        table.add("trunc", (a, e) -> truncated(Given.number(a, 0), Given.text(a, 1), e), INT, STRING);
        table.add(
                "substr", (a, _) -> piece(Given.number(a, 0), Given.number(a, 1), Given.text(a, 2)), INT, INT, STRING);
        table.add("abbrev", (a, _) -> abbreviated(0, Given.number(a, 0), Given.text(a, 1)), INT, STRING);
        table.add(
                "abbrevboth",
                (a, _) -> abbreviated(Given.number(a, 0), Given.number(a, 1), Given.text(a, 2)),
                INT,
                INT,
                STRING);
        table.add("repeat", TextFunctions::repeated, INT, STRING);
        table.add("replace", TextFunctions::replaced, STRING, STRING, STRING);
        table.add("contains", (a, _) -> Given.text(a, 1).contains(Given.text(a, 0)), STRING, STRING);
        table.add("hasPrefix", (a, _) -> Given.text(a, 1).startsWith(Given.text(a, 0)), STRING, STRING);
        table.add("hasSuffix", (a, _) -> Given.text(a, 1).endsWith(Given.text(a, 0)), STRING, STRING);
        table.addVariadic("quote", (a, e) -> made(quoted(a), e), ANY);
        table.addVariadic("squote", (a, e) -> made(singleQuoted(a), e), ANY);
        table.addVariadic("cat", (a, e) -> made(joined(a), e), ANY);
        table.add("toString", (a, _) -> Given.words(a.getFirst()), ANY);
        table.add(
                "plural", (a, _) -> Given.number(a, 2) == 1 ? Given.text(a, 0) : Given.text(a, 1), STRING, STRING, INT);
        table.add(
                "wrap",
                (a, e) -> Wrapping.wrap(Given.text(a, 1), Given.number(a, 0), "", false, e.budget()),
                INT,
                STRING);
        table.add(
                "wrapWith",
                (a, e) -> Wrapping.wrap(Given.text(a, 2), Given.number(a, 0), Given.text(a, 1), true, e.budget()),
                INT,
                STRING,
                STRING);
        table.add("hello", (_, _) -> "Hello!");
        table.add("join", (a, e) -> made(String.join(Given.text(a, 0), Given.allWords(a.get(1))), e), STRING, ANY);
    }

    private static String made(String text, Evaluation evaluation) throws TemplateFault {
        evaluation.budget().make(text.length());
        return text;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == 0x85 || c == 0xA0 || c > 0x7F && Character.isSpaceChar(c);
    }

    private static IntPredicate of(String set) {
        return c -> set.indexOf(c) >= 0;
    }

    private static String trimmed(
            String text, IntPredicate isCut, boolean isLeft, boolean isRight, Evaluation evaluation) {
        int from = 0;
        int to = text.length();
        while (isLeft && from < to && isCut.test(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (isRight && to > from && isCut.test(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return piece(text, from, to, evaluation);
    }

    /** A piece of a text with what is known of it. */
    private static String piece(String text, int from, int to, Evaluation evaluation) {
        if (from == 0 && to == text.length()) {
            return text;
        }
        String piece = text.substring(from, to);
        Optional<Trace> trace = evaluation.provenance().trace(text);
        if (trace.isEmpty() || piece.isEmpty()) {
            return piece;
        }
        Trace.Builder kept = new Trace.Builder();
        kept.copy(0, trace.get(), from, to);
        return evaluation.provenance().traced(piece, kept.build());
    }

    private static String withoutSuffix(String suffix, String text, Evaluation evaluation) {
        return text.endsWith(suffix) ? piece(text, 0, text.length() - suffix.length(), evaluation) : text;
    }

    private static String withoutPrefix(String prefix, String text, Evaluation evaluation) {
        return text.startsWith(prefix) ? piece(text, prefix.length(), text.length(), evaluation) : text;
    }

    private static String indented(int width, String text, String before, Evaluation evaluation) throws TemplateFault {
        if (width < 0) {
            throw TemplateFault.of("strings: negative Repeat count");
        }
        long breaks = text.chars().filter(c -> c == '\n').count() + 1;
        evaluation.budget().make(text.length() + breaks * width);
        Optional<Trace> trace = evaluation.provenance().trace(text);
        Trace.Builder moved = new Trace.Builder();
        StringBuilder out = new StringBuilder(before);
        int at = 0;
        while (true) {
            int next = text.indexOf('\n', at);
            int end = next < 0 ? text.length() : next + 1;
            if (trace.isPresent() && end > at) {
                moved.mark(
                        out.length() == before.length() ? 0 : out.length(),
                        trace.get().at(at).asStart());
            }
            out.repeat(' ', width);
            if (trace.isPresent()) {
                moved.copy(out.length(), trace.get(), at, end);
            }
            out.append(text, at, end);
            if (next < 0) {
                break;
            }
            at = end;
        }
        return trace.isPresent() && !moved.isEmpty()
                ? evaluation.provenance().traced(out.toString(), moved.build())
                : out.toString();
    }

    private static String truncated(int most, String text, Evaluation evaluation) {
        int length = Values.length(text);
        if (most < 0 && length + most > 0) {
            return Values.bytes(text, length + most, length);
        }
        if (most >= 0 && length > most) {
            return length == text.length() ? piece(text, 0, most, evaluation) : Values.bytes(text, 0, most);
        }
        return text;
    }

    private static String piece(int from, int to, String text) throws TemplateFault {
        int length = Values.length(text);
        int start = from < 0 ? 0 : from;
        int end = from >= 0 && (to < 0 || to > length) ? length : to;
        if (start > end || end > length || end < 0) {
            throw TemplateFault.of("runtime error: slice bounds out of range");
        }
        return Values.bytes(text, start, end);
    }

    /** As goutils abbreviates: three dots on the right, and on the left too where the offset asks for it. */
    private static String abbreviated(int left, int width, String text) {
        int length = text.length();
        if (width < 4 || left > 0 && width < 7 || length <= width) {
            return text;
        }
        int offset = Math.min(left, length);
        if (length - offset < width - 3) {
            offset = length - (width - 3);
        }
        if (offset <= 4) {
            return text.substring(0, width - 3) + "...";
        }
        return offset + width - 3 < length
                ? "..." + abbreviated(0, width - 3, text.substring(offset))
                : "..." + text.substring(length - (width - 3));
    }

    private static String repeated(List<@Nullable Object> arguments, Evaluation evaluation) throws TemplateFault {
        int count = Given.number(arguments, 0);
        if (count < 0) {
            throw TemplateFault.of("strings: negative Repeat count");
        }
        String text = Given.text(arguments, 1);
        evaluation.budget().make((long) count * text.length());
        return text.repeat(count);
    }

    private static String replaced(List<@Nullable Object> arguments, Evaluation evaluation) throws TemplateFault {
        String old = Given.text(arguments, 0);
        String other = Given.text(arguments, 1);
        String text = Given.text(arguments, 2);
        if (!old.isEmpty() && !text.contains(old)) {
            return text;
        }
        evaluation
                .budget()
                .make(text.length() + (long) other.length() * (text.length() / Math.max(1, old.length()) + 1));
        if (!old.isEmpty()) {
            return text.replace(old, other);
        }
        StringBuilder out = new StringBuilder(other);
        text.codePoints().forEach(c -> out.appendCodePoint(c).append(other));
        return out.toString();
    }

    private static String quoted(List<@Nullable Object> values) {
        List<String> out = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                out.add(GoText.quoted(Given.words(value)));
            }
        }
        return String.join(" ", out);
    }

    private static String singleQuoted(List<@Nullable Object> values) {
        List<String> out = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                out.add("'" + GoFormat.text(value) + "'");
            }
        }
        return String.join(" ", out);
    }

    private static String joined(List<@Nullable Object> values) {
        List<String> out = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                out.add(GoFormat.text(value));
            }
        }
        return String.join(" ", out);
    }
}
