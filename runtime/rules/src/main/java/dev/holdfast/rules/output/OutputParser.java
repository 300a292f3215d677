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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<String, Integer> told = new LinkedHashMap<>();
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
        if (text.isEmpty()) {
            throw new SyntaxException("empty formatting token: the output says nothing", 0);
        }
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
        return new OutputFormat(text, pieces, told, slots);
    }

    private OutputFormat.Piece field(String before) throws SyntaxException, CompileException {
        if (at == text.length()) {
            throw new SyntaxException(
                    "invalid formatting syntax: formatting cannot end with a %; a percent sign is %%", at - 1);
        }
        int start = at;
        int width = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            width = Math.min(width * 10 + (text.charAt(at++) - '0'), MOST_WIDTH);
        }
        if (isTransformer()) {
            return transformed(before, width);
        }
        int nameStart = at;
        FieldUse use = name().orElseThrow(() -> unknown(start));
        return piece(before, operands.printed(use), text.substring(nameStart, at), width);
    }

    private OutputFormat.Piece piece(String before, int slot, String written, int width) {
        told.put(written, slot);
        return new OutputFormat.Piece(before, slot, written, width);
    }

    private CompileException unknown(int start) {
        int end = start;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "_.".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        if (end == start) {
            return new CompileException(
                    "invalid formatting token: no field stands behind the %; a percent sign is %%", start, true);
        }
        String name = text.substring(start, end);
        String argument = argument(end).map(inner -> "[" + inner + "]").orElse("");
        String token = name + argument;
        return new CompileException(
                "invalid formatting token " + token.substring(0, Math.min(token.length(), SHOWN))
                        + OperandCompiler.hint(catalogue, source, name, true),
                start,
                true);
    }

    /** Whether a transformer and its opening parenthesis are next. */
    private boolean isTransformer() {
        int open = at;
        while (open < text.length() && Character.isLetterOrDigit(text.charAt(open))) {
            open++;
        }
        return open < text.length()
                && text.charAt(open) == '('
                && Transformer.of(text.substring(at, open)).isPresent();
    }

    /** A transformer with all that it is given. */
    private OutputFormat.Piece transformed(String before, int width) throws SyntaxException, CompileException {
        int start = at;
        try {
            ConditionParser.Leading leading = ConditionParser.parseLeadingOperand(text.substring(start));
            at += leading.end();
            int slot = operands.printed(leading.operand());
            tellFields(leading.operand());
            return piece(before, slot, text.substring(start, at), width);
        } catch (SyntaxException wrong) {
            throw new SyntaxException(wrong.getMessage(), start + wrong.at());
        } catch (CompileException wrong) {
            throw wrong.at(start + wrong.at());
        }
    }

    private void tellFields(Operand operand) throws CompileException {
        switch (operand) {
            case Operand.Named named -> told.put(named.written(), operands.printed(named));
            case Operand.Transformed transformed -> tellFields(transformed.arguments());
            case Operand.Several several -> tellFields(several.elements());
            case Operand.Constant constant -> {}
        }
    }

    private void tellFields(List<Operand> operands) throws CompileException {
        for (Operand operand : operands) {
            tellFields(operand);
        }
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
