package dev.holdfast.rules.syntax;

import dev.holdfast.rules.syntax.Condition.And;
import dev.holdfast.rules.syntax.Condition.Comparison;
import dev.holdfast.rules.syntax.Condition.Exists;
import dev.holdfast.rules.syntax.Condition.MacroName;
import dev.holdfast.rules.syntax.Condition.Not;
import dev.holdfast.rules.syntax.Condition.Or;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads conditions, by this grammar (blanks may stand between tokens, except where it says "no blank"):
 *
 * <pre>
 * condition   = conjunction { "or" ( blank conjunction | "(" condition ")" ) }
 * conjunction = negation { "and" ( blank negation | "(" condition ")" ) }
 * negation    = { "not" blank } ( "not(" condition ")" | check )
 * check       = "(" condition ")" | operand comparison | macro
 * comparison  = "exists"
 *             | ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) ( number | computed )
 *             | ( "=" | "==" | "!=" | word-operator blank ) ( value | computed | modifier list )
 *             | ( "in" | "intersects" | "pmatch" ) ( list | computed | identifier )          (which stands for one value)
 * word-operator = "contains" | "icontains" | "bcontains" | "startswith" | "bstartswith" | "endswith" | "glob" | "iglob" | "regex"
 * modifier    = "oneof" | "anyof" | "allof"
 * operand     = field | transformed
 * computed    = "val(" field ")" [ selector ] | transformed
 * transformed = transformer "(" argument { "," argument } ")" [ selector ]   (no blank before the parenthesis)
 * argument    = element | "(" [ element { "," element } ] ")"
 * element     = field | transformed | quoted | number
 * selector    = "[" ( quoted | bare-argument ) "]"                       (no blank before it)
 * transformer = "tolower" | "toupper" | "b64" | "basename" | "len" | "join" | "concat" | "getopt"
 * field       = word "." word { "." word } [ selector ]                  (no blank inside)
 * list        = "(" [ value { "," value } ] ")"
 * value       = quoted | bare
 * bare        = one or more characters save ( ) " ' = , and blanks
 * bare-argument = one or more characters save [ ] " ' and blanks
 * quoted      = within " or within ', where \b \f \n \r \t \\ \/ and the quote itself are escaped, and &#92;x is a byte with two hexadecimal digits
 * macro       = identifier = letter { letter | digit | "_" }
 * </pre>
 *
 * <p>A bare value may be the name of a list. Which transformer takes how many arguments, and of which kind, is looked at later. Parentheses nest {@link #MOST_DEPTH} levels at most.
 */
public final class ConditionParser {
    /** What the language's own parser allows. */
    public static final int MOST_DEPTH = 100;

    private static final String[] WORD_OPERATORS = {
        "contains", "icontains", "bcontains", "startswith", "bstartswith", "endswith", "glob", "iglob", "regex"
    };
    private static final String TRANSFORMERS =
            "'val', 'tolower', 'toupper', 'b64', 'basename', 'len', 'join', 'concat', 'getopt'";

    private final Scanner scanner;
    private int depth;

    private ConditionParser(String text) {
        this.scanner = new Scanner(text);
    }

    /** The condition that the whole text is. */
    public static Condition parse(String text) throws SyntaxException {
        if (text.isEmpty()) {
            throw new SyntaxException("filter input string is empty", 0);
        }
        ConditionParser parser = new ConditionParser(text);
        Condition condition = parser.condition();
        if (!parser.scanner.isAtEnd()) {
            throw parser.wrong("unexpected token after '" + parser.scanner.last() + "', expecting 'or', 'and'");
        }
        return condition;
    }

    /** The operand that the whole text is: a field with or without transformers. */
    public static Operand parseOperand(String text) throws SyntaxException {
        ConditionParser parser = new ConditionParser(text);
        parser.scanner.blanks();
        Optional<Operand> operand = parser.operand();
        parser.scanner.blanks();
        if (operand.isEmpty() || !parser.scanner.isAtEnd()) {
            throw parser.wrong("expected a field");
        }
        return operand.get();
    }

    /**
     * An operand at the beginning of a text.
     *
     * @param end where the text goes on
     */
    public record Leading(Operand operand, int end) {}

    /** The operand that the text begins with. */
    public static Leading parseLeadingOperand(String text) throws SyntaxException {
        ConditionParser parser = new ConditionParser(text);
        Optional<Operand> operand = parser.operand();
        if (operand.isEmpty()) {
            throw parser.wrong("expected a field");
        }
        return new Leading(operand.get(), parser.scanner.at());
    }

    private SyntaxException wrong(String message) {
        return new SyntaxException(message, scanner.at());
    }

    private Condition condition() throws SyntaxException {
        if (++depth > MOST_DEPTH) {
            throw wrong("exceeded max depth limit of " + MOST_DEPTH);
        }
        scanner.blanks();
        int start = scanner.at();
        List<Condition> parts = new ArrayList<>();
        parts.add(conjunction());
        scanner.blanks();
        while (scanner.take("or")) {
            parts.add(afterWord("or") ? conjunction() : remainder());
            scanner.blanks();
        }
        depth--;
        return parts.size() == 1 ? parts.getFirst() : new Or(parts, start);
    }

    private Condition conjunction() throws SyntaxException {
        scanner.blanks();
        int start = scanner.at();
        List<Condition> parts = new ArrayList<>();
        parts.add(negation());
        scanner.blanks();
        while (scanner.take("and")) {
            parts.add(afterWord("and") ? negation() : remainder());
            scanner.blanks();
        }
        return parts.size() == 1 ? parts.getFirst() : new And(parts, start);
    }

    /** Whether a blank follows; otherwise a parenthesis must, which is taken. */
    private boolean afterWord(String word) throws SyntaxException {
        if (scanner.blanks()) {
            return true;
        }
        if (!scanner.take("(")) {
            throw wrong("expected blank or '(' after '" + word + "'");
        }
        return false;
    }

    private Condition negation() throws SyntaxException {
        scanner.blanks();
        int start = scanner.at();
        boolean isNegated = false;
        while (scanner.takeWithBlank("not")) {
            isNegated = !isNegated;
            scanner.blanks();
        }
        Condition part;
        if (scanner.take("not(")) {
            isNegated = !isNegated;
            part = remainder();
        } else {
            part = check();
        }
        return isNegated ? new Not(part, start) : part;
    }

    /** What stands behind an opening parenthesis, and the closing one. */
    private Condition remainder() throws SyntaxException {
        Condition inner = condition();
        scanner.blanks();
        if (!scanner.take(")")) {
            throw wrong("expected a ')' token");
        }
        return inner;
    }

    private Condition check() throws SyntaxException {
        scanner.blanks();
        int start = scanner.at();
        if (scanner.take("(")) {
            return remainder();
        }
        Optional<Operand> left = operand();
        if (left.isPresent()) {
            return comparison(left.get(), start);
        }
        if (scanner.identifier()) {
            return new MacroName(scanner.last(), start);
        }
        throw wrong("expected a '(' token, a field check, or an identifier");
    }

    private Optional<Operand> operand() throws SyntaxException {
        int start = scanner.at();
        if (scanner.fieldName()) {
            return Optional.of(field(scanner.last(), start));
        }
        Optional<Transformer> transformer = transformer(false);
        return transformer.isPresent() ? Optional.of(transformed(transformer.get(), start)) : Optional.empty();
    }

    private Operand field(String name, int start) throws SyntaxException {
        return new Operand.Named(name, bracket(), start);
    }

    private Optional<String> bracket() throws SyntaxException {
        if (!scanner.take("[")) {
            return Optional.empty();
        }
        if (!scanner.quoted() && !scanner.bareArgument()) {
            throw wrong("expected a valid field argument: a quoted string or a bare string");
        }
        String argument = scanner.last();
        if (!scanner.take("]")) {
            throw wrong("expected a ']' token");
        }
        return Optional.of(argument);
    }

    /** A transformer's name and its opening parenthesis. */
    private Optional<Transformer> transformer(boolean isValAllowed) {
        for (Transformer transformer : Transformer.values()) {
            if ((isValAllowed || transformer != Transformer.VAL) && scanner.take(transformer.word() + "(")) {
                return Optional.of(transformer);
            }
        }
        return Optional.empty();
    }

    private Operand transformed(Transformer transformer, int start) throws SyntaxException {
        if (++depth > MOST_DEPTH) {
            throw wrong("exceeded max depth limit of " + MOST_DEPTH);
        }
        List<Operand> arguments = new ArrayList<>();
        do {
            scanner.blanks();
            arguments.add(transformer == Transformer.VAL ? valued() : argument());
            scanner.blanks();
        } while (transformer != Transformer.VAL && scanner.take(","));
        if (!scanner.take(")")) {
            throw wrong("expected a ')' token closing the transformer");
        }
        depth--;
        return new Operand.Transformed(transformer, arguments, bracket(), start);
    }

    private Operand valued() throws SyntaxException {
        int start = scanner.at();
        if (!scanner.fieldName()) {
            throw wrong("expected a field within 'val' transformer");
        }
        return field(scanner.last(), start);
    }

    private Operand argument() throws SyntaxException {
        int start = scanner.at();
        if (!scanner.take("(")) {
            return element();
        }
        List<Operand> elements = new ArrayList<>();
        scanner.blanks();
        if (scanner.take(")")) {
            return new Operand.Several(elements, start);
        }
        do {
            scanner.blanks();
            elements.add(element());
            scanner.blanks();
        } while (scanner.take(","));
        if (!scanner.take(")")) {
            throw wrong("expected a ')' token closing the list");
        }
        return new Operand.Several(elements, start);
    }

    private Operand element() throws SyntaxException {
        int start = scanner.at();
        Optional<Operand> operand = operand();
        if (operand.isPresent()) {
            return operand.get();
        }
        if (scanner.quoted() || scanner.hexadecimal() || scanner.number()) {
            return new Operand.Constant(scanner.last(), start);
        }
        throw wrong("expected a field, a quoted text, a number, or a nested valid transformer: " + TRANSFORMERS);
    }

    private Condition comparison(Operand left, int start) throws SyntaxException {
        scanner.blanks();
        if (scanner.take("exists")) {
            return new Exists(left, start);
        }
        for (String sign : new String[] {"<=", "<", ">=", ">"}) {
            if (scanner.take(sign)) {
                return new Comparison(left, operator(sign), Modifier.NONE, number(), start);
            }
        }
        for (String sign : new String[] {"==", "=", "!="}) {
            if (scanner.take(sign)) {
                return text(left, operator(sign), start);
            }
        }
        for (String word : WORD_OPERATORS) {
            if (scanner.takeWithBlank(word)) {
                return text(left, operator(word), start);
            }
        }
        for (String word : new String[] {"intersects", "in", "pmatch"}) {
            if (scanner.take(word)) {
                return new Comparison(left, operator(word), Modifier.NONE, list(), start);
            }
        }
        throw wrong(
                "expected a valid check operator: one of 'exists', '<=', '<', '>=', '>', '==', '=', '!=', 'glob', 'iglob', "
                        + "'contains', 'icontains', 'bcontains', 'startswith', 'bstartswith', 'endswith', 'regex', 'intersects', 'in', 'pmatch'");
    }

    private static Operator operator(String word) {
        return Operator.of(word).orElseThrow();
    }

    private Right number() throws SyntaxException {
        scanner.blanks();
        Optional<Right> computed = computed();
        if (computed.isPresent()) {
            return computed.get();
        }
        int start = scanner.at();
        if (scanner.hexadecimal() || scanner.number()) {
            return new Right.One(new Word(scanner.last(), true, start));
        }
        throw wrong("expected a number value or a field with a valid transformer: " + TRANSFORMERS);
    }

    private Condition text(Operand left, Operator operator, int start) throws SyntaxException {
        scanner.blanks();
        for (Modifier modifier : new Modifier[] {Modifier.ONEOF, Modifier.ANYOF, Modifier.ALLOF}) {
            if (scanner.takeBeforeParenthesis(modifier.word())) {
                return new Comparison(left, operator, modifier, list(), start);
            }
        }
        Optional<Right> computed = computed();
        if (computed.isPresent()) {
            return new Comparison(left, operator, Modifier.NONE, computed.get(), start);
        }
        Optional<Word> word = word();
        if (word.isEmpty()) {
            SyntaxException wrong =
                    wrong("expected a string value or a field with a valid transformer: " + TRANSFORMERS);
            throw scanner.take("(")
                    ? new SyntaxException(
                            "expected one string value; for any of several write " + operator.word() + " anyof (a, b)",
                            wrong.at())
                    : wrong;
        }
        return new Comparison(left, operator, Modifier.NONE, new Right.One(word.get()), start);
    }

    private Optional<Word> word() throws SyntaxException {
        scanner.blanks();
        int start = scanner.at();
        if (scanner.quoted()) {
            return Optional.of(new Word(scanner.last(), false, start));
        }
        return scanner.bare() ? Optional.of(new Word(scanner.last(), true, start)) : Optional.empty();
    }

    private Right list() throws SyntaxException {
        scanner.blanks();
        int start = scanner.at();
        if (scanner.take("(")) {
            return values(start);
        }
        Optional<Right> computed = computed();
        if (computed.isPresent()) {
            return computed.get();
        }
        if (scanner.identifier()) {
            return new Right.One(new Word(scanner.last(), true, start));
        }
        throw wrong("expected a list, an identifier, or a field with a valid transformer: " + TRANSFORMERS);
    }

    private Right values(int start) throws SyntaxException {
        List<Word> words = new ArrayList<>();
        Optional<Word> word = word();
        while (word.isPresent()) {
            words.add(word.get());
            scanner.blanks();
            if (!scanner.take(",")) {
                break;
            }
            word = word();
            if (word.isEmpty()) {
                throw wrong("expected a string value");
            }
        }
        scanner.blanks();
        if (!scanner.take(")")) {
            throw wrong("expected a ')' token");
        }
        return new Right.Many(words, start);
    }

    private Optional<Right> computed() throws SyntaxException {
        int start = scanner.at();
        Optional<Transformer> transformer = transformer(true);
        return transformer.isPresent()
                ? Optional.of(new Right.Computed(transformed(transformer.get(), start)))
                : Optional.empty();
    }
}
