package dev.holdfast.manifest.template;

import dev.holdfast.manifest.template.Lexer.Kind;
import dev.holdfast.manifest.template.Lexer.Token;
import dev.holdfast.manifest.template.Piece.Branch;
import dev.holdfast.manifest.template.Piece.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads a template.
 *
 * <pre>
 * body     = { text | action | if | with | range | define | block | template | break | continue }
 * action   = "{{" pipeline "}}"
 * if       = "{{" "if" pipeline "}}" body { "{{" "else" "if" pipeline "}}" body } [ "{{" "else" "}}" body ] "{{" "end" "}}"
 *            with and range likewise; "else with" continues a with
 * define   = "{{" "define" string "}}" body "{{" "end" "}}"          (outermost only)
 * block    = "{{" "block" string pipeline "}}" body "{{" "end" "}}"
 * template = "{{" "template" string [ pipeline ] "}}"
 * </pre>
 *
 * Variables and functions must be known where they are used, as Go demands.
 */
final class TemplateParser {
    /** Branches and definitions inside of each other. */
    private static final int DEEPEST = 200;

    private final Source source;
    private final Predicate<String> isFunction;
    private final List<Token> tokens;
    private final List<Definition> definitions = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();
    private final PipelineParser pipelines;
    private int at;
    private int ranges;
    private int depth;

    private TemplateParser(Source source, Predicate<String> isFunction) throws TemplateFault {
        this.source = source;
        this.isFunction = isFunction;
        this.tokens = new Lexer(source).tokens();
        this.pipelines = new PipelineParser(this);
    }

    /** The templates of a text: first what {@code define} and {@code block} name, then the text itself under the given name. */
    static List<Definition> parse(String name, Source source, Predicate<String> isFunction) throws TemplateFault {
        TemplateParser parser = new TemplateParser(source, isFunction);
        parser.variables.add("$");
        List<Piece> body = parser.body(true);
        Token left = parser.peek();
        if (left.kind() != Kind.END) {
            throw parser.fault(left.at(), "unexpected {{" + parser.keyword() + "}}");
        }
        parser.definitions.add(new Definition(name, body, source));
        return parser.definitions;
    }

    /** Everything up to an action that ends or continues what is open; that is not taken. */
    private List<Piece> body(boolean isTop) throws TemplateFault {
        if (++depth > DEEPEST) {
            throw new TemplateFault(TemplateFault.Kind.LIMIT, "blocks nest deeper than " + DEEPEST)
                    .in(source.spot(peek().at()));
        }
        List<Piece> pieces = new ArrayList<>();
        while (peek().kind() != Kind.END) {
            Token token = peek();
            if (token.kind() == Kind.TEXT) {
                at++;
                pieces.add(new Piece.Literal(token.text(), token.at()));
                continue;
            }
            String keyword = keyword();
            if (keyword.equals("end") || keyword.equals("else")) {
                break;
            }
            if (keyword.equals("define")) {
                if (!isTop) {
                    throw fault(token.at(), "unexpected {{define}}");
                }
                define();
            } else {
                pieces.add(action(keyword));
            }
        }
        depth--;
        return pieces;
    }

    /** The word with which the action that begins here begins; empty when it is none of the language's. */
    private String keyword() {
        int next = at + 1;
        while (next < tokens.size() && tokens.get(next).kind() == Kind.SPACE) {
            next++;
        }
        Token token = tokens.get(Math.min(next, tokens.size() - 1));
        return token.kind() == Kind.WORD ? token.text() : "";
    }

    private Piece action(String keyword) throws TemplateFault {
        int start = next().at(); // the delimiter
        Token first = peekSolid();
        switch (keyword) {
            case "if" -> {
                return branch(Branch.Kind.IF, start);
            }
            case "with" -> {
                return branch(Branch.Kind.WITH, start);
            }
            case "range" -> {
                return branch(Branch.Kind.RANGE, start);
            }
            case "template" -> {
                return invocation();
            }
            case "block" -> {
                return block();
            }
            case "break", "continue" -> {
                if (ranges > 0) {
                    nextSolid();
                    closing(keyword);
                    return new Piece.Jump(keyword.equals("break"), first.at());
                }
            }
            default -> {}
        }
        int known = variables.size();
        Pipe pipe = pipelines.pipe("command", first.at());
        if (variables.size() - known > 1) {
            throw fault(first.at(), "too many declarations in command");
        }
        return new Piece.Action(pipe, first.at());
    }

