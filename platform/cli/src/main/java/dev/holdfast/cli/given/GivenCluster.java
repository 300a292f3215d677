package dev.holdfast.cli.given;

import dev.holdfast.check.CheckRequest;
import dev.holdfast.check.cluster.RunningCluster;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.core.InputException;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A running cluster as a target: {@code cluster:} or {@code cluster:CONTEXT}, by the kubeconfig that kubectl would take. */
public final class GivenCluster {
    /** What a word begins with that means a running cluster. */
    public static final String PREFIX = "cluster:";

    private GivenCluster() {}

    public static OptionSpec option() {
        return Options.value(
                "--kubeconfig",
                "FILE",
                "Where cluster: finds server and credentials; default KUBECONFIG, ~/.kube/config.");
    }

    static CheckRequest request(String given, Path kubeConfig, Console console) {
        String context = given.substring(PREFIX.length());
        return CheckRequest.ofCluster(given, new RunningCluster(kubeConfig, context, console.environment()::apply));
    }

    /** Where kubectl would look, except that of several files in the variable only the first is read. */
    public static Path kubeConfig(ParseResult words, Console console) throws InputException {
        Optional<String> given = Options.text(words, "--kubeconfig");
        if (given.isPresent()) {
            return GivenPath.of(given.get());
        }
        String named = console.environment().apply("KUBECONFIG").split(File.pathSeparator, -1)[0];
        String home = console.environment().apply("HOME");
        return named.isEmpty() ? Path.of(home, ".kube", "config") : GivenPath.of(named);
    }
}
