package dev.holdfast.cli;

import dev.holdfast.advisory.CorruptBaseException;
import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Reason;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.completion.CompletionCommand;
import dev.holdfast.cli.gate.GateCommand;
import dev.holdfast.cli.image.ImageCommands;
import dev.holdfast.cli.knowledge.KnowledgeCommands;
import dev.holdfast.cli.posture.PostureCommands;
import dev.holdfast.cli.runtime.RuntimeCommands;
import dev.holdfast.cli.server.ServeCommand;
import dev.holdfast.cli.version.VersionCommands;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.scan.exemption.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds the command that was named, parses its words, runs it, and answers with an exit code whatever happens. */
final class Program {
    private static final String USAGE = """
            Holdfast: container security with a proof for every answer.

              holdfast scan nginx:1.25           what is inside, what is vulnerable, what to do, what could not be seen
              holdfast explain nginx.tar CVE-…   why it is reported, or why not
              holdfast db info                   what the answers are based on, and how old it is

            Images
              scan TARGET…                       scan images (files, registries, container engines), containers, SBOMs
              explain TARGET ID [PACKAGE]        the chain of proof for one identifier
              fix TARGET                         what to change, smallest first, and what stays
              sbom TARGET                        what is inside, as CycloneDX or SPDX
              compare TARGET REPORT…             our answer beside other tools' reports, every disagreement with its cause
              coverage TARGET                    where every byte comes from, and what is of unknown origin

            What builds and deploys them
              check PATH…                        what weakens Dockerfiles, Compose and Kubernetes files, and the fix
              access who-can|can|paths|unused    Kubernetes RBAC: who can do what, ways to cluster-admin, what to cut
              reach map|why|diff PATH…           who may talk to whom by the network policies, why, and what a change opens
              policy test FILE…                  ask ValidatingAdmissionPolicies about manifests, without a cluster
              policy export --pss LEVEL          what the webhook would ask, as policies of the API server itself
              comply --framework NAME PATH…      what the checks show, clause by clause of CIS, NIST, PCI DSS and others
              gate TARGET|PATH…                  scan, check and policies in one run, one verdict
              serve                              the admission webhook of a cluster

            While they run
              watch                              what containers do, against rules; also audit logs and recordings
              rules check|list|explain|test      runtime rules in Falco's language: right or not, and why one holds
              respond freeze|kill|disconnect|…   stop a container after the fact, undo it, list what is in force

            What answers are based on
              db build|update|import|export|info the advisory base
              base add|list|remove               the images that yours are built on: a scan tells theirs from yours
              cache info|prune|clear             what is remembered of images and layers
              version compare|in …               compare versions as an ecosystem does
              completion bash|zsh|fish           a script that completes commands and options

            holdfast COMMAND --help tells more. Exit codes: 0 done, gate passes · 1 gate fails · 2 could not tell
            3 wrong input · 4 environment · 70 a bug in Holdfast
            """;

    private final Console console;

    Program(Console console) {
        this.console = console;
    }

