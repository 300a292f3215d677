package dev.holdfast.policy.cel.parse;

import dev.holdfast.policy.cel.parse.Token.Kind;
import dev.holdfast.policy.cel.parse.Tree.Call;
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
 * Macros are unfolded here. Nesting is bounded by {@link #DEEPEST}.
 */
public final class Parser {
    /** cel-go's own bound. */
    private static final int DEEPEST = 250;

    private static final int LONGEST = 100_000;

    private static final Set<String> RELATIONS = Set.of("<", "<=", ">", ">=", "==", "!=", "in");

    private final Tokens tokens;
    private final MemberParser members;
    private int depth;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
        this.members = new MemberParser(this, tokens);
    }

    public static Tree parse(String source) throws RefusedExpression {
        List<Issue> issues = new ArrayList<>();
        int[] points = source.codePoints().toArray();
        if (points.length > LONGEST) {
            issues.add(new Issue(
                    0, "expression code point size exceeds limit: size: " + points.length + ", limit " + LONGEST));
            throw RefusedExpression.of("", issues);
        }
        Parser parser = new Parser(new Tokens(Lexer.tokens(points, issues), issues));
        Optional<Tree> tree = parser.whole();
        if (tree.isEmpty() || !issues.isEmpty()) {
            throw RefusedExpression.of(source, issues);
        }
        return tree.get();
    }

    private Optional<Tree> whole() {
        try {
            Tree tree = expression();
            if (tokens.peek().kind() != Kind.END) {
                boolean isOneTooMany = tokens.peek(1).kind() == Kind.END;
                tokens.fail(
                        tokens.peek(),
                        (isOneTooMany ? "extraneous" : "mismatched") + " input '"
                                + tokens.peek().shown() + "' expecting <EOF>");
            }
            return Optional.of(tree);
        } catch (Tokens.Stop stop) {
            return Optional.empty();
        }
    }

    /** Goes one level deeper. */
    void enter() throws Tokens.Stop {
        depth++;
        if (depth > DEEPEST) {
            tokens.wrong(0, "expression recursion limit exceeded: " + DEEPEST);
            throw new Tokens.Stop();
        }
    }

    /** A whole expression, as it may stand in parentheses. */
    Tree expression() throws Tokens.Stop {
        enter();
        Tree condition = or();
        Token mark = tokens.peek();
        if (tokens.takes("?")) {
            Tree yes = or();
            tokens.expect(":");
            Tree no = expression();
            condition = call("_?_:_", mark.at(), condition, yes, no);
        }
        depth--;
        return condition;
    }

    int depth() {
        return depth;
    }

    /** Comes back to a level. */
    void returnTo(int level) {
        depth = level;
    }

    static Tree call(String function, int at, Tree... arguments) {
        return new Call(Optional.empty(), function, List.of(arguments), at);
    }

    private Tree or() throws Tokens.Stop {
        Tree first = and();
        if (!tokens.peek().is("||")) {
            return first;
        }
        int at = tokens.peek().at();
        List<Tree> sides = new ArrayList<>(List.of(first));
        while (tokens.takes("||")) {
            sides.add(and());
        }
        return new Call(Optional.empty(), "_||_", sides, at);
    }

    private Tree and() throws Tokens.Stop {
        Tree first = relation();
        if (!tokens.peek().is("&&")) {
            return first;
        }
        int at = tokens.peek().at();
        List<Tree> sides = new ArrayList<>(List.of(first));
        while (tokens.takes("&&")) {
            sides.add(relation());
        }
        return new Call(Optional.empty(), "_&&_", sides, at);
    }

    private Tree relation() throws Tokens.Stop {
        int before = depth;
        Tree left = sum();
        while (tokens.peek().kind() == Kind.OPERATOR
                && RELATIONS.contains(tokens.peek().text())) {
            enter();
            Token operator = tokens.take();
            String function = operator.text().equals("in") ? "@in" : "_" + operator.text() + "_";
            left = call(function, operator.at(), left, sum());
        }
        depth = before;
        return left;
    }

    private Tree sum() throws Tokens.Stop {
        int before = depth;
        Tree left = product();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            enter();
            Token operator = tokens.take();
            left = call("_" + operator.text() + "_", operator.at(), left, product());
        }
        depth = before;
        return left;
    }

    private Tree product() throws Tokens.Stop {
        int before = depth;
        Tree left = unary();
        while (tokens.peek().is("*") || tokens.peek().is("/") || tokens.peek().is("%")) {
            enter();
            Token operator = tokens.take();
            left = call("_" + operator.text() + "_", operator.at(), left, unary());
        }
        depth = before;
        return left;
    }

    private Tree unary() throws Tokens.Stop {
        tokens.requireBeginning();
        Token first = tokens.peek();
        if (first.is("-") && Tokens.isNumber(tokens.peek(1))) {
            return members.member();
        }
        int count = 0;
        if (first.is("!") || first.is("-")) {
            while (tokens.takes(first.text())) {
                count++;
            }
            tokens.requireBeginning();
        }
        Tree operand = members.member();
        return count % 2 == 0 ? operand : call(first.text() + "_", first.at(), operand);
    }
}
