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

/** {@code holdfast reach map PATH…}. */
final class ReachMapCommand implements Command {
    @Override
    public String name() {
        return "reach map";
    }

    @Override
    public CommandSpec spec() {
        return ClusterWords.spec(
                        "Example: holdfast reach map k8s/",
                        "",
                        "Tells who may talk to whom by the network policies in files: workloads, the world outside, Ingresses.",
                        "A PATH is a file or folder of manifests, an overlay, cluster: or cluster:CONTEXT, or - for what kubectl printed.")
                .addPositional(Options.wordsFrom(0, "PATH", "The objects of the cluster."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        List<String> paths = words.matchedPositionalValue(0, List.of());
        return ReachWords.answer(ReachWords.cartographer(paths, words, console).map(), ExitCode.PASS, words, console);
    }
}
