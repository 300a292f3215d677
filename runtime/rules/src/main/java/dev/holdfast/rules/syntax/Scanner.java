package dev.holdfast.rules.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Takes tokens from a text, from left to right; a method that says {@code false} has taken nothing. */
final class Scanner {
    /** How much of a wrong escape a message shows. */
    private static final int SHOWN = 40;

    private final String text;
    private int at;
    private String last = "";

    Scanner(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at == text.length();
    }

    /** The token that was taken last, with escapes resolved. */
    String last() {
        return last;
    }

    /** Skips blanks; whether there were any. */
    boolean blanks() {
        int start = at;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\b';
    }

    /** Whether the character separates bare values, as {@code [[:space:]]} does. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    boolean take(String token) {
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        last = token;
        return true;
    }

    /** A word and one blank. */
    boolean takeWithBlank(String word) {
        int end = at + word.length();
        if (!text.startsWith(word, at) || end == text.length() || !isSpace(text.charAt(end))) {
            return false;
        }
        at = end + 1;
        last = word;
        return true;
    }

    /** A word that stands before a parenthesis, which is left. */
    boolean takeBeforeParenthesis(String word) {
        int end = at + word.length();
        if (!text.startsWith(word, at)) {
            return false;
        }
        while (end < text.length() && isBlank(text.charAt(end))) {
            end++;
        }
        if (end == text.length() || text.charAt(end) != '(') {
            return false;
        }
        at = end;
        last = word;
        return true;
    }

    boolean identifier() {
        return takeTo(identifierEnd(at));
    }

    /** Words that are joined by dots, at least two. */
    boolean fieldName() {
        int end = identifierEnd(at);
        int whole = at;
        while (end > at && end < text.length() && text.charAt(end) == '.') {
            int next = identifierEnd(end + 1);
            if (next == end + 1) {
                break;
            }
            end = next;
            whole = end;
        }
        return takeTo(whole);
    }

    private int identifierEnd(int start) {
        int end = start;
        while (end < text.length() && (isLetter(text.charAt(end)) || (end > start && isWordPart(text.charAt(end))))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }

    boolean bare() {
        int end = at;
        while (end < text.length() && "()\"'=,".indexOf(text.charAt(end)) < 0 && !isSpace(text.charAt(end))) {
            end++;
        }
        return takeTo(end);
    }

    boolean bareArgument() {
        int end = at;
        while (end < text.length() && "[]\"'".indexOf(text.charAt(end)) < 0 && !isSpace(text.charAt(end))) {
            end++;
        }
        return takeTo(end);
    }

    boolean hexadecimal() {
        if (!text.startsWith("0x", at) && !text.startsWith("0X", at)) {
            return false;
        }
        int end = at + 2;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        return end > at + 2 && takeTo(end);
    }

    /** An optional sign, digits, an optional fraction and an optional exponent, which has a sign. */
    boolean number() {
        int start = at < text.length() && "+-".indexOf(text.charAt(at)) >= 0 ? at + 1 : at;
        int end = digits(start);
        if (end == start) {
            return false;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(end + 1);
        }
        if (end + 1 < text.length()
                && "eE".indexOf(text.charAt(end)) >= 0
                && "+-".indexOf(text.charAt(end + 1)) >= 0
                && digits(end + 2) > end + 2) {
            end = digits(end + 2);
        }
        return takeTo(end);
    }

    private int digits(int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean takeTo(int end) {
        if (end == at) {
            return false;
        }
        last = text.substring(at, end);
        at = end;
        return true;
    }

    /**
     * A text in quotes. Where the closing quote is, is told in two ways: by escapes read from the left, and as the language always did, by
     * the character before the quote being no backslash. The first one holds when what follows can follow a value.
     */
    boolean quoted() throws SyntaxException {
        if (at == text.length() || "'\"".indexOf(text.charAt(at)) < 0) {
            return false;
        }
        int end = end(true);
        if (end < 0 || (end + 1 < text.length() && !isValueEnd(text.charAt(end + 1)))) {
            end = end(false);
        }
        if (end < 0) {
            return false;
        }
        last = unescaped(at, end);
        at = end + 1;
        return true;
    }

    private static boolean isValueEnd(char c) {
        return isSpace(c) || c == ')' || c == ',' || c == ']';
    }

    /** The place of the closing quote; -1 when there is none. */
    private int end(boolean isEscapeAware) {
        char quote = text.charAt(at);
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isEscapeAware && c == '\\') {
                i++;
            } else if (c == quote && text.charAt(i - 1) != '\\') {
                return i;
            } else if (c == quote && isEscapeAware) {
                return i;
            }
        }
        return -1;
    }

    private String unescaped(int start, int end) throws SyntaxException {
        StringBuilder value = new StringBuilder(end - start);
        char quote = text.charAt(start);
        for (int i = start + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                value.append(c);
            } else if (++i < end && text.charAt(i) == 'x') {
                i = bytes(i - 1, end, value) - 1;
            } else if (i < end) {
                value.append(escape(text.charAt(i), quote, i));
            }
        }
        return value.toString();
    }

    /** Appends what a run of bytes in hexadecimal says in UTF-8, such as {@code \xc3\xa9}; where the run ends. */
    private int bytes(int start, int end, StringBuilder value) throws SyntaxException {
        int next = start;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (next + 3 < end
                && text.startsWith("\\x", next)
                && HexFormat.isHexDigit(text.charAt(next + 2))
                && HexFormat.isHexDigit(text.charAt(next + 3))) {
            bytes.write(HexFormat.fromHexDigits(text, next + 2, next + 4));
            next += 4;
        }
        if (next == start) {
            throw new SyntaxException(
                    "unsupported string escape sequence: \\x without two hexadecimal digits", start + 1);
        }
        try {
            value.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())));
        } catch (CharacterCodingException noText) {
            throw new SyntaxException(
                    "unsupported string escape sequence: "
                            + text.substring(start, Math.min(next, start + SHOWN))
                            + " is no UTF-8; bcontains and bstartswith compare any bytes",
                    start + 1);
        }
        return next;
    }

    private static char escape(char c, char quote, int at) throws SyntaxException {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case ' ', '\\' -> '\\'; // rules in the wild write a backslash and a blank for a backslash
            case '/' -> '/';
            case '"', '\'' -> {
                if (c != quote) {
                    throw new SyntaxException("invalid \\" + c + " escape in " + quote + "-quoted string", at);
                }
                yield c;
            }
            default -> throw new SyntaxException("unsupported string escape sequence: \\" + c, at);
        };
    }

    /** What a text in quotes says; the text itself when its escapes are none. */
    static String unquoted(String quoted) {
        Scanner scanner = new Scanner(quoted);
        try {
            return scanner.quoted() && scanner.isAtEnd() ? scanner.last() : quoted;
        } catch (SyntaxException noEscapes) {
            return quoted;
        }
    }
}
