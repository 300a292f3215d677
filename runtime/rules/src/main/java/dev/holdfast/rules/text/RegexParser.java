package dev.holdfast.rules.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads extended regular expressions as POSIX has them (IEEE 1003.1, 9.4), without back references and equivalence classes:
 *
 * <pre>
 * choice = chain { "|" chain }
 * chain  = { part [ "*" | "+" | "?" | "{" n [ "," [ m ] ] "}" ] }
 * part   = "(" [ "?:" ] choice ")" | "[" [ "^" ] set "]" | "." | "^" | "$" | "\" escape | character
 * set    = members: a character, a range a-z, a class [:alpha:], an escape; "]" stands for itself as the first one
 * escape = d D s S w W (as in Perl), a f n r t v, x and two hexadecimal digits, or any sign for itself
 * </pre>
 *
 * <p>A brace that begins no repetition stands for itself. Groups nest {@link #MOST_DEPTH} levels, repetitions count to {@link #MOST_TIMES}.
 */
final class RegexParser {
    private static final int MOST_DEPTH = 100;
    /** What RE2 allows. */
    private static final int MOST_TIMES = 1_000;

    private final String text;
    private int at;
    private int depth;

    RegexParser(String text) {
        this.text = text;
    }

    RegexNode parse() throws PatternException {
        RegexNode node = choice();
        if (at < text.length()) {
            throw new PatternException("unexpected ): " + text);
        }
        return node;
    }

    private RegexNode choice() throws PatternException {
        if (++depth > MOST_DEPTH) {
            throw new PatternException("groups nest deeper than " + MOST_DEPTH + " levels");
        }
        List<RegexNode> parts = new ArrayList<>();
        parts.add(chain());
        while (take('|')) {
            parts.add(chain());
        }
        depth--;
        return parts.size() == 1 ? parts.getFirst() : new RegexNode.Choice(List.copyOf(parts));
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private RegexNode chain() throws PatternException {
        List<RegexNode> parts = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            parts.add(repeated(part()));
        }
        return new RegexNode.Chain(List.copyOf(parts));
    }

    private RegexNode repeated(RegexNode part) throws PatternException {
        RegexNode node = part;
        int times = 0;
        while (at < text.length()) {
            int start = at;
            if (take('*')) {
                node = new RegexNode.Repeat(node, 0, -1);
            } else if (take('+')) {
                node = new RegexNode.Repeat(node, 1, -1);
            } else if (take('?')) {
                node = new RegexNode.Repeat(node, 0, 1);
            } else if (text.charAt(at) == '{') {
                RegexNode counted = counted(node);
                if (at == start) {
                    return node;
                }
                node = counted;
            } else {
                return node;
            }
            if (++times > 1) {
                throw new PatternException("bad repetition operator: " + text.substring(start - 1, at));
            }
        }
        return node;
    }

    /** The node repeated as the braces say; the node itself, and nothing taken, when they are no repetition. */
    private RegexNode counted(RegexNode node) throws PatternException {
        int close = text.indexOf('}', at);
        if (close < 0) {
            return node;
        }
        String inner = text.substring(at + 1, close);
        int comma = inner.indexOf(',');
        int least = number(comma < 0 ? inner : inner.substring(0, comma));
        int most = comma < 0 ? least : comma == inner.length() - 1 ? -1 : number(inner.substring(comma + 1));
        if (least < 0 || most == -2) {
            return node;
        }
        if (least > MOST_TIMES || most > MOST_TIMES || (most >= 0 && most < least)) {
            throw new PatternException("bad repetition operator: {" + inner + "}");
        }
        at = close + 1;
        return new RegexNode.Repeat(node, least, most);
    }

    /** The number that the digits are; -2 when they are none, and a large number for a larger one. */
    private static int number(String digits) {
        if (digits.isEmpty()) {
            return -2;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return -2;
            }
            number = Math.min(number * 10 + (digit - '0'), MOST_TIMES + 1);
        }
        return number;
    }

    private RegexNode part() throws PatternException {
        char c = text.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> new RegexNode.One(set());
            case '.' -> new RegexNode.One(CharSet.ANY);
            case '^' -> new RegexNode.Begin();
            case '$' -> new RegexNode.End();
            case '\\' -> new RegexNode.One(escape());
            case '*', '+', '?' -> throw new PatternException("no argument for repetition operator: " + c);
            default -> new RegexNode.One(CharSet.of(c));
        };
    }

    private RegexNode group() throws PatternException {
        if (text.startsWith("?:", at)) {
            at += 2;
        }
        RegexNode inner = choice();
        if (!take(')')) {
            throw new PatternException("missing ): " + text);
        }
        return inner;
    }

    private CharSet escape() throws PatternException {
        if (at == text.length()) {
            throw new PatternException("trailing \\ at end of expression: " + text);
        }
        char c = text.charAt(at++);
        CharSet perl = CharSet.perl(c);
        if (perl.ranges().length > 0) {
            return perl;
        }
        return CharSet.of(literal(c));
    }

    private char literal(char c) throws PatternException {
        return switch (c) {
            case 'a' -> '\u0007';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000b';
            case 'x' -> {
                if (at + 2 > text.length()
                        || Character.digit(text.charAt(at), 16) < 0
                        || Character.digit(text.charAt(at + 1), 16) < 0) {
                    throw new PatternException("invalid escape sequence: \\x");
                }
                at += 2;
                yield (char) Integer.parseInt(text.substring(at - 2, at), 16);
            }
            default -> {
                if (Character.isLetterOrDigit(c)) {
                    throw new PatternException("invalid escape sequence: \\" + c);
                }
                yield c;
            }
        };
    }

    private CharSet set() throws PatternException {
        boolean isNegated = take('^');
        char[] ranges = new char[8];
        int size = 0;
        boolean isFirst = true;
        while (isFirst || at == text.length() || text.charAt(at) != ']') {
            if (at == text.length()) {
                throw new PatternException("missing ]: " + text);
            }
            isFirst = false;
            char[] more = member();
            ranges = Arrays.copyOf(ranges, Math.max(ranges.length, 2 * (size + more.length)));
            System.arraycopy(more, 0, ranges, size, more.length);
            size += more.length;
        }
        at++;
        return new CharSet(Arrays.copyOf(ranges, size), isNegated);
    }

    /** The ranges of the next member of a set. */
    private char[] member() throws PatternException {
        if (text.startsWith("[:", at)) {
            int close = text.indexOf(":]", at + 2);
            char[] named = close < 0 ? new char[0] : CharSet.posix(text.substring(at + 2, close));
            if (named.length == 0) {
                throw new PatternException("invalid character class range: " + text.substring(at));
            }
            at = close + 2;
            return named;
        }
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
            CharSet perl = CharSet.perl(text.charAt(at + 1));
            if (perl.ranges().length > 0 && !perl.isNegated()) {
                at += 2;
                return perl.ranges();
            }
        }
        char first = setCharacter();
        char last = first;
        if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
            at++;
            last = setCharacter();
        }
        if (last < first) {
            throw new PatternException("invalid character class range: " + first + "-" + last);
        }
        return new char[] {first, last};
    }

    private char setCharacter() throws PatternException {
        char c = text.charAt(at++);
        if (c == '\\' && at < text.length()) {
            return literal(text.charAt(at++));
        }
        return c;
    }
}