    private Piece branch(Branch.Kind kind, int start) throws TemplateFault {
        Token word = nextSolid();
        int known = variables.size();
        Pipe pipe = pipelines.pipe(word.text(), peekSolid().at());
        if (kind == Branch.Kind.RANGE) {
            ranges++;
        }
        List<Piece> body = body(false);
        if (kind == Branch.Kind.RANGE) {
            ranges--;
        }
        List<Piece> otherwise = List.of();
        if (peek().kind() == Kind.END) {
            throw fault(start, "unexpected EOF: {{" + word.text() + "}} is not ended");
        }
        String keyword = keyword();
        int begin = next().at();
        nextSolid();
        if (keyword.equals("else")) {
            otherwise = otherwise(kind, begin);
        } else {
            closing("end");
        }
        while (variables.size() > known) {
            variables.removeLast();
        }
        return new Branch(kind, pipe, body, otherwise, word.at());
    }

    private List<Piece> otherwise(Branch.Kind kind, int begin) throws TemplateFault {
        Token after = peekSolid();
        boolean continues = kind == Branch.Kind.IF && after.text().equals("if")
                || kind == Branch.Kind.WITH && after.text().equals("with");
        if (after.kind() == Kind.WORD && continues) {
            if (++depth > DEEPEST) {
                throw new TemplateFault(TemplateFault.Kind.LIMIT, "blocks nest deeper than " + DEEPEST)
                        .in(source.spot(begin));
            }
            List<Piece> rest = List.of(branch(kind, begin));
            depth--;
            return rest;
        }
        closing("else");
        List<Piece> otherwise = body(false);
        if (peek().kind() == Kind.END) {
            throw fault(begin, "unexpected EOF: {{else}} is not ended");
        }
        String keyword = keyword();
        Token left = next();
        if (!keyword.equals("end")) {
            throw fault(left.at(), "expected end; found {{" + keyword + "}}");
        }
        nextSolid();
        closing("end");
        return otherwise;
    }

    private void define() throws TemplateFault {
        int start = next().at();
        nextSolid();
        String name = name("define");
        closing("define");
        List<String> outer = List.copyOf(variables);
        variables.clear();
        variables.add("$");
        int outerRanges = ranges;
        ranges = 0;
        List<Piece> body = body(false);
        ended(start, "define");
        ranges = outerRanges;
        variables.clear();
        variables.addAll(outer);
        definitions.add(new Definition(name, body, source));
    }

    private Piece block() throws TemplateFault {
        Token word = nextSolid();
        String name = name("block");
        Pipe pipe = pipelines.pipe("block", peekSolid().at());
        List<String> outer = List.copyOf(variables);
        variables.clear();
        variables.add("$");
        List<Piece> body = body(false);
        ended(word.at(), "block");
        variables.clear();
        variables.addAll(outer);
        definitions.add(new Definition(name, body, source));
        return new Piece.Invocation(name, Optional.of(pipe), word.at());
    }

    private void ended(int start, String what) throws TemplateFault {
        if (peek().kind() == Kind.END) {
            throw fault(start, "unexpected EOF: {{" + what + "}} is not ended");
        }
        String keyword = keyword();
        Token left = next();
        if (!keyword.equals("end")) {
            throw fault(left.at(), "unexpected {{" + keyword + "}} in " + what + " clause");
        }
        nextSolid();
        closing("end");
    }

    private Piece invocation() throws TemplateFault {
        Token word = nextSolid();
        String name = name("template");
        Optional<Pipe> pipe = Optional.empty();
        if (peekSolid().kind() != Kind.RIGHT) {
            pipe = Optional.of(pipelines.pipe("template", peekSolid().at()));
        } else {
            nextSolid();
        }
        return new Piece.Invocation(name, pipe, word.at());
    }

    private String name(String context) throws TemplateFault {
        Token token = nextSolid();
        if (token.kind() != Kind.STRING) {
            throw fault(token.at(), "unexpected \"" + token.text() + "\" in " + context + " clause");
        }
        return PipelineParser.unquoted(token, this);
    }

    private void closing(String context) throws TemplateFault {
        Token token = nextSolid();
        if (token.kind() != Kind.RIGHT) {
            throw fault(token.at(), "unexpected \"" + token.text() + "\" in " + context);
        }
    }

    // what the parser of pipelines uses

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    Token peekSolid() {
        while (peek().kind() == Kind.SPACE) {
            at++;
        }
        return peek();
    }

    Token nextSolid() {
        peekSolid();
        return next();
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    void declare(String variable) {
        variables.add(variable);
    }

    boolean knows(String variable) {
        return variables.contains(variable);
    }

    boolean isFunction(String name) {
        return isFunction.test(name);
    }

    TemplateFault fault(int offset, String problem) {
        return new TemplateFault(TemplateFault.Kind.SYNTAX, problem).in(source.spot(offset));
    }
}
