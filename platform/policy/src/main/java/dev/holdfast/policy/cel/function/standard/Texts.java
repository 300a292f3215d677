package dev.holdfast.policy.cel.function.standard;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Values;
import java.util.ArrayList;
import java.util.List;

/** Functions of texts. Places and lengths count code points. */
final class Texts {
    private static final Cost WALK = arguments -> Values.walking(Values.size(arguments[0]));
    private static final Cost ENDS = arguments -> Values.walking(Values.size(arguments[1]));
    private static final Cost SEARCH =
            arguments -> Values.walking(Values.size(arguments[0])) * Values.walking(Values.size(arguments[1]));
    private static final Cost JOIN = arguments -> 2 * Values.traversal(arguments[0])
            + Values.size(arguments[0]) * (arguments.length > 1 ? Values.walking(Values.size(arguments[1])) : 0);

    /** A text that grows beyond this is no message any more. */
    private static final int LONGEST = 16 << 20;

    private Texts() {}

    static void addTo(Library library) {
        library.member("contains", "string,string", "bool", SEARCH, a -> ((String) a[0]).contains((String) a[1]))
                .member("startsWith", "string,string", "bool", ENDS, a -> ((String) a[0]).startsWith((String) a[1]))
                .member("endsWith", "string,string", "bool", ENDS, a -> ((String) a[0]).endsWith((String) a[1]));
        library.member("charAt", "string,int", "string", Cost.ONE, a -> charAt((String) a[0], (Long) a[1]))
                .member("indexOf", "string,string", "int", Cost.ONE, a -> indexOf((String) a[0], (String) a[1], 0))
                .member(
                        "indexOf",
                        "string,string,int",
                        "int",
                        Cost.ONE,
                        a -> indexOf((String) a[0], (String) a[1], (Long) a[2]))
                .member(
                        "lastIndexOf",
                        "string,string",
                        "int",
                        Cost.ONE,
                        a -> lastIndexOf((String) a[0], (String) a[1], Values.size(a[0])))
                .member(
                        "lastIndexOf",
                        "string,string,int",
                        "int",
                        Cost.ONE,
                        a -> lastIndexOf((String) a[0], (String) a[1], (Long) a[2]));
        library.member("lowerAscii", "string", "string", WALK, a -> lower((String) a[0]))
                .member("upperAscii", "string", "string", WALK, a -> upper((String) a[0]))
                .member(
                        "trim",
                        "string",
                        "string",
                        WALK,
                        a -> ((String) a[0]).strip().isEmpty() ? "" : trim((String) a[0]));
        library.member(
                        "substring",
                        "string,int",
                        "string",
                        WALK,
                        a -> substring((String) a[0], (Long) a[1], Values.size(a[0])))
                .member(
                        "substring",
                        "string,int,int",
                        "string",
                        WALK,
                        a -> substring((String) a[0], (Long) a[1], (Long) a[2]));
        library.member(
                        "replace",
                        "string,string,string",
                        "string",
                        WALK,
                        a -> replace((String) a[0], (String) a[1], (String) a[2], -1))
                .member(
                        "replace",
                        "string,string,string,int",
                        "string",
                        WALK,
                        a -> replace((String) a[0], (String) a[1], (String) a[2], (Long) a[3]));
        library.member("split", "string,string", "list(string)", WALK, a -> split((String) a[0], (String) a[1], -1))
                .member(
                        "split",
                        "string,string,int",
                        "list(string)",
                        WALK,
                        a -> split((String) a[0], (String) a[1], (Long) a[2]));
        library.member("join", "list(string)", "string", JOIN, a -> join(Values.list(a[0]), ""))
                .member("join", "list(string),string", "string", JOIN, a -> join(Values.list(a[0]), (String) a[1]));
        library.member(
                        "format",
                        "string,list(dyn)",
                        "string",
                        WALK,
                        a -> TextFormat.format((String) a[0], Values.list(a[1])))
                .global("strings.quote", "string", "string", WALK, a -> quote((String) a[0]));
    }

    private static Fault outOfRange(long index) {
        return new Fault("index out of range: " + index);
    }

