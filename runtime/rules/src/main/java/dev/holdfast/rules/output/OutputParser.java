package dev.holdfast.rules.output;

import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.match.CompileException;
import dev.holdfast.rules.match.OperandCompiler;
import dev.holdfast.rules.match.Slots;
import dev.holdfast.rules.syntax.ConditionParser;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.SyntaxException;
import dev.holdfast.rules.syntax.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads outputs; the grammar is at {@link OutputFormat}. */
final class OutputParser {
    /** Wider than any terminal. */
    private static final int MOST_WIDTH = 1_000;
    /** Longer than any field with a label behind it. */
    private static final int LONGEST_NAME = 400;
    /** How much of a wrong token a message shows. */
    private static final int SHOWN = 120;

    private final String text;
    private final String source;
    private final FieldCatalogue catalogue;
    private final Slots slots = new Slots();
    private final OperandCompiler operands;
    private int at;

    OutputParser(String text, String source, FieldCatalogue catalogue) {
        this.text = text;
        this.source = source;
        this.catalogue = catalogue;
        this.operands = new OperandCompiler(catalogue, source, slots);
    }

    OutputFormat parse() throws SyntaxException, CompileException {
        List<OutputFormat.Piece> pieces = new ArrayList<>();
        StringBuilder before = new StringBuilder();
        at = text.startsWith("*") ? 1 : 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '%') {
                before.append(c);
            } else if (at < text.length() && text.charAt(at) == '%') {
                before.append('%');
                at++;
            } else {
                pieces.add(field(before.toString()));
                before.setLength(0);
            }
        }
        pieces.add(new OutputFormat.Piece(before.toString(), -1, "", 0));
        return new OutputFormat(text, pieces, slots);
    }

    private OutputFormat.Piece field(String before) throws SyntaxException, CompileException {
        if (at == text.length()) {
            throw new SyntaxException("invalid formatting syntax: formatting cannot end with a %", at - 1);
        }
        int start = at;
        int width = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            width = Math.min(width * 10 + (text.charAt(at++) - '0'), MOST_WIDTH);
        }
        Optional<String> transformed = transformed();
        if (transformed.isPresent()) {
            Operand operand = ConditionParser.parseOperand(transformed.get());
            at += transformed.get().length();
            return new OutputFormat.Piece(before, operands.printed(operand), transformed.get(), width);
        }
        int nameStart = at;
        FieldUse use = name().orElseThrow(() -> unknown(start));
        return new OutputFormat.Piece(before, operands.printed(use), text.substring(nameStart, at), width);
    }

    private CompileException unknown(int start) {
        String rest = text.substring(start, Math.min(text.length(), start + SHOWN));
        return new CompileException("invalid formatting token " + rest, start, true);
    }

    /** A transformer with its argument, up to the parenthesis that closes it; nothing is taken. */
    private Optional<String> transformed() throws SyntaxException {
        int open = at;
        while (open < text.length() && Character.isLetterOrDigit(text.charAt(open))) {
            open++;
        }
        if (open == text.length()
                || text.charAt(open) != '('
                || Transformer.of(text.substring(at, open)).isEmpty()) {
            return Optional.empty();
        }
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return Optional.of(text.substring(at, i + 1));
            }
        }
        throw new SyntaxException("the parenthesis of " + text.substring(at, open) + " is not closed", open);
    }

    /** The longest name that is a field, with its argument. */
    private Optional<FieldUse> name() {
        int most = at;
        while (most < Math.min(text.length(), at + LONGEST_NAME) && isNamePart(text.charAt(most))) {
            most++;
        }
        for (int end = most; end > at; end--) {
            String name = text.substring(at, end);
            Optional<FieldUse> use = use(name, Optional.empty());
            Optional<String> argument = argument(end);
            if (argument.isPresent()) {
                Optional<FieldUse> withArgument = use(name, argument);
                if (withArgument.isPresent()) {
                    at = end + argument.get().length() + 2;
                    return withArgument;
                }
            }
            if (use.isPresent() && text.charAt(end - 1) != '.') {
                at = end;
                return use;
            }
        }
        return Optional.empty();
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '/';
    }

    private Optional<FieldUse> use(String name, Optional<String> argument) {
        return OperandCompiler.use(catalogue, source, new Operand.Named(name, argument, at))
                .filter(use -> use.field().inOutputs())
                .filter(use -> argument.isPresent() || isDotted(use));
    }

    /** Names of labels may have slashes and dashes, other arguments behind a dot are words. */
    private static boolean isDotted(FieldUse use) {
        Field field = use.field();
        return use.argument().isEmpty()
                || field.name().endsWith("label")
                || use.argument().get().chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }

    private Optional<String> argument(int open) {
        if (open >= text.length() || text.charAt(open) != '[') {
            return Optional.empty();
        }
        int close = text.indexOf(']', open);
        return close < 0 ? Optional.empty() : Optional.of(text.substring(open + 1, close));
    }
}
