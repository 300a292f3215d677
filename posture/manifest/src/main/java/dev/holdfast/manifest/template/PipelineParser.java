package dev.holdfast.manifest.template;

import dev.holdfast.manifest.template.Lexer.Kind;
import dev.holdfast.manifest.template.Lexer.Token;
import dev.holdfast.manifest.template.Piece.Command;
import dev.holdfast.manifest.template.Piece.Operand;
import dev.holdfast.manifest.template.Piece.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what stands between delimiters.
 *
 * <pre>
 * pipeline = [ variable [ "," variable ] ( ":=" | "=" ) ] command { "|" command }
 * command  = operand { space operand }
 * operand  = term { field }
 * term     = "." | field | variable | "nil" | "true" | "false" | number | character | string | identifier | "(" pipeline ")"
 * </pre>
 */
final class PipelineParser {
    /** Parentheses inside of each other. */
    private static final int DEEPEST = 100;

    private final TemplateParser parser;
    private int depth;

    PipelineParser(TemplateParser parser) {
        this.parser = parser;
    }

    /** A pipeline and the delimiter that ends it. */
    Pipe pipe(String context, int start) throws TemplateFault {
        return pipe(context, start, false);
    }

    private Pipe pipe(String context, int start, boolean isInside) throws TemplateFault {
        List<String> declared = new ArrayList<>();
        boolean isAssignment = declarations(context, declared);
        List<Command> commands = new ArrayList<>();
        while (true) {
            Token token = parser.peekSolid();
            boolean isEnd =
                    isInside ? token.text().equals(")") && token.kind() == Kind.SIGN : token.kind() == Kind.RIGHT;
            if (isEnd) {
                parser.next();
                check(context, commands, start);
                return new Pipe(List.copyOf(declared), isAssignment, commands, start);
            }
            if (token.kind() == Kind.RIGHT
                    || token.kind() == Kind.END
                    || token.text().equals(")")) {
                throw parser.fault(token.at(), "unexpected \"" + token.text() + "\" in " + context);
            }
            commands.add(command(context));
        }
    }