    private static String charAt(String text, long place) throws Fault {
        long size = Values.size(text);
        if (place < 0 || place > size) {
            throw outOfRange(place);
        }
        return place == size ? "" : substring(text, place, place + 1);
    }

    private static Long indexOf(String text, String wanted, long from) throws Fault {
        if (wanted.isEmpty()) {
            return from;
        }
        if (from < 0 || from >= Math.max(Values.size(text), 1)) {
            throw outOfRange(from);
        }
        int found = text.indexOf(wanted, text.offsetByCodePoints(0, (int) from));
        return found < 0 ? -1L : text.codePointCount(0, found);
    }

    private static Long lastIndexOf(String text, String wanted, long from) throws Fault {
        long size = Values.size(text);
        if (wanted.isEmpty()) {
            return from;
        }
        if (from < 0 || from > size) {
            throw outOfRange(from);
        }
        int found = text.lastIndexOf(wanted, text.offsetByCodePoints(0, (int) from));
        return found < 0 ? -1L : text.codePointCount(0, found);
    }

    private static String substring(String text, long start, long end) throws Fault {
        long size = Values.size(text);
        if (start < 0 || start > size) {
            throw outOfRange(start);
        }
        if (end < 0 || end > size) {
            throw outOfRange(end);
        }
        if (start > end) {
            throw new Fault("invalid substring range. start: " + start + ", end: " + end);
        }
        int from = text.offsetByCodePoints(0, (int) start);
        return text.substring(from, text.offsetByCodePoints(from, (int) (end - start)));
    }

    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }

    private static String upper(String text) {
        StringBuilder upper = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            upper.append(c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
        }
        return upper.toString();
    }

    /** Unicode's white space, of which Java's own notion leaves out the no-break kinds. */
    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) && !(c >= 0x1C && c <= 0x1F) || Character.isSpaceChar(c) || c == 0x85;
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String replace(String text, String old, String with, long most) throws Fault {
        long left = most < 0 ? Long.MAX_VALUE : most;
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        while (left > 0) {
            int found = old.isEmpty() ? nextBetween(text, at, replaced.isEmpty()) : text.indexOf(old, at);
            if (found < 0) {
                break;
            }
            append(replaced, text.substring(at, found));
            append(replaced, with);
            at = found + old.length();
            left--;
        }
        append(replaced, text.substring(at));
        return replaced.toString();
    }

    /** Where the next place between two characters is; the very first one is before all of them. */
    private static int nextBetween(String text, int at, boolean isFirst) {
        if (isFirst) {
            return 0;
        }
        return at >= text.length() ? -1 : text.offsetByCodePoints(at, 1);
    }

    private static void append(StringBuilder builder, String more) throws Fault {
        if (builder.length() + (long) more.length() > LONGEST) {
            throw new Fault("text grows beyond " + LONGEST + " characters");
        }
        builder.append(more);
    }

    private static List<Object> split(String text, String separator, long most) {
        List<Object> parts = new ArrayList<>();
        if (most == 0) {
            return parts;
        }
        long limit = most < 0 ? Long.MAX_VALUE : most;
        int at = 0;
        while (parts.size() + 1 < limit) {
            if (separator.isEmpty()) {
                if (at >= text.length() || text.offsetByCodePoints(at, 1) >= text.length()) {
                    break;
                }
                int next = text.offsetByCodePoints(at, 1);
                parts.add(text.substring(at, next));
                at = next;
                continue;
            }
            int found = text.indexOf(separator, at);
            if (found < 0) {
                break;
            }
            parts.add(text.substring(at, found));
            at = found + separator.length();
        }
        if (!separator.isEmpty() || at < text.length()) {
            parts.add(text.substring(at));
        }
        return parts;
    }

    private static String join(List<Object> list, String separator) throws Fault {
        StringBuilder joined = new StringBuilder();
        boolean isFirst = true;
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw Fault.noOverload();
            }
            append(joined, isFirst ? "" : separator);
            append(joined, text);
            isFirst = false;
        }
        return joined.toString();
    }

    /** The text as a literal. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int simple = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
            if (simple >= 0) {
                quoted.append('\\').append("abfnrtv\\\"".charAt(simple));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
