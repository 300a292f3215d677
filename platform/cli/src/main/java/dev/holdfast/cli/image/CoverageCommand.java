package dev.holdfast.cli.image;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Progress;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenTarget;
import dev.holdfast.cli.given.OpenTargets;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.ledger.Bookkeeper;
import dev.holdfast.inventory.ledger.Ledger;
import dev.holdfast.report.coverage.JsonCoverage;
import dev.holdfast.report.coverage.TerminalCoverage;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast coverage TARGET}. */
final class CoverageCommand implements Command {
    @Override
    public String name() {
        return "coverage";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast coverage nginx.tar",
                        "",
                        "Tells where every byte of an image's final tree comes from: owned by a package, part of a component, examined and inert,",
                        "or unexplained. Programs, archives and scripts of unknown origin come first.");
        GivenTarget.addOptions(spec);
        return spec.addPositional(Options.word(0, "TARGET", "The image or root file system."))
                .addOption(Options.value("--format", "FORMAT", "table (default), json."))
                .addOption(Options.flag("--all", "List every unexplained file in the table."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        String given = words.matchedPositionalValue(0, "");
        try (Progress _ = Progress.of(given, words, console);
                GivenTarget target = GivenTarget.of(given, words, console)) {
            if (target.bill().isPresent()) {
                throw Options.usage(given + ": a bill of materials has no files; give the image that it is about");
            }
            try (OpenTargets opened = target.open()) {
                Gaps gaps = new Gaps();
                Ledger ledger = new Bookkeeper(Limits.DEFAULT).of(opened.only(""), gaps);
                write(ledger, gaps, format, words, console);
            }
        }
        return ExitCode.PASS;
    }

    private static void write(Ledger ledger, Gaps gaps, String format, ParseResult words, Console console)
            throws IOException {
        Output.of(words, console)
                .jsonOrText(
                        format,
                        out -> JsonCoverage.write(ledger, gaps.list(), Version.TEXT, out),
                        () -> TerminalCoverage.render(
                                ledger, gaps.list(), Options.ink(words, console), Options.isSet(words, "--all")));
    }
}
