package dev.holdfast.manifest.template;

import java.util.List;
import java.util.Optional;

/** What a template is made of. {@code at} is the offset in its text. */
sealed interface Piece {
    int at();

    /** Text that is written as it stands. */
    record Literal(String text, int at) implements Piece {}

    /** A pipeline whose value is written, unless it sets variables. */
    record Action(Pipe pipe, int at) implements Piece {}

    /** {@code if}, {@code with} or {@code range}. */
    record Branch(Kind kind, Pipe pipe, List<Piece> body, List<Piece> otherwise, int at) implements Piece {
        enum Kind {
            IF,
            WITH,
            RANGE
        }
    }

    /** {@code template "name" pipeline}. */
    record Invocation(String name, Optional<Pipe> pipe, int at) implements Piece {}

    /** {@code break} or {@code continue}. */
    record Jump(boolean isBreak, int at) implements Piece {}

    /** What an operand of a command can be. */
    sealed interface Operand {
        int at();
    }

    /** {@code .} */
    record Dot(int at) implements Operand {}

    /** {@code nil} */
    record Nil(int at) implements Operand {}

    /** {@code true}, {@code false} */
    record Bool(boolean value, int at) implements Operand {}

    /** A quoted or raw text, escapes resolved. */
    record Text(String value, int at) implements Operand {}

    /**
     * A number; what it is depends on where it is used.
     *
     * @param whole its value where it has no fraction
     * @param decimal its value as a decimal
     * @param isDecimal whether it is written as one
     */
    record Numeral(Optional<Long> whole, double decimal, boolean isDecimal, int at) implements Operand {}

    /** {@code .a.b} */
    record Field(List<String> path, int at) implements Operand {}

    /** {@code $x.a.b} */
    record Variable(String name, List<String> path, int at) implements Operand {}

    /** The name of a function. */
    record Identifier(String name, int at) implements Operand {}

    /** {@code (pipeline).a.b} */
    record Chain(Operand start, List<String> path, int at) implements Operand {}

    /** Commands whose values flow from one to the next; may set variables. */
    record Pipe(List<String> variables, boolean isAssignment, List<Command> commands, int at) implements Operand {}

    /** A value, or a function or method with its arguments. */
    record Command(List<Operand> operands, int at) {}
}
