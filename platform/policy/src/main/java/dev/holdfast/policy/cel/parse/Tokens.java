package dev.holdfast.policy.cel.parse;

import dev.holdfast.policy.cel.parse.Token.Kind;
import java.util.List;

/**
 * The words of an expression one after the other, and what is said when another one was to come: as the parser generator of the server's
 * implementation (ANTLR) says it, as far as a parser of another kind meets the same situation. After the first syntax error parsing ends.
 */
final class Tokens {
    /** What an expression begins with. */
    static final String EXPRESSION = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT,"
            + " NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private final List<Token> tokens;
    private final List<Issue> issues;
    private int next;

    Tokens(List<Token> tokens, List<Issue> issues) {
        this.tokens = tokens;
        this.issues = issues;
    }

    /** Parsing cannot go on. */
    static final class Stop extends Exception {
        private static final long serialVersionUID = 1L;

        Stop() {
            super("", null, false, false);
        }
    }

    Token peek() {
        return tokens.get(next);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(next + ahead, tokens.size() - 1));
    }

    Token take() {
        Token token = peek();
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    /** Takes an operator if it comes next. */
    boolean takes(String operator) {
        if (peek().is(operator)) {
            next++;
            return true;
        }
        return false;
    }

    /** Always throws; the result is for {@code throw}, where the compiler has to see it. */
    Stop fail(Token at, String syntaxError) throws Stop {
        issues.add(new Issue(at.at(), "Syntax error: " + syntaxError));
        throw new Stop();
    }

    /** Tells a mistake after which parsing goes on. */
    void wrong(int at, String message) {
        issues.add(new Issue(at, message));
    }

    /** Takes an operator that must come; ANTLR first looks whether one word is too many, then whether one is missing. */
    Token expect(String operator) throws Stop {
        Token token = peek();
        if (takes(operator)) {
            return token;
        }
        String wanted = " expecting '" + operator + "'";
        if (peek(1).is(operator)) {
            fail(token, "extraneous input '" + token.shown() + "'" + wanted);
        }
        boolean isMissing = !operator.equals(":") && (token.kind() == Kind.END || !beginsExpression(token));
        throw fail(
                token,
                isMissing
                        ? "missing '" + operator + "' at '" + token.shown() + "'"
                        : "mismatched input '" + token.shown() + "'" + wanted);
    }

    void requireBeginning() throws Stop {
        Token token = peek();
        if (beginsExpression(token)) {
            return;
        }
        boolean isOneTooMany = token.kind() != Kind.END && beginsExpression(peek(1));
        fail(
                token,
                (isOneTooMany ? "extraneous" : "mismatched") + " input '" + token.shown() + "' expecting "
                        + EXPRESSION);
    }

    private static boolean beginsExpression(Token token) {
        return switch (token.kind()) {
            case INT, UINT, FLOAT, STRING, BYTES, NAME -> true;
            case OPERATOR ->
                switch (token.text()) {
                    case "[", "{", "(", ".", "-", "!", "true", "false", "null" -> true;
                    default -> false;
                };
            case QUOTED_NAME, END -> false;
        };
    }

    static boolean isNumber(Token token) {
        return token.kind() == Kind.INT || token.kind() == Kind.FLOAT;
    }
}