    private void check(String context, List<Command> commands, int start) throws TemplateFault {
        if (commands.isEmpty()) {
            throw parser.fault(start, "missing value for " + context);
        }
        for (int i = 1; i < commands.size(); i++) {
            Operand first = commands.get(i).operands().getFirst();
            if (first instanceof Piece.Bool
                    || first instanceof Piece.Dot
                    || first instanceof Piece.Nil
                    || first instanceof Piece.Numeral
                    || first instanceof Piece.Text) {
                throw parser.fault(first.at(), "non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private boolean declarations(String context, List<String> declared) throws TemplateFault {
        int start = parser.position();
        while (parser.peekSolid().kind() == Kind.VARIABLE) {
            Token variable = parser.next();
            Token sign = parser.peekSolid();
            boolean isDeclaration = sign.text().equals(":=");
            if (sign.kind() == Kind.SIGN && (isDeclaration || sign.text().equals("="))) {
                parser.next();
                declared.add(variable.text());
                for (String name : declared) {
                    if (isDeclaration) {
                        parser.declare(name);
                    } else if (!parser.knows(name)) {
                        throw parser.fault(variable.at(), "undefined variable \"" + name + "\"");
                    }
                }
                return !isDeclaration;
            }
            if (sign.kind() == Kind.SIGN && sign.text().equals(",") && context.equals("range") && declared.isEmpty()) {
                parser.next();
                declared.add(variable.text());
                continue;
            }
            break;
        }
        declared.clear();
        parser.back(start);
        return false;
    }

    private Command command(String context) throws TemplateFault {
        List<Operand> operands = new ArrayList<>();
        int start = parser.peekSolid().at();
        while (true) {
            operands.add(operand(context));
            Token token = parser.peek();
            if (token.kind() == Kind.SPACE) {
                Token after = parser.peekSolid();
                if (isOperand(after)) {
                    continue;
                }
                token = after;
            }
            if (token.kind() == Kind.SIGN && token.text().equals("|")) {
                parser.next();
                Token after = parser.peekSolid();
                if (!isOperand(after)) {
                    throw parser.fault(after.at(), "missing value for " + context + " after |");
                }
                return new Command(operands, start);
            }
            if (token.kind() == Kind.RIGHT
                    || token.kind() == Kind.SIGN && token.text().equals(")")) {
                return new Command(operands, start);
            }
            throw parser.fault(token.at(), "unexpected \"" + token.text() + "\" in operand");
        }
    }

    private static boolean isOperand(Token token) {
        return switch (token.kind()) {
            case WORD, FIELD, VARIABLE, DOT, STRING, CHARACTER, NUMBER -> true;
            case SIGN -> token.text().equals("(");
            case TEXT, LEFT, RIGHT, SPACE, END -> false;
        };
    }

    private Operand operand(String context) throws TemplateFault {
        Operand term = term(context);
        if (parser.peek().kind() != Kind.FIELD) {
            return term;
        }
        List<String> path = new ArrayList<>();
        int start = parser.peek().at();
        while (parser.peek().kind() == Kind.FIELD) {
            path.add(parser.next().text().substring(1));
        }
        return switch (term) {
            case Piece.Field field -> {
                path.addAll(0, field.path());
                yield new Piece.Field(path, field.at());
            }
            case Piece.Variable variable -> {
                path.addAll(0, variable.path());
                yield new Piece.Variable(variable.name(), path, variable.at());
            }
            case Piece.Bool _, Piece.Text _, Piece.Numeral _, Piece.Nil _, Piece.Dot _ ->
                throw parser.fault(start, "unexpected . after term");
            case Piece.Identifier _, Piece.Chain _, Pipe _ -> new Piece.Chain(term, path, start);
        };
    }

    private Operand term(String context) throws TemplateFault {
        Token token = parser.nextSolid();
        int at = token.at();
        return switch (token.kind()) {
            case WORD -> word(token);
            case DOT -> new Piece.Dot(at);
            case FIELD -> new Piece.Field(List.of(token.text().substring(1)), at);
            case VARIABLE -> {
                if (!parser.knows(token.text())) {
                    throw parser.fault(at, "undefined variable \"" + token.text() + "\"");
                }
                yield new Piece.Variable(token.text(), List.of(), at);
            }
            case STRING -> new Piece.Text(unquoted(token, parser), at);
            case CHARACTER, NUMBER -> number(token);
            case SIGN -> {
                if (!token.text().equals("(")) {
                    throw parser.fault(at, "unexpected \"" + token.text() + "\" in " + context);
                }
                if (++depth > DEEPEST) {
                    throw new TemplateFault(TemplateFault.Kind.LIMIT, "parentheses nest deeper than " + DEEPEST);
                }
                Pipe inner = pipe("parenthesized pipeline", at, true);
                depth--;
                yield inner;
            }
            case TEXT, LEFT, RIGHT, SPACE, END -> throw parser.fault(at, "missing value for " + context);
        };
    }

    private Operand word(Token token) throws TemplateFault {
        return switch (token.text()) {
            case "true" -> new Piece.Bool(true, token.at());
            case "false" -> new Piece.Bool(false, token.at());
            case "nil" -> new Piece.Nil(token.at());
            case "if", "else", "end", "range", "with", "template", "define", "block" ->
                throw parser.fault(token.at(), "unexpected <" + token.text() + "> in command");
            default -> {
                if (!parser.isFunction(token.text())) {
                    throw parser.fault(token.at(), "function \"" + token.text() + "\" not defined");
                }
                yield new Piece.Identifier(token.text(), token.at());
            }
        };
    }

    private Piece.Numeral number(Token token) throws TemplateFault {
        Optional<Piece.Numeral> number = token.kind() == Kind.CHARACTER
                ? Quoting.character(token.text())
                        .map(code -> new Piece.Numeral(Optional.of(code), code, false, token.at()))
                : GoNumbers.literal(token.text(), token.at());
        return number.orElseThrow(() -> parser.fault(token.at(), "bad number syntax: \"" + token.text() + "\""));
    }

    static String unquoted(Token token, TemplateParser parser) throws TemplateFault {
        return Quoting.unquoted(token.text())
                .orElseThrow(() -> parser.fault(token.at(), "invalid syntax: " + token.text()));
    }
}
