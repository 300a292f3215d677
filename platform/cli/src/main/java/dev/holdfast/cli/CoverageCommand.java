package dev.holdfast.cli;

import dev.holdfast.core.ExitCode;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.ledger.Bookkeeper;
import dev.holdfast.inventory.ledger.Ledger;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.Targets;
import dev.holdfast.report.JsonCoverage;
import dev.holdfast.report.TerminalCoverage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        ImageSources.addOptions(spec);
        return spec.addPositional(Options.word(0, "TARGET", "The image or root file system."))
                .addOption(Options.value("--format", "FORMAT", "table (default), json."))
                .addOption(Options.flag("--all", "List every unexplained file in the table."))
                .addOption(Options.value("--platform", "OS/ARCH", "Platform to take from a multi-platform index."));
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
            List<Target> opened = Targets.open(target.request(), Limits.DEFAULT);
            try {
                if (opened.size() > 1) {
                    throw Options.usage(given + ": it holds " + opened.size() + " images; save them one by one");
                }
                Gaps gaps = new Gaps();
                Ledger ledger = new Bookkeeper(Limits.DEFAULT).of(opened.getFirst(), gaps);
                write(ledger, gaps, format, words, console);
            } finally {
                for (Target one : opened) {
                    one.close();
                }
            }
        }
        return ExitCode.PASS;
    }

    private static void write(Ledger ledger, Gaps gaps, String format, ParseResult words, Console console)
            throws IOException {
        Output.write(words, console, out -> {
            if (format.equals("json")) {
                JsonCoverage.write(ledger, gaps.list(), Version.TEXT, out);
            } else {
                String text = TerminalCoverage.render(
                        ledger, gaps.list(), Options.ink(words, console), Options.isSet(words, "--all"));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
