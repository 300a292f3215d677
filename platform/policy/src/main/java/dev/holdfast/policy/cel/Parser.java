package dev.holdfast.policy.cel;

import dev.holdfast.policy.cel.Token.Kind;
import dev.holdfast.policy.cel.Tree.Call;
import dev.holdfast.policy.cel.Tree.Element;
import dev.holdfast.policy.cel.Tree.Entry;
import dev.holdfast.policy.cel.Tree.FieldValue;
import dev.holdfast.policy.cel.Tree.Listing;
import dev.holdfast.policy.cel.Tree.Literal;
import dev.holdfast.policy.cel.Tree.Mapping;
import dev.holdfast.policy.cel.Tree.Message;
import dev.holdfast.policy.cel.Tree.Name;
import dev.holdfast.policy.cel.Tree.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a tree of an expression.
 *
 * <pre>
 * expr     = or [ "?" or ":" expr ] ;
 * or       = and { "||" and } ;
 * and      = relation { "&&" relation } ;
 * relation = sum { ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "==" | "!=" | "in" ) sum } ;
 * sum      = product { ( "+" | "-" ) product } ;
 * product  = unary { ( "*" | "/" | "%" ) unary } ;
 * unary    = { "!" } member | { "-" } member ;
 * member   = primary { "." [ "?" ] NAME [ "(" [ list ] ")" ] | "[" [ "?" ] expr "]" | "{" [ fields ] "}" } ;
 * primary  = [ "." ] NAME [ "(" [ list ] ")" ] | "(" expr ")" | "[" [ list ] [ "," ] "]" | "{" [ entries ] [ "," ] "}" | literal ;
 * </pre>
 *
 * Macros are unfolded here. Syntax errors are worded as the parser generator of the server's implementation (ANTLR) words them, as far as a
 * parser of another kind meets the same situation; after the first one parsing ends. Nesting is bounded by {@link #DEEPEST}.
 */
final class Parser {
    /** cel-go's own bound. */
    private static final int DEEPEST = 250;

    private static final int LONGEST = 100_000;

    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private static final String EXPRESSION =
            "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT,"
                    + " NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private static final Set<String> RELATIONS = Set.of("<", "<=", ">", ">=", "==", "!=", "in");

    private final List<Token> tokens;
    private final List<Issue> issues;
    private int next;
    private int depth;

    /** Parsing cannot go on. */
    private static final class Stop extends Exception {
        private static final long serialVersionUID = 1L;

        private Stop() {
            super("", null, false, false);
        }
    }

    private Parser(List<Token> tokens, List<Issue> issues) {
        this.tokens = tokens;
        this.issues = issues;
    }

    static Tree parse(String source) throws RefusedExpression {
        List<Issue> issues = new ArrayList<>();
        int[] points = source.codePoints().toArray();
        if (points.length > LONGEST) {
            issues.add(new Issue(
                    0, "expression code point size exceeds limit: size: " + points.length + ", limit " + LONGEST));
            throw RefusedExpression.of("", issues);
        }
        Parser parser = new Parser(Lexer.tokens(points, issues), issues);
        Optional<Tree> tree = parser.whole();
        if (tree.isEmpty() || !issues.isEmpty()) {
            throw RefusedExpression.of(source, issues);
        }
        return tree.get();
    }

    private Optional<Tree> whole() {
        try {
            Tree tree = expression();
            if (peek().kind() != Kind.END) {
                boolean isOneTooMany = peek(1).kind() == Kind.END;
                fail(
                        peek(),
                        (isOneTooMany ? "extraneous" : "mismatched") + " input '" + peek().shown()
                                + "' expecting <EOF>");
            }
            return Optional.of(tree);
        } catch (Stop stop) {
            return Optional.empty();
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token peek(int ahead) {
        return tokens.get(Math.min(next + ahead, tokens.size() - 1));
    }

    private Token take() {
        Token token = peek();
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private boolean takes(String operator) {
        if (peek().is(operator)) {
            next++;
            return true;
        }
        return false;
    }

    private Stop fail(Token at, String syntaxError) throws Stop {
        issues.add(new Issue(at.at(), "Syntax error: " + syntaxError));
        throw new Stop();
    }

    private void wrong(int at, String message) {
        issues.add(new Issue(at, message));
    }

    /** Takes an operator that must come; ANTLR first looks whether one word is too many, then whether one is missing. */
    private Token expect(String operator) throws Stop {
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

    private void enter() throws Stop {
        depth++;
        if (depth > DEEPEST) {
            wrong(0, "expression recursion limit exceeded: " + DEEPEST);
            throw new Stop();
        }
    }

    private Tree expression() throws Stop {
        enter();
        Tree condition = or();
        Token mark = peek();
        if (takes("?")) {
            Tree yes = or();
            expect(":");
            Tree no = expression();
            condition = call("_?_:_", mark.at(), condition, yes, no);
        }
        depth--;
        return condition;
    }

    private static Tree call(String function, int at, Tree... arguments) {
        return new Call(Optional.empty(), function, List.of(arguments), at);
    }

    private Tree or() throws Stop {
        Tree first = and();
        if (!peek().is("||")) {
            return first;
        }
        int at = peek().at();
        List<Tree> sides = new ArrayList<>(List.of(first));
        while (takes("||")) {
            sides.add(and());
        }
        return new Call(Optional.empty(), "_||_", sides, at);
    }

    private Tree and() throws Stop {
        Tree first = relation();
        if (!peek().is("&&")) {
            return first;
        }
        int at = peek().at();
        List<Tree> sides = new ArrayList<>(List.of(first));
        while (takes("&&")) {
            sides.add(relation());
        }
        return new Call(Optional.empty(), "_&&_", sides, at);
    }

    private Tree relation() throws Stop {
        int before = depth;
        Tree left = sum();
        while (peek().kind() == Kind.OPERATOR && RELATIONS.contains(peek().text())) {
            enter();
            Token operator = take();
            String function = operator.text().equals("in") ? "@in" : "_" + operator.text() + "_";
            left = call(function, operator.at(), left, sum());
        }
        depth = before;
        return left;
    }

    private Tree sum() throws Stop {
        int before = depth;
        Tree left = product();
        while (peek().is("+") || peek().is("-")) {
            enter();
            Token operator = take();
            left = call("_" + operator.text() + "_", operator.at(), left, product());
        }
        depth = before;
        return left;
    }

    private Tree product() throws Stop {
        int before = depth;
        Tree left = unary();
        while (peek().is("*") || peek().is("/") || peek().is("%")) {
            enter();
            Token operator = take();
            left = call("_" + operator.text() + "_", operator.at(), left, unary());
        }
        depth = before;
        return left;
    }

    private Tree unary() throws Stop {
        requireBeginning();
        Token first = peek();
        if (first.is("-") && isNumber(peek(1))) {
            return member();
        }
        int count = 0;
        if (first.is("!") || first.is("-")) {
            while (takes(first.text())) {
                count++;
            }
            requireBeginning();
        }
        Tree operand = member();
        return count % 2 == 0 ? operand : call(first.text() + "_", first.at(), operand);
    }

    private void requireBeginning() throws Stop {
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

    private static boolean isNumber(Token token) {
        return token.kind() == Kind.INT || token.kind() == Kind.FLOAT;
    }

    private Tree member() throws Stop {
        int before = depth;
        Tree tree = primary();
        while (true) {
            Token mark = peek();
            if (takes(".")) {
                enter();
                tree = afterDot(tree, mark);
            } else if (takes("[")) {
                enter();
                boolean isOptional = takes("?");
                Tree index = expression();
                expect("]");
                tree = call(isOptional ? "_[?_]" : "_[_]", mark.at(), tree, index);
            } else if (mark.is("{") && messageName(tree).isPresent()) {
                take();
                tree = new Message(messageName(tree).get(), fields(), mark.at());
            } else {
                depth = before;
                return tree;
            }
        }
    }

    private static Optional<String> messageName(Tree tree) {
        return switch (tree) {
            case Name name -> Optional.of(name.name());
            case Select select
            when !select.isTest() -> messageName(select.operand()).map(operand -> operand + "." + select.field());
            case Literal _, Select _, Call _, Listing _, Mapping _, Message _, Tree.Walk _, Tree.OptionalMap _ ->
                Optional.empty();
        };
    }

    private Tree afterDot(Tree operand, Token dot) throws Stop {
        boolean isOptional = takes("?");
        Token name = peek();
        if (name.kind() != Kind.NAME && name.kind() != Kind.QUOTED_NAME) {
            String seen = "." + (isOptional ? "?" : "") + (name.kind() == Kind.END ? "" : name.shown());
            fail(name, "no viable alternative at input '" + seen + "'");
        }
        take();
        if (isOptional) {
            return call("_?._", dot.at(), operand, new Literal(name.text(), name.at()));
        }
        Token open = peek();
        if (name.kind() == Kind.NAME && takes("(")) {
            return Macros.unfold(Optional.of(operand), name.text(), arguments(), open.at(), this::wrong);
        }
        return new Select(operand, name.text(), false, dot.at());
    }

    private List<Tree> arguments() throws Stop {
        List<Tree> arguments = new ArrayList<>();
        if (takes(")")) {
            return arguments;
        }
        do {
            arguments.add(expression());
        } while (takes(","));
        expect(")");
        return arguments;
    }

    private Tree primary() throws Stop {
        Token token = take();
        return switch (token.kind()) {
            case INT -> literal(Literals.integer(token.text()), token, "invalid int literal");
            case UINT -> literal(Literals.unsigned(token.text()), token, "invalid uint literal");
            case FLOAT -> literal(Literals.decimal(token.text()), token, "invalid double literal");
            case STRING -> literal(Literals.text(token.text()), token, "invalid string literal");
            case BYTES -> literal(Literals.bytes(token.text()), token, "invalid bytes literal");
            case NAME -> name(token, "");
            case OPERATOR -> operator(token);
            case QUOTED_NAME, END ->
                throw fail(token, "mismatched input '" + token.shown() + "' expecting " + EXPRESSION);
        };
    }

    private Tree literal(Optional<Object> value, Token token, String otherwise) {
        if (value.isEmpty()) {
            wrong(token.at(), otherwise);
        }
        return new Literal(value.orElse(Null.NULL), token.at());
    }

    private Tree operator(Token token) throws Stop {
        return switch (token.text()) {
            case "(" -> {
                Tree inner = expression();
                expect(")");
                yield inner;
            }
            case "[" -> list(token);
            case "{" -> map(token);
            case "true" -> new Literal(true, token.at());
            case "false" -> new Literal(false, token.at());
            case "null" -> new Literal(Null.NULL, token.at());
            case "-" -> negative(token);
            case "." -> {
                Token name = take();
                if (name.kind() != Kind.NAME) {
                    fail(name, "mismatched input '" + name.shown() + "' expecting IDENTIFIER");
                }
                yield name(name, ".");
            }
            default -> throw fail(token, "mismatched input '" + token.shown() + "' expecting " + EXPRESSION);
        };
    }

    private Tree negative(Token minus) throws Stop {
        Token number = take();
        if (!isNumber(number)) {
            fail(minus, "extraneous input '-' expecting " + EXPRESSION);
        }
        String text = "-" + number.text();
        return number.kind() == Kind.INT
                ? literal(Literals.integer(text), minus, "invalid int literal")
                : literal(Literals.decimal(text), minus, "invalid double literal");
    }

    private Tree name(Token name, String dot) throws Stop {
        if (RESERVED.contains(name.text())) {
            wrong(name.at(), "reserved identifier: " + name.text());
        }
        Token open = peek();
        if (takes("(")) {
            return Macros.unfold(Optional.empty(), dot + name.text(), arguments(), open.at(), this::wrong);
        }
        return new Name(dot + name.text(), name.at());
    }

    private Tree list(Token open) throws Stop {
        List<Element> elements = new ArrayList<>();
        while (!peek().is("]")) {
            if (peek().is(",") && peek(1).is("]")) {
                take();
                break;
            }
            boolean isOptional = takes("?");
            elements.add(new Element(expression(), isOptional));
            if (!takes(",")) {
                break;
            }
        }
        expect("]");
        return new Listing(elements, open.at());
    }

    private Tree map(Token open) throws Stop {
        List<Entry> entries = new ArrayList<>();
        while (!peek().is("}")) {
            if (peek().is(",") && peek(1).is("}")) {
                take();
                break;
            }
            boolean isOptional = takes("?");
            Tree key = expression();
            expect(":");
            entries.add(new Entry(key, expression(), isOptional));
            if (!takes(",")) {
                break;
            }
        }
        expect("}");
        return new Mapping(entries, open.at());
    }

    private List<FieldValue> fields() throws Stop {
        List<FieldValue> fields = new ArrayList<>();
        while (!peek().is("}")) {
            boolean isOptional = takes("?");
            Token name = take();
            if (name.kind() != Kind.NAME && name.kind() != Kind.QUOTED_NAME) {
                fail(
                        name,
                        "mismatched input '" + name.shown()
                                + "' expecting {'}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}");
            }
            Token colon = expect(":");
            fields.add(new FieldValue(name.text(), expression(), isOptional, colon.at()));
            if (!takes(",")) {
                break;
            }
        }
        expect("}");
        return fields;
    }
}
