package dev.holdfast.manifest.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * One build stage.
 *
 * @param index from 0
 * @param name as written behind {@code AS}, lower case
 * @param from the instruction that opens it
 * @param base what it is based on
 * @param instructions what follows, without {@code FROM}
 * @param scope what variables are worth in it
 */
public record Stage(
        int index,
        Optional<String> name,
        Instruction from,
        Foundation base,
        List<Instruction> instructions,
        Scope scope) {
    public Stage {
        instructions = List.copyOf(instructions);
    }

    /** A text of one of its instructions with the variables expanded as they stand there. */
    public Expanded expand(Instruction at, String text, char escape) {
        return Expansion.of(text, escape, name -> scope.worth(name, at));
    }
}
