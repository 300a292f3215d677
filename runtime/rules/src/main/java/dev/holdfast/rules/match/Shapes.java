package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.match.OperandCompiler.Given;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Transformer;
import java.util.List;

/**
 * What transformers take:
 *
 * <pre>
 * tolower toupper basename   one text, or a list of texts
 * b64                        the same, or bytes
 * len                        one text, bytes, or any list
 * join                       what stands between, which is no list, and a list
 * concat                     two texts or more
 * getopt                     a list of words, or a field with a command line, and the options as a text; one option in brackets
 * val                        a field
 * </pre>
 */
final class Shapes {
    private final Operand.Transformed transformed;
    private final List<Given> given;

    Shapes(Operand.Transformed transformed, List<Given> given) {
        this.transformed = transformed;
        this.given = given;
    }

    void check() throws CompileException {
        Transformer transformer = transformed.transformer();
        selector();
        switch (transformer) {
            case VAL, TOLOWER, TOUPPER, B64, BASENAME, LEN -> {
                if (given.size() != 1) {
                    throw wrong(transformer.word() + " takes one argument");
                }
                single(given.getFirst());
            }
            case JOIN -> {
                if (given.size() != 2 || isMany(given.get(0)) || !given.get(1).isList()) {
                    throw wrong("join takes what stands between, then a list: join(\",\", (proc.name, proc.pname))");
                }
            }
            case CONCAT -> {
                if (given.size() < 2 || given.stream().anyMatch(one -> isMany(one) || !one.isText())) {
                    throw wrong("concat takes at least two texts or fields that are texts");
                }
            }
            case GETOPT -> {
                if (given.size() != 2
                        || !isWords(given.get(0))
                        || isMany(given.get(1))
                        || !given.get(1).isText()) {
                    throw wrong("getopt takes a list of words or a field, then the options as a text:"
                            + " getopt(proc.args, \"ab:\")");
                }
            }
        }
    }

    private void selector() throws CompileException {
        if (transformed.selector().isEmpty()) {
            return;
        }
        if (transformed.transformer() != Transformer.GETOPT) {
            throw wrong("transformer '" + transformed.transformer().word() + "' does not support field arguments");
        }
        if (transformed.selector().get().length() != 1) {
            throw wrong("getopt takes one option character in brackets");
        }
    }

    private static boolean isMany(Given one) {
        return one.isList() || one.isAnyOf();
    }

    /** Falco takes lists only; a command line is cut at its blanks. */
    private static boolean isWords(Given one) {
        return one.isText() && !one.isAnyOf() && (one.isList() || one.isField());
    }

    private void single(Given one) throws CompileException {
        Transformer transformer = transformed.transformer();
        if (one.isAlone() && transformer != Transformer.LEN && transformer != Transformer.VAL) {
            throw new CompileException(
                    "field '" + one.operand().written() + "' does not support transformers",
                    one.operand().at(),
                    false);
        }
        boolean isRight = switch (transformer) {
            case TOLOWER, TOUPPER, BASENAME -> one.isText();
            case B64 -> one.isText() || one.type() == Field.Type.BYTES;
            case LEN -> one.isText() || one.type() == Field.Type.BYTES || one.isList();
            case VAL, JOIN, CONCAT, GETOPT -> true;
        };
        if (!isRight) {
            throw new CompileException(
                    "transformer '" + transformer.word() + "' is not supported for the type of field '"
                            + one.operand().written() + "'",
                    one.operand().at(),
                    false);
        }
    }

    private CompileException wrong(String message) {
        return new CompileException(message, transformed.at(), false);
    }
}
