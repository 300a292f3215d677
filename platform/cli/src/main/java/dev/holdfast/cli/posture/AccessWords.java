package dev.holdfast.cli.posture;

import dev.holdfast.access.AccessReport;
import dev.holdfast.access.AccessReviewer;
import dev.holdfast.access.Question;
import dev.holdfast.access.Scope;
import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.ClusterReader;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.cli.command.Version;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.kube.given.LiveObjects;
import dev.holdfast.report.access.JsonAccess;
import dev.holdfast.report.access.TerminalAccess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What the commands about access share: their options, how subjects and resources are written, and where the answer goes. */
final class AccessWords {
    private AccessWords() {}

    static CommandSpec spec(String... description) {
        return ClusterWords.spec(description)
                .addOption(Options.flag(
                        "--complete", "The files hold every object of the cluster: what is missing does not exist."));
    }

    /** The options that say what exactly is asked. */
    static CommandSpec withQuestion(CommandSpec spec) {
        return spec.addOption(OptionSpec.builder("-n", "--namespace")
                        .type(String.class)
                        .paramLabel("NAME")
                        .description("The namespace that is asked about.")
                        .build())
                .addOption(OptionSpec.builder("-A", "--all-namespaces")
                        .type(boolean.class)
                        .arity("0")
                        .description("Ask about the whole cluster.")
                        .build())
                .addOption(Options.value("--subresource", "NAME", "The subresource, such as exec or scale."))
                .addOption(Options.value("--name", "NAME", "The object."));
    }

    static CommandSpec withGroups(CommandSpec spec) {
        return spec.addOption(Options.value(
                "--groups",
                "NAMES",
                "The subject's groups, separated by commas, instead of those that the server adds by itself."));
    }

    static Requester requester(String word, ParseResult words) {
        Requester requester = Requester.named(word);
        Optional<String> groups = Options.text(words, "--groups");
        return groups.isEmpty() ? requester : requester.with(List.copyOf(Options.parts(groups.get())));
    }

    private static Optional<String> namespace(ParseResult words) {
        return Options.isSet(words, "--all-namespaces") ? Optional.of("") : Options.text(words, "--namespace");
    }

    static Scope scope(ParseResult words) {
        Optional<String> namespace = namespace(words);
        return namespace.isEmpty() ? new Scope.Anywhere() : new Scope.Within(namespace.get());
    }

    static Question question(String verb, String resource, ParseResult words) {
        return Question.of(
                verb,
                resource,
                Options.text(words, "--subresource").orElse(""),
                Options.text(words, "--name").orElse(""),
                namespace(words).orElse(""));
    }

    static Cluster cluster(List<String> paths, ParseResult words, Console console) throws InputException, IOException {
        ClusterReader reader = new ClusterReader(ClusterWords.defaultNamespace(words));
        ClusterWords.read(paths, reader, ClusterReader.COLLECTIONS, words, console);
        return reader.cluster();
    }

    /** A cluster that was read whole is complete: what it does not hold does not exist. */
    static AccessReviewer reviewer(Cluster cluster, List<String> paths, ParseResult words) {
        boolean isLive = paths.stream().anyMatch(path -> path.startsWith(LiveObjects.PREFIX));
        return new AccessReviewer(cluster, isLive || Options.isSet(words, "--complete"));
    }

    static ExitCode answer(AccessReport report, ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        Output.of(words, console)
                .jsonOrText(
                        format,
                        out -> JsonAccess.write(report, Version.TEXT, out),
                        () -> TerminalAccess.render(
                                report, Options.ink(words, console), Options.isSet(words, "--all")));
        return switch (report.verdict().outcome()) {
            case PASS -> ExitCode.PASS;
            case FAIL -> ExitCode.FAIL;
            case COULD_NOT_TELL -> ExitCode.COULD_NOT_TELL;
        };
    }
}
