package dev.holdfast.policy.cel.parse;

import dev.holdfast.policy.cel.parse.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts an expression into words, as the grammar of cel-go does:
 *
 * <pre>
 * FLOAT  = DIGIT+ "." DIGIT+ EXPONENT? | DIGIT+ EXPONENT | "." DIGIT+ EXPONENT? ;
 * INT    = DIGIT+ | "0x" HEX+ ;      UINT = INT ( "u" | "U" ) ;
 * STRING = ( "r" | "R" )? ( '"' … '"' | "'" … "'" | '"""' … '"""' | "'''" … "'''" ) ;
 * BYTES  = ( "b" | "B" ) STRING ;
 * NAME   = ( LETTER | "_" ) ( LETTER | DIGIT | "_" )* ;      QUOTED_NAME = "`" ( LETTER | DIGIT | "_" | "." | "-" | "/" | " " )+ "`" ;
 * </pre>
 *
 * What is none of these is an issue, and cutting goes on behind it.
 */
final class Lexer {
    private static final List<String> OPERATORS = List.of(
            "==", "!=", "<=", ">=", "&&", "||", "<", ">", "[", "]", "{", "}", "(", ")", ".", ",", "-", "!", "?", ":",
            "+", "*", "/", "%");
    private static final Set<String> WORDS = Set.of("in", "true", "false", "null");

    private final int[] points;
    private final List<Issue> issues;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(int[] points, List<Issue> issues) {
        this.points = points;
        this.issues = issues;
    }

    static List<Token> tokens(int[] points, List<Issue> issues) {
        Lexer lexer = new Lexer(points, issues);
        while (lexer.at < points.length) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Kind.END, "", points.length));
        return lexer.tokens;
    }

    private int peek(int ahead) {
        return at + ahead < points.length ? points[at + ahead] : -1;
    }

    private void next() {
        int c = points[at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f') {
            at++;
        } else if (c == '/' && peek(1) == '/') {
            while (at < points.length && points[at] != '\n') {
                at++;
            }
        } else if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            number();
        } else if (!quoted() && !name() && !quotedName() && !operator()) {
            unknown();
        }
    }

    private void add(Kind kind, int end) {
        tokens.add(new Token(kind, text(at, end), at));
        at = end;
    }

    private String text(int from, int to) {
        return new String(points, from, to - from);
    }

    private void number() {
        int end = at;
        if (points[at] == '0' && peek(1) == 'x' && isHex(peek(2))) {
            end += 2;
            while (end < points.length && isHex(points[end])) {
                end++;
            }
            integer(end);
            return;
        }
        end = digits(end);
        boolean isFloat = false;
        if (end + 1 < points.length && points[end] == '.' && isDigit(points[end + 1])) {
            isFloat = true;
            end = digits(end + 1);
        }
        int exponent = exponent(end);
        if (exponent > end) {
            add(Kind.FLOAT, exponent);
        } else if (isFloat) {
            add(Kind.FLOAT, end);
        } else {
            integer(end);
        }
    }

    private void integer(int end) {
        boolean isUnsigned = end < points.length && (points[end] == 'u' || points[end] == 'U');
        add(isUnsigned ? Kind.UINT : Kind.INT, isUnsigned ? end + 1 : end);
    }

    private int digits(int from) {
        int end = from;
        while (end < points.length && isDigit(points[end])) {
            end++;
        }
        return end;
    }

    /** The end of an exponent that begins here, or the same place when there is none. */
    private int exponent(int from) {
        if (from >= points.length || points[from] != 'e' && points[from] != 'E') {
            return from;
        }
        int end = from + 1;
        if (end < points.length && (points[end] == '+' || points[end] == '-')) {
            end++;
        }
        int last = digits(end);
        return last > end ? last : from;
    }

    private boolean quoted() {
        int quote = at;
        boolean isRaw = false;
        boolean isBytes = false;
        while (quote < points.length && quote - at < 2) {
            int c = points[quote];
            if ((c == 'r' || c == 'R') && !isRaw) {
                isRaw = true;
            } else if ((c == 'b' || c == 'B') && !isBytes && !isRaw) {
                isBytes = true;
            } else {
                break;
            }
            quote++;
        }
        if (quote >= points.length || points[quote] != '"' && points[quote] != '\'') {
            return false;
        }
        int end = closing(quote, isRaw);
        if (end < 0) {
            return false;
        }
        add(isBytes ? Kind.BYTES : Kind.STRING, end);
        return true;
    }

    /** The end of a quoted text, or -1 when it does not end. */
    private int closing(int open, boolean isRaw) {
        int quote = points[open];
        boolean isTriple = open + 2 < points.length && points[open + 1] == quote && points[open + 2] == quote;
        int i = open + (isTriple ? 3 : 1);
        while (i < points.length) {
            int c = points[i];
            if (c == '\\' && !isRaw) {
                i += 2;
            } else if (c == quote && (!isTriple || isTripleAt(i, quote))) {
                return i + (isTriple ? 3 : 1);
            } else if (!isTriple && (c == '\n' || c == '\r')) {
                return -1;
            } else {
                i++;
            }
        }
        return -1;
    }

    private boolean isTripleAt(int i, int quote) {
        return i + 2 < points.length && points[i + 1] == quote && points[i + 2] == quote;
    }

    private boolean name() {
        if (!isLetter(points[at])) {
            return false;
        }
        int end = at;
        while (end < points.length && (isLetter(points[end]) || isDigit(points[end]))) {
            end++;
        }
        add(WORDS.contains(text(at, end)) ? Kind.OPERATOR : Kind.NAME, end);
        return true;
    }

    private boolean quotedName() {
        if (points[at] != '`') {
            return false;
        }
        int end = at + 1;
        while (end < points.length
                && (isLetter(points[end]) || isDigit(points[end]) || "./- ".indexOf(points[end]) >= 0)) {
            end++;
        }
        if (end == at + 1 || end >= points.length || points[end] != '`') {
            return false;
        }
        tokens.add(new Token(Kind.QUOTED_NAME, text(at + 1, end), at));
        at = end + 1;
        return true;
    }

    private boolean operator() {
        for (String operator : OPERATORS) {
            boolean isHere =
                    points[at] == operator.charAt(0) && (operator.length() == 1 || peek(1) == operator.charAt(1));
            if (isHere) {
                add(Kind.OPERATOR, at + operator.length());
                return true;
            }
        }
        return false;
    }

    /** A quote that does not end takes the rest of the line with it; anything else one character. */
    private void unknown() {
        int end = at + 1;
        if (points[at] == '"' || points[at] == '\'') {
            while (end < points.length && points[end] != '\n' && points[end] != '\r') {
                end++;
            }
        } else if ((points[at] == '=' || points[at] == '&' || points[at] == '|') && end < points.length) {
            end++; // the word that was hoped for has one character more
        }
        String shown = new Token(Kind.NAME, text(at, end), at).shown();
        issues.add(new Issue(at, "Syntax error: token recognition error at: '" + shown + "'"));
        at = points[at] == '"' || points[at] == '\'' ? end : at + 1;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(int c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }
}
