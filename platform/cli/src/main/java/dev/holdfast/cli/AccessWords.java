package dev.holdfast.cli;

import dev.holdfast.access.AccessReport;
import dev.holdfast.access.AccessReviewer;
import dev.holdfast.access.GivenObjects;
import dev.holdfast.access.LiveObjects;
import dev.holdfast.access.Question;
import dev.holdfast.access.Scope;
import dev.holdfast.access.rbac.Cluster;
import dev.holdfast.access.rbac.Requester;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.report.JsonAccess;
import dev.holdfast.report.TerminalAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What the commands about access share: their options, how subjects and resources are written, and where the answer goes. */
final class AccessWords {
    private static final String DEFAULT_NAMESPACE = "default";

    private AccessWords() {}

    static CommandSpec spec(String... description) {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(description);
        return spec.addOption(Options.value("--format", "FORMAT", "table (default), json."))
                .addOption(Options.value(
                        "--default-namespace",
                        "NAME",
                        "Where an object lies whose file does not say it; default \"default\"."))
                .addOption(Options.flag(
                        "--complete", "The files hold every object of the cluster: what is missing does not exist."))
                .addOption(Options.value(
                        "--kubeconfig", "FILE", "Server and credentials of cluster:; default as kubectl finds it."))
                .addOption(Options.flag("--all", "List every line in the table."));
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
        return groups.isEmpty()
                ? requester
                : requester.with(List.of(groups.get().split(",")));
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
        String namespace = Options.text(words, "--default-namespace").orElse(DEFAULT_NAMESPACE);
        LiveObjects live = new LiveObjects(kubeConfig(words, console), console.environment()::apply);
        return new GivenObjects(namespace, live, Limits.DEFAULT).read(paths, console.in());
    }

    /** Where kubectl would look, except that of several files in the variable only the first is read. */
    private static Path kubeConfig(ParseResult words, Console console) throws InputException {
        Optional<String> given = Options.text(words, "--kubeconfig");
        if (given.isPresent()) {
            return GivenPolicies.path(given.get());
        }
        String named = console.environment().apply("KUBECONFIG").split(java.io.File.pathSeparator, -1)[0];
        String home = console.environment().apply("HOME");
        return named.isEmpty() ? Path.of(home, ".kube", "config") : GivenPolicies.path(named);
    }

    /** A cluster that was read whole is complete: what it does not hold does not exist. */
    static AccessReviewer reviewer(Cluster cluster, List<String> paths, ParseResult words) {
        boolean isLive = paths.stream().anyMatch(path -> path.startsWith(LiveObjects.PREFIX));
        return new AccessReviewer(cluster, isLive || Options.isSet(words, "--complete"));
    }

    static ExitCode answer(AccessReport report, ParseResult words, Console console) throws InputException, IOException {
        String format = Options.format(words, "table", "json");
        Output.write(words, console, out -> {
            if (format.equals("json")) {
                JsonAccess.write(report, Version.TEXT, out);
            } else {
                String text = TerminalAccess.render(report, Options.ink(words, console), Options.isSet(words, "--all"));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        });
        return switch (report.verdict().outcome()) {
            case PASS -> ExitCode.PASS;
            case FAIL -> ExitCode.FAIL;
            case COULD_NOT_TELL -> ExitCode.COULD_NOT_TELL;
        };
    }
}
