package dev.holdfast.cli.posture;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.reach.Cartographer;
import dev.holdfast.reach.ReachReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast reach diff OLD NEW}. */
final class ReachDiffCommand implements Command {
    @Override
    public String name() {
        return "reach diff";
    }

    @Override
    public CommandSpec spec() {
        return ClusterWords.spec(
                        "Example: holdfast reach diff main/k8s branch/k8s --fail-on opened",
                        "",
                        "Tells which connections a change opens, and which it closes, whatever it does to the files.",
                        "Exit code: 0 done, 1 what --fail-on names has happened, 2 could not tell.")
                .addOption(Options.value(
                        "--fail-on", "WHAT", "opened, closed, or any: exit with 1 when there is such a change."))
                .addPositional(
                        Options.word(0, "OLD", "The objects before: a file, a folder, an overlay, cluster: or -."))
                .addPositional(Options.word(1, "NEW", "The objects after."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Optional<String> failing = Options.text(words, "--fail-on");
        if (failing.isPresent() && !List.of("opened", "closed", "any").contains(failing.get())) {
            throw Options.usage("--fail-on " + failing.get() + " is none of opened, closed and any");
        }
        Cartographer before = ReachWords.cartographer(List.of(words.matchedPositionalValue(0, "")), words, console);
        Cartographer after = ReachWords.cartographer(List.of(words.matchedPositionalValue(1, "")), words, console);
        ReachReport report = before.diff(after);
        return ReachWords.answer(
                report, isFailed(report, failing.orElse("")) ? ExitCode.FAIL : ExitCode.PASS, words, console);
    }

    private static boolean isFailed(ReachReport report, String failing) {
        if (!(report.content() instanceof ReachReport.Difference difference)) {
            return false;
        }
        boolean hasOpened = !difference.added().isEmpty() && !failing.equals("closed");
        boolean hasClosed = !difference.removed().isEmpty() && !failing.equals("opened");
        return !failing.isEmpty() && (hasOpened || hasClosed);
    }
}
