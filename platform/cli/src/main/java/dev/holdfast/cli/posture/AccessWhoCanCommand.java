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

/** {@code holdfast access who-can VERB RESOURCE PATH…}. */
final class AccessWhoCanCommand implements Command {
    @Override
    public String name() {
        return "access who-can";
    }

    @Override
    public CommandSpec spec() {
        return AccessWords.withQuestion(
                        AccessWords.spec(
                                "Example: holdfast access who-can create pods/exec rbac/ -n shop",
                                "",
                                "Tells whom some binding allows something, each with the chain of binding, role and rule.",
                                "A PATH is a file or folder of manifests, or - for what kubectl printed:",
                                "kubectl get clusterroles,clusterrolebindings,roles,rolebindings -A -o json | holdfast access who-can get secrets -"))
                .addPositional(Options.word(0, "VERB", "get, list, create, …"))
                .addPositional(Options.word(
                        1, "RESOURCE", "pods, deploy, rollouts.argoproj.io, pods/exec, secrets/NAME, /metrics."))
                .addPositional(Options.wordsFrom(2, "PATH", "The objects of the cluster."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        List<String> paths = words.matchedPositionalValue(2, List.of());
        var cluster = AccessWords.cluster(paths, words, console);
        var question =
                AccessWords.question(words.matchedPositionalValue(0, ""), words.matchedPositionalValue(1, ""), words);
        return AccessWords.answer(
                AccessWords.reviewer(cluster, paths, words).whoCan(question, AccessWords.scope(words)), words, console);
    }
}
