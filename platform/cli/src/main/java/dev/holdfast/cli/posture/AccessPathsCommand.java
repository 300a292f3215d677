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

/** {@code holdfast access paths SUBJECT PATH…}. */
final class AccessPathsCommand implements Command {
    @Override
    public String name() {
        return "access paths";
    }

    @Override
    public CommandSpec spec() {
        return AccessWords.withGroups(AccessWords.spec(
                        "Example: holdfast access paths sa:ci/runner rbac/",
                        "",
                        "Tells how somebody becomes cluster-admin, the shortest way first, and the fewest edits after which no way is left.",
                        "Namespaces, pods, workloads, service accounts and Secrets among the files make the answer exact.",
                        "Exit code: 0 no way is known, 1 there is one, 2 could not tell."))
                .addPositional(Options.word(0, "SUBJECT", "user:NAME, group:NAME, sa:NAMESPACE/NAME, or a user name."))
                .addPositional(Options.wordsFrom(1, "PATH", "The objects of the cluster; - reads standard input."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        List<String> paths = words.matchedPositionalValue(1, List.of());
        var cluster = AccessWords.cluster(paths, words, console);
        var requester = AccessWords.requester(words.matchedPositionalValue(0, ""), words);
        return AccessWords.answer(AccessWords.reviewer(cluster, paths, words).paths(requester), words, console);
    }
}
