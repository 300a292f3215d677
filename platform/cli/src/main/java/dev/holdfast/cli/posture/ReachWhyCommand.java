package dev.holdfast.cli.posture;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast reach why FROM TO PATH…}. */
final class ReachWhyCommand implements Command {
    @Override
    public String name() {
        return "reach why";
    }

    @Override
    public CommandSpec spec() {
        return ClusterWords.spec(
                        "Example: holdfast reach why shop/web shop/db k8s/",
                        "         holdfast reach why external ingress/nginx k8s/",
                        "",
                        "Tells by which policies and rules one may talk to another, or may not, with file and line.",
                        "FROM and TO are NAMESPACE/NAME, NAMESPACE/NAME[KIND], a name that only one workload has, an address,",
                        "a block such as 10.0.0.0/8, external, or ingress-controller.")
                .addPositional(Options.word(0, "FROM", "Who would talk."))
                .addPositional(Options.word(1, "TO", "To whom."))
                .addPositional(Options.wordsFrom(2, "PATH", "The objects of the cluster."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        List<String> paths = words.matchedPositionalValue(2, List.of());
        return ReachWords.answer(
                ReachWords.cartographer(paths, words, console)
                        .why(words.matchedPositionalValue(0, ""), words.matchedPositionalValue(1, "")),
                ExitCode.PASS,
                words,
                console);
    }
}
