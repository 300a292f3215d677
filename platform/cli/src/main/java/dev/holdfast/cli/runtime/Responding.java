package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Reason;
import dev.holdfast.cli.command.Version;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.report.respond.JsonRespond;
import dev.holdfast.report.respond.TerminalRespond;
import dev.holdfast.respond.Machine;
import dev.holdfast.respond.Outcome;
import dev.holdfast.respond.Protection;
import dev.holdfast.respond.Responder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What the commands of {@code holdfast respond} have in common. */
final class Responding {
    private static final String JOURNAL = "/var/lib/holdfast/respond.journal";

    private Responding() {}

    static CommandSpec addOptions(CommandSpec spec) {
        return spec.addOption(Options.flag("--act", "Do it. Without, it is only said what would be done."))
                .addOption(Options.values("--never", "NAME=VALUE", "Never touch containers with this label."))
                .addOption(
                        Options.flag("--system-pods", "Also pods of kube-system, which are never touched otherwise."))
                .addOption(journal())
                .addOption(Options.value("--format", "FORMAT", "table (default), json."));
    }

    static picocli.CommandLine.Model.OptionSpec journal() {
        return Options.value("--journal", "FILE", "Where all is written down; default " + JOURNAL + ".");
    }

    static Path journal(ParseResult words) {
        return Path.of(Options.text(words, "--journal").orElse(JOURNAL));
    }

    /** A responder for this machine. */
    static Responder responder(ParseResult words) throws InputException, IOException {
        requireRoot();
        return new Responder(
                Machine.at(Path.of("/")),
                journal(words),
                protection(words),
                InstantSource.system(),
                Options.isSet(words, "--act"));
    }

    private static Protection protection(ParseResult words) throws InputException {
        boolean isKnown = words.commandSpec().findOption("--never") != null;
        Set<String> labels = new TreeSet<>(Protection.DEFAULT.labels());
        for (String label : isKnown ? Options.texts(words, "--never") : List.<String>of()) {
            if (label.indexOf('=') < 1) {
                throw Options.usage("--never " + label + " is no label; NAME=VALUE is");
            }
            labels.add(label);
        }
        boolean takesSystem = isKnown && Options.isSet(words, "--system-pods");
        return new Protection(labels, takesSystem ? Set.of() : Protection.DEFAULT.namespaces());
    }

    /** Whoever may not see all processes and the engines' files would be told less than there is. */
    static void requireRoot() throws IOException {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!uid.equals(0)) {
            throw new IOException(
                    "responding needs root: control groups, programs in the kernel and the engines' files are root's");
        }
    }

    /** Who orders it, for the journal. */
    static String person(Console console, String command) {
        String user = console.environment().apply("SUDO_USER");
        String name = user.isEmpty() ? System.getProperty("user.name", "?") : user + " by sudo";
        return SafeText.of(name) + ": holdfast " + command;
    }

    /** Something that ends in outcomes: several for a pod of several containers. */
    @FunctionalInterface
    interface Deed {
        List<Outcome> outcomes() throws InputException, IOException;
    }

    /** Collects the outcomes of several targets: one that is wrong does not hide the others. */
    static final class Answers {
        private final ParseResult words;
        private final Console console;
        private final List<Outcome> outcomes = new ArrayList<>();
        private ExitCode exit = ExitCode.PASS;

        Answers(ParseResult words, Console console) {
            this.words = words;
            this.console = console;
        }

        void add(String name, Deed deed) {
            try {
                for (Outcome outcome : deed.outcomes()) {
                    outcomes.add(outcome);
                    exit = exit.or(outcome.result().exit());
                }
            } catch (InputException wrong) {
                console.tell(wrong.getMessage());
                exit = exit.or(ExitCode.INPUT);
            } catch (IOException failed) {
                console.tell(name + ": " + Reason.of(failed));
                exit = exit.or(ExitCode.ENVIRONMENT);
            }
        }

        ExitCode end() throws InputException, IOException {
            String format = Options.format(words, "table", "json");
            Output.of(words, console)
                    .jsonOrText(
                            format,
                            out -> JsonRespond.outcomes(outcomes, Options.isSet(words, "--act"), Version.TEXT, out),
                            () -> TerminalRespond.outcomes(
                                    outcomes, Options.isSet(words, "--act"), Options.ink(words, console)));
            return exit;
        }
    }
}
