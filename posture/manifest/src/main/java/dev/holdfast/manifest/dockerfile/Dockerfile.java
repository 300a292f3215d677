package dev.holdfast.manifest.dockerfile;

import dev.holdfast.manifest.tree.Place;
import java.util.List;
import java.util.Optional;

/**
 * A file as written.
 *
 * @param directives its parser directives in order
 * @param escape what continues lines and escapes characters: {@code \} or {@code `}
 * @param instructions those that could be read, in order
 * @param emptyContinuations places of blank lines inside of an instruction, which BuildKit will refuse one day
 * @param problems for which BuildKit refuses it, in the order of the file
 */
public record Dockerfile(
        List<Directive> directives,
        char escape,
        List<Instruction> instructions,
        List<Place> emptyContinuations,
        List<Problem> problems) {

    public Dockerfile {
        directives = List.copyOf(directives);
        instructions = List.copyOf(instructions);
        emptyContinuations = List.copyOf(emptyContinuations);
        problems = List.copyOf(problems);
    }

    public Optional<Directive> directive(String name) {
        return directives.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
