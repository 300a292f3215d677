package dev.holdfast.policy.cel.parse;

import dev.holdfast.policy.cel.parse.Token.Kind;
import dev.holdfast.policy.cel.parse.Tree.Call;
import dev.holdfast.policy.cel.parse.Tree.Element;
import dev.holdfast.policy.cel.parse.Tree.Entry;
import dev.holdfast.policy.cel.parse.Tree.FieldValue;
import dev.holdfast.policy.cel.parse.Tree.Listing;
import dev.holdfast.policy.cel.parse.Tree.Literal;
import dev.holdfast.policy.cel.parse.Tree.Mapping;
import dev.holdfast.policy.cel.parse.Tree.Message;
import dev.holdfast.policy.cel.parse.Tree.Name;
import dev.holdfast.policy.cel.parse.Tree.Select;
import dev.holdfast.policy.cel.value.Null;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what stands between operators: names, literals, lists, maps, messages, and the fields, elements and calls that hang on to them. */
final class MemberParser {
    private final Parser parser;
    private final Tokens tokens;

    MemberParser(Parser parser, Tokens tokens) {
        this.parser = parser;
        this.tokens = tokens;
    }

    /** What stands between operators. */
    Tree member() throws Tokens.Stop {
        int before = parser.depth();
        Tree tree = primary();
        while (true) {
            Token mark = tokens.peek();
            if (tokens.takes(".")) {
                parser.enter();
                tree = afterDot(tree, mark);
            } else if (tokens.takes("[")) {
                parser.enter();
                boolean isOptional = tokens.takes("?");
                Tree index = parser.expression();
                tokens.expect("]");
                tree = Parser.call(isOptional ? "_[?_]" : "_[_]", mark.at(), tree, index);
            } else if (mark.is("{") && messageName(tree).isPresent()) {
                tokens.take();
                tree = new Message(messageName(tree).get(), fields(), mark.at());
            } else {
                parser.returnTo(before);
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

    private Tree afterDot(Tree operand, Token dot) throws Tokens.Stop {
        boolean isOptional = tokens.takes("?");
        Token name = tokens.peek();
        if (name.kind() != Kind.NAME && name.kind() != Kind.QUOTED_NAME) {
            String seen = "." + (isOptional ? "?" : "") + (name.kind() == Kind.END ? "" : name.shown());
            tokens.fail(name, "no viable alternative at input '" + seen + "'");
        }
        tokens.take();
        if (isOptional) {
            return Parser.call("_?._", dot.at(), operand, new Literal(name.text(), name.at()));
        }
        Token open = tokens.peek();
        if (name.kind() == Kind.NAME && tokens.takes("(")) {
            return Macros.unfold(Optional.of(operand), name.text(), arguments(), open.at(), tokens::wrong);
        }
        return new Select(operand, name.text(), false, dot.at());
    }

    private List<Tree> arguments() throws Tokens.Stop {
        List<Tree> arguments = new ArrayList<>();
        if (tokens.takes(")")) {
            return arguments;
        }
        do {
            arguments.add(parser.expression());
        } while (tokens.takes(","));
        tokens.expect(")");
        return arguments;
    }

    private Tree primary() throws Tokens.Stop {
        Token token = tokens.take();
        return switch (token.kind()) {
            case INT -> literal(Literals.integer(token.text()), token, "invalid int literal");
            case UINT -> literal(Literals.unsigned(token.text()), token, "invalid uint literal");
            case FLOAT -> literal(Literals.decimal(token.text()), token, "invalid double literal");
            case STRING -> literal(Literals.text(token.text()), token, "invalid string literal");
            case BYTES -> literal(Literals.bytes(token.text()), token, "invalid bytes literal");
            case NAME -> name(token, "");
            case OPERATOR -> operator(token);
            case QUOTED_NAME, END ->
                throw tokens.fail(token, "mismatched input '" + token.shown() + "' expecting " + Tokens.EXPRESSION);
        };
    }

    private Tree literal(Optional<Object> value, Token token, String otherwise) {
        if (value.isEmpty()) {
            tokens.wrong(token.at(), otherwise);
        }
        return new Literal(value.orElse(Null.NULL), token.at());
    }

    private Tree operator(Token token) throws Tokens.Stop {
        return switch (token.text()) {
            case "(" -> {
                Tree inner = parser.expression();
                tokens.expect(")");
                yield inner;
            }
            case "[" -> list(token);
            case "{" -> map(token);
            case "true" -> new Literal(true, token.at());
            case "false" -> new Literal(false, token.at());
            case "null" -> new Literal(Null.NULL, token.at());
            case "-" -> negative(token);
            case "." -> {
                Token name = tokens.take();
                if (name.kind() != Kind.NAME) {
                    tokens.fail(name, "mismatched input '" + name.shown() + "' expecting IDENTIFIER");
                }
                yield name(name, ".");
            }
            default ->
                throw tokens.fail(token, "mismatched input '" + token.shown() + "' expecting " + Tokens.EXPRESSION);
        };
    }

    private Tree negative(Token minus) throws Tokens.Stop {
        Token number = tokens.take();
        if (!Tokens.isNumber(number)) {
            tokens.fail(minus, "extraneous input '-' expecting " + Tokens.EXPRESSION);
        }
        String text = "-" + number.text();
        return number.kind() == Kind.INT
                ? literal(Literals.integer(text), minus, "invalid int literal")
                : literal(Literals.decimal(text), minus, "invalid double literal");
    }

    private Tree name(Token name, String dot) throws Tokens.Stop {
        if (FieldName.isKeyword(name.text())) {
            tokens.wrong(name.at(), "reserved identifier: " + name.text());
        }
        Token open = tokens.peek();
        if (tokens.takes("(")) {
            return Macros.unfold(Optional.empty(), dot + name.text(), arguments(), open.at(), tokens::wrong);
        }
        return new Name(dot + name.text(), name.at());
    }

    private Tree list(Token open) throws Tokens.Stop {
        List<Element> elements = new ArrayList<>();
        while (!tokens.peek().is("]")) {
            if (tokens.peek().is(",") && tokens.peek(1).is("]")) {
                tokens.take();
                break;
            }
            boolean isOptional = tokens.takes("?");
            elements.add(new Element(parser.expression(), isOptional));
            if (!tokens.takes(",")) {
                break;
            }
        }
        tokens.expect("]");
        return new Listing(elements, open.at());
    }

    private Tree map(Token open) throws Tokens.Stop {
        List<Entry> entries = new ArrayList<>();
        while (!tokens.peek().is("}")) {
            if (tokens.peek().is(",") && tokens.peek(1).is("}")) {
                tokens.take();
                break;
            }
            boolean isOptional = tokens.takes("?");
            Tree key = parser.expression();
            tokens.expect(":");
            entries.add(new Entry(key, parser.expression(), isOptional));
            if (!tokens.takes(",")) {
                break;
            }
        }
        tokens.expect("}");
        return new Mapping(entries, open.at());
    }

    private List<FieldValue> fields() throws Tokens.Stop {
        List<FieldValue> fields = new ArrayList<>();
        while (!tokens.peek().is("}")) {
            boolean isOptional = tokens.takes("?");
            Token name = tokens.take();
            if (name.kind() != Kind.NAME && name.kind() != Kind.QUOTED_NAME) {
                tokens.fail(
                        name,
                        "mismatched input '" + name.shown()
                                + "' expecting {'}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}");
            }
            Token colon = tokens.expect(":");
            fields.add(new FieldValue(name.text(), parser.expression(), isOptional, colon.at()));
            if (!tokens.takes(",")) {
                break;
            }
        }
        tokens.expect("}");
        return fields;
    }
}
