package dev.holdfast.cli.posture;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenCluster;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.kube.given.GivenObjects;
import dev.holdfast.kube.given.LiveObjects;
import dev.holdfast.reach.Cartographer;
import dev.holdfast.reach.ReachReport;
import dev.holdfast.reach.read.NetworkReader;
import dev.holdfast.report.reach.JsonReach;
import dev.holdfast.report.reach.TerminalReach;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What the commands about reachability share: their options, where objects come from, and where the answer goes. */
final class ReachWords {
    private static final String DEFAULT_NAMESPACE = "default";

    private ReachWords() {}

    static CommandSpec spec(String... description) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(description);
        return spec.addOption(Options.value("--format", "FORMAT", "table (default), json."))
                .addOption(Options.value(
                        "--default-namespace",
                        "NAME",
                        "Where an object lies whose file does not say it; default \"default\"."))
                .addOption(Options.value(
                        "--kubeconfig", "FILE", "Server and credentials of cluster:; default as kubectl finds it."))
                .addOption(Options.flag("--all", "List every line in the table."));
    }

    /** Everything that was given. */
    static Cartographer cartographer(List<String> paths, ParseResult words, Console console)
            throws InputException, IOException {
        NetworkReader reader =
                new NetworkReader(Options.text(words, "--default-namespace").orElse(DEFAULT_NAMESPACE));
        LiveObjects live = new LiveObjects(
                NetworkReader.COLLECTIONS, GivenCluster.kubeConfig(words, console), console.environment()::apply);
        new GivenObjects(reader, live, Limits.DEFAULT).read(paths, console.in());
        return new Cartographer(reader);
    }

    /** An answer that hangs on something that could not be seen is none. */
    static ExitCode answer(ReachReport report, ExitCode otherwise, ParseResult words, Console console)
            throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        Output.of(words, console)
                .jsonOrText(
                        format,
                        out -> JsonReach.write(report, Version.TEXT, out),
                        () -> TerminalReach.render(report, Options.ink(words, console), Options.isSet(words, "--all")));
        return report.gaps().isEmpty() ? otherwise : otherwise.or(ExitCode.COULD_NOT_TELL);
    }
}
