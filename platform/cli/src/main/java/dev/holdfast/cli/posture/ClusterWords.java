package dev.holdfast.cli.posture;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.given.GivenCluster;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.kube.given.GivenObjects;
import dev.holdfast.kube.given.LiveObjects;
import dev.holdfast.kube.given.ObjectSink;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What the commands that ask about a whole cluster share: their options, and where its objects come from. */
final class ClusterWords {
    private static final String DEFAULT_NAMESPACE = "default";

    private ClusterWords() {}

    static CommandSpec spec(String... description) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(description);
        return spec.addOption(Options.value("--format", "FORMAT", "table (default), json."))
                .addOption(Options.value(
                        "--default-namespace",
                        "NAME",
                        "Where an object lies whose file does not say it; default \"default\"."))
                .addOption(GivenCluster.option())
                .addOption(Options.flag("--all", "List every line in the table."));
    }

    static String defaultNamespace(ParseResult words) {
        return Options.text(words, "--default-namespace").orElse(DEFAULT_NAMESPACE);
    }

    /**
     * Reads everything that was given.
     *
     * @param collections what of a running cluster matters
     */
    static void read(List<String> paths, ObjectSink sink, List<String> collections, ParseResult words, Console console)
            throws InputException, IOException {
        LiveObjects live =
                new LiveObjects(collections, GivenCluster.kubeConfig(words, console), console.environment()::apply);
        new GivenObjects(sink, live, Limits.DEFAULT).read(paths, console.in());
    }
}
