package dev.holdfast.cli;

import dev.holdfast.advisory.CorruptBaseException;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.respond.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

            Commands:
              scan TARGET…                       scan images (files, registries, container engines), containers, SBOMs
              explain TARGET ID [PACKAGE]        the chain of proof for one identifier
              fix TARGET                         what to change, smallest first, and what stays
              sbom TARGET                        what is inside, as CycloneDX or SPDX
              compare TARGET REPORT…             our answer beside other tools' reports, every disagreement with its cause
              check PATH…                        what weakens Dockerfiles, Compose and Kubernetes files, and the fix
              gate TARGET|PATH…                  scan, check and policies in one run, one verdict
              comply --framework NAME PATH…      what the checks show, clause by clause of CIS, NIST, PCI DSS and others
              rules check|list|explain|test      runtime rules in Falco's language: right or not, and why one holds
              access who-can|can|paths|unused    Kubernetes RBAC: who can do what, ways to cluster-admin, what to cut
              serve                              the admission webhook of a cluster
              policy test FILE…                  ask ValidatingAdmissionPolicies about manifests, without a cluster
              policy export --pss LEVEL          what the webhook would ask, as policies of the API server itself
              coverage TARGET                    where every byte comes from, and what is of unknown origin
              watch --rules FILE --replay FILE   events of kernels and clusters against rules, and what they say
              respond freeze|kill|disconnect|…   stop a container after the fact, undo it, list what is in force
              base add|list|remove               the images that yours are built on: a scan tells theirs from yours
              cache info|prune|clear             what is remembered of images and layers
              db build|update|import|export|info the advisory base
              version compare|in …               compare versions as an ecosystem does
              completion bash|zsh|fish           a script that completes commands and options

            holdfast COMMAND --help tells more. Exit codes: 0 done, gate passes · 1 gate fails · 2 could not tell
            3 wrong input · 4 environment · 70 a bug in Holdfast
            """;

    private final Console console;
    private final List<Command> commands;

    Program(Console console) {
        this.console = console;
        this.commands = List.of(
                new ScanCommand(),
                new ExplainCommand(),
                new FixCommand(),
                new SbomCommand(),
                new CompareCommand(),
                new CoverageCommand(),
                new CheckCommand(),
                new GateCommand(),
                new ComplyCommand(),
                new RulesCheckCommand(),
                new RulesListCommand(),
                new RulesExplainCommand(),
                new RulesTestCommand(),
                new ServeCommand(),
                new PolicyTestCommand(),
                new PolicyExportCommand(),
                new BaseAddCommand(),
                new BaseListCommand(),
                new BaseRemoveCommand(),
                new CacheInfoCommand(),
                new CachePruneCommand(),
                new CacheClearCommand(),
                new DbBuildCommand(),
                new DbUpdateCommand(),
                new DbImportCommand(),
                new DbExportCommand(),
                new DbInfoCommand(),
                new WatchCommand(),
                new RespondCommand(Action.FREEZE),
                new RespondCommand(Action.KILL),
                new RespondCommand(Action.DISCONNECT),
                new RespondCommand(Action.HOLD),
                new RespondUndoCommand(),
                new RespondListCommand(),
                new VersionCompareCommand(),
                new VersionInCommand(),
                new AccessWhoCanCommand(),
                new AccessCanCommand(),
                new AccessPathsCommand(),
                new AccessUnusedCommand(),
                new CompletionCommand(this::commands));
    }

    private List<Command> commands() {
        return commands;
    }

    /** The long names of every command's options. */
    private Set<String> options() {
        Set<String> names = new HashSet<>();
        for (Command command : commands) {
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
        if (words.length == 0 || isHelp(words[0])) {
            console.out().print(USAGE);
            return words.length == 0 ? ExitCode.INPUT : ExitCode.PASS;
        }
        if (words[0].equals("--version")
                || words[0].equals("-V")
                || (words[0].equals("version") && words.length == 1)) {
            console.out().println("holdfast " + Version.TEXT);
            return ExitCode.PASS;
        }
        Optional<Command> command = find(words);
        if (command.isEmpty()) {
            return usage("no command \"" + phrase(words) + "\"; holdfast --help lists them");
        }
        return run(command.get(), words);
    }

    private static boolean isHelp(String word) {
        return word.equals("--help") || word.equals("-h") || word.equals("help");
    }

    private Optional<Command> find(String... words) {
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

    /** The words that were meant as a command, for the message. */
    private static String phrase(String... words) {
        boolean isGroup = List.of("db", "version", "base", "cache", "access", "rules", "policy", "respond")
                .contains(words[0]);
        return SafeText.of(isGroup && words.length > 1 ? words[0] + " " + words[1] : words[0]);
    }

    private ExitCode run(Command command, String... words) {
        CommandSpec spec = Options.common(command.spec().name("holdfast " + command.name()));
        CommandLine line = new CommandLine(spec);
        String[] rest = List.of(words).subList(parts(command), words.length).toArray(new String[0]);
        try {
            line.setDefaultValueProvider(new Configuration(console, this::options, rest).defaults());
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
        } catch (CorruptBaseException damaged) {
            return fail(damaged.input().getMessage(), ExitCode.INPUT);
        } catch (IOException failed) {
            return fail(reason(failed), ExitCode.ENVIRONMENT);
        } catch (UncheckedIOException failed) {
            IOException cause = failed.getCause();
            return fail(cause == null ? failed.toString() : reason(cause), ExitCode.ENVIRONMENT);
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
        console.err().println("holdfast: " + SafeText.of(message));
        return code;
    }

    private ExitCode bug(Throwable bug) {
        console.err()
                .println("holdfast: a bug in Holdfast: " + SafeText.of(bug.toString())
                        + "; please report it with the lines below");
        bug.printStackTrace(console.err());
        return ExitCode.BUG;
    }

    /** The JDK's file exceptions often hold only a path: say what is wrong with it. */
    static String reason(IOException failed) {
        String message = failed.getMessage() == null ? failed.toString() : failed.getMessage();
        return switch (failed) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileSystemException other
            when other.getReason() == null -> message + ": " + other.getClass().getSimpleName();
            default -> message;
        };
    }
}
