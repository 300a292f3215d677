package dev.holdfast.cli.knowledge;

import dev.holdfast.advisory.Advisories;
import dev.holdfast.advisory.BuildReport;
import dev.holdfast.advisory.BuildRequest;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.user.AdvisoryFile;
import dev.holdfast.core.ByteSize;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast db build FOLDER}. */
final class DbBuildCommand implements Command {
    /** So many examples of each kind of trouble are printed; all are counted. */
    private static final int EXAMPLES = 5;

    @Override
    public String name() {
        return "db build";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast db build feeds/ --output team.hfdb",
                        "",
                        "Compiles advisory feeds, each in its publisher's own format, into one base. Folders and archives are looked into.",
                        "Without --output the base becomes the one that scans use.");
        return spec.addPositional(Options.word(0, "FOLDER", "Where the feeds lie; a single file will do."))
                .addOption(Options.value(
                        "--exclude",
                        "PATTERNS",
                        "Do not look at what matches, such as 'samples/**'; separated by commas."))
                .addOption(Options.value("--without", "SOURCES", "Leave out these sources, separated by commas."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Path feeds = Path.of(words.<String>matchedPositionalValue(0, ""));
        if (!Files.exists(feeds)) {
            throw new InputException(InputException.Code.NOT_FOUND, feeds + ": no such file or folder");
        }
        Path output = Options.text(words, "--output").map(Path::of).orElseGet(() -> AdvisoryFile.installed(console));
        createFolder(output);
        Set<String> without = Options.parts(Options.text(words, "--without").orElse(""));
        Set<String> excluded = Options.parts(Options.text(words, "--exclude").orElse(""));
        BuildReport report =
                Advisories.build(new BuildRequest(feeds, output, List.copyOf(excluded), without, Limits.DEFAULT));
        if (!Options.isSet(words, "--quiet")) {
            tell(report, output, console);
        }
        return ExitCode.PASS;
    }

    static void createFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    /** The reason, which some importers begin with the path. */
    private static String withoutPath(Map.Entry<String, String> file) {
        String prefix = file.getKey() + ": ";
        return file.getValue().startsWith(prefix) ? file.getValue().substring(prefix.length()) : file.getValue();
    }

    private static void tell(BuildReport report, Path output, Console console) {
        int files =
                report.filesRead().values().stream().mapToInt(Integer::intValue).sum();
        int records =
                report.sources().stream().mapToInt(source -> source.records()).sum();
        int dropped =
                report.sources().stream().mapToInt(source -> source.dropped()).sum();
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s: %,d facts from %,d files of %d sources, %s, %s%n",
                        SafeText.of(output.toString()),
                        records,
                        files,
                        report.sources().size(),
                        new ByteSize(report.bytes()),
                        report.digest());
        if (dropped > 0) {
            console.out().printf(Locale.ROOT, "  %,d records could not be used, for example:%n", dropped);
            report.dropped().stream()
                    .limit(EXAMPLES)
                    .forEach(line -> console.out().println("    " + SafeText.of(line)));
        }
        if (!report.unrecognised().isEmpty()) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "  %,d files are no feed we know, for example:%n",
                            report.unrecognised().size());
            report.unrecognised().stream()
                    .limit(EXAMPLES)
                    .forEach(line -> console.out().println("    " + SafeText.of(line)));
        }
        if (!report.broken().isEmpty()) {
            console.err()
                    .printf(
                            Locale.ROOT,
                            "holdfast: %,d files could not be read to their end; what they held is missing:%n",
                            report.broken().size());
            report.broken().entrySet().stream()
                    .limit(EXAMPLES)
                    .forEach(file ->
                            console.err().println("  " + SafeText.of(file.getKey() + ": " + withoutPath(file))));
        }
    }
}