    /** Every command there is; nothing of it is needed to tell the version. */
    private static List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        commands.addAll(ImageCommands.all());
        commands.addAll(PostureCommands.all());
        commands.add(new GateCommand());
        commands.addAll(RuntimeCommands.all());
        commands.add(new ServeCommand(Main.class));
        commands.addAll(KnowledgeCommands.all());
        commands.addAll(VersionCommands.all());
        commands.add(new CompletionCommand(Program::commands));
        return commands;
    }

    /** The long names of every command's options. */
    private static Set<String> options() {
        Set<String> names = new HashSet<>();
        for (Command command : commands()) {
            Options.common(command.spec()).options().forEach(option -> names.add(option.longestName()));
        }
        return names;
    }

    int run(String... words) {
        try {
            return execute(words).value();
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    private ExitCode execute(String... words) {
        if (words.length == 0 || isHelp(words[0]) && words.length == 1) {
            console.out().print(USAGE);
            return words.length == 0 ? ExitCode.INPUT : ExitCode.PASS;
        }
        if (isHelp(words[0])) {
            return execute(helpBehind(words));
        }
        if (words[0].equals("--version")
                || words[0].equals("-V")
                || (words[0].equals("version") && words.length == 1)) {
            console.out().println("holdfast " + Version.TEXT);
            return ExitCode.PASS;
        }
        List<Command> commands = commands();
        Optional<Command> command = find(commands, words);
        return command.isPresent() ? run(command.get(), words) : withoutCommand(commands, words);
    }

    /** The first word is no command by itself: it names several, or nothing. */
    private ExitCode withoutCommand(List<Command> commands, String... words) {
        Optional<Group> group = Group.of(commands, words[0]);
        if (group.isEmpty()) {
            return noCommand(words[0], "", firstWords(commands));
        }
        List<String> seconds = group.get().seconds();
        if (words.length == 1) {
            return usage("which of " + String.join(", ", seconds) + "? holdfast " + words[0] + " --help tells more");
        }
        if (!isHelp(words[1])) {
            return noCommand(words[1], words[0] + " ", seconds);
        }
        console.out().print(group.get().overview());
        return ExitCode.PASS;
    }

    private ExitCode noCommand(String word, String before, Collection<String> all) {
        String near = Nearest.of(word, all)
                .map(meant -> "; did you mean " + before + meant + "?")
                .orElse("");
        return usage("no command \"" + SafeText.of(before + word) + "\"" + near + "; holdfast " + before
                + "--help lists them");
    }

    private static Set<String> firstWords(List<Command> commands) {
        Set<String> words = new TreeSet<>();
        for (Command command : commands) {
            words.add(command.name().split(" ", 2)[0]);
        }
        return words;
    }

    /** {@code help scan} is {@code scan --help}. */
    private static String[] helpBehind(String... words) {
        List<String> turned = new ArrayList<>(List.of(words).subList(1, words.length));
        turned.removeIf(Program::isHelp);
        turned.add("--help");
        return turned.toArray(new String[0]);
    }

    private static boolean isHelp(String word) {
        return word.equals("--help") || word.equals("-h") || word.equals("help");
    }

    private static Optional<Command> find(List<Command> commands, String... words) {
        for (Command command : commands) {
            int parts = parts(command);
            if (words.length >= parts
                    && command.name().equals(String.join(" ", List.of(words).subList(0, parts)))) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    private static int parts(Command command) {
        return command.name().indexOf(' ') < 0 ? 1 : 2;
    }

    private ExitCode run(Command command, String... words) {
        CommandSpec spec = Options.common(command.spec().name("holdfast " + command.name()));
        Help.layOut(spec);
        CommandLine line = new CommandLine(spec);
        String[] rest = List.of(words).subList(parts(command), words.length).toArray(new String[0]);
        try {
            line.setDefaultValueProvider(new Configuration(console, Program::options, rest).defaults());
            ParseResult parsed = line.parseArgs(rest);
            if (parsed.isUsageHelpRequested()) {
                line.usage(console.out());
                return ExitCode.PASS;
            }
            return command.run(parsed, console);
        } catch (ParameterException wrong) {
            return usage(wrong.getMessage() + "; holdfast " + command.name() + " --help tells more");
        } catch (InputException wrong) {
            return fail(wrong.getMessage(), ExitCode.INPUT);
        } catch (InvalidPathException wrong) {
            return usage("\"" + wrong.getInput() + "\" cannot be the name of a file here; for letters beyond ASCII set"
                    + " LC_ALL=C.UTF-8");
        } catch (CorruptBaseException damaged) {
            return fail(damaged.input().getMessage(), ExitCode.INPUT);
        } catch (IOException failed) {
            return fail(Reason.of(failed), ExitCode.ENVIRONMENT);
        } catch (UncheckedIOException failed) {
            IOException cause = failed.getCause();
            return fail(cause == null ? failed.toString() : Reason.of(cause), ExitCode.ENVIRONMENT);
        } catch (OutOfMemoryError exhausted) {
            return fail("not enough memory; HOLDFAST_JAVA_OPTIONS=-Xmx2g gives more", ExitCode.ENVIRONMENT);
        } catch (RuntimeException | StackOverflowError bug) {
            return bug(bug);
        }
    }

    private ExitCode usage(String message) {
        return fail(message, ExitCode.INPUT);
    }

    private ExitCode fail(String message, ExitCode code) {
        console.tell(message);
        return code;
    }

    private ExitCode bug(Throwable bug) {
        console.tell("a bug in Holdfast: " + bug + "; please report it with the lines below");
        bug.printStackTrace(console.err());
        return ExitCode.BUG;
    }
}
