package dev.holdfast.cli.posture;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.reach.Cartographer;
import dev.holdfast.reach.ReachReport;
import dev.holdfast.reach.read.NetworkReader;
import dev.holdfast.report.reach.JsonReach;
import dev.holdfast.report.reach.TerminalReach;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** What the commands about reachability share: what is asked, and where the answer goes. */
final class ReachWords {
    private ReachWords() {}

    /** Everything that was given. */
    static Cartographer cartographer(List<String> paths, ParseResult words, Console console)
            throws InputException, IOException {
        NetworkReader reader = new NetworkReader(ClusterWords.defaultNamespace(words));
        ClusterWords.read(paths, reader, NetworkReader.COLLECTIONS, words, console);
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
