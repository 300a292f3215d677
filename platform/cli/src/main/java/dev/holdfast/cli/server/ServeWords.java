package dev.holdfast.cli.server;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.given.GivenPolicies;
import dev.holdfast.cli.given.ImageSources;
import dev.holdfast.core.InputException;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParseResult;

/** What the words of {@code holdfast serve} set up. */
final class ServeWords {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,3})([hd])");
    /** Instead of a kubeconfig: the account of the pod. */
    private static final String OWN_CLUSTER = "in-cluster";

    private final Class<?> program;
    private final ParseResult words;
    private final Console console;

    /** @param program whose main method is the program: scans run in processes of their own */
    ServeWords(Class<?> program, ParseResult words, Console console) {
        this.program = program;
        this.words = words;
        this.console = console;
    }

    ServerSettings settings() throws InputException, IOException {
        ListenAddress address =
                ListenAddress.of("--listen", Options.text(words, "--listen").orElse("127.0.0.1:8443"));
        ServerSettings settings = ServerSettings.of(
                        address.host(),
                        address.port(),
                        file("--certificate"),
                        file("--key"),
                        file("--admission"),
                        Options.text(words, "--namespace").orElse("holdfast"))
                .with(namespaces());
        if (Options.text(words, "--store").isPresent()) {
            settings = settings.with(memory());
        }
        if (Options.text(words, "--ignore-file").isPresent()) {
            settings =
                    settings.with(new ServerSettings.ExceptionFile(file("--ignore-file"), GivenPolicies::exceptions));
        }
        Optional<String> reports = Options.text(words, "--reports-listen");
        if (reports.isPresent()) {
            if (settings.memory().isEmpty()) {
                throw Options.usage("--reports-listen takes reports into a store: name it with --store");
            }
            ListenAddress door = ListenAddress.of("--reports-listen", reports.get());
            settings =
                    settings.with(new ServerSettings.ReportDoor(door.host(), door.port(), file("--reports-authority")));
        }
        return settings;
    }

    private ServerSettings.NamespaceSource namespaces() throws InputException {
        Optional<String> file = Options.text(words, "--namespaces");
        Optional<String> kubeconfig = Options.text(words, "--kubeconfig");
        if (file.isPresent() && kubeconfig.isPresent()) {
            throw Options.usage("--namespaces and --kubeconfig say the same in two ways; one of them is enough");
        }
        if (file.isPresent()) {
            return new ServerSettings.NamespaceSource.Listed(Path.of(file.get()));
        }
        if (kubeconfig.isEmpty()) {
            return new ServerSettings.NamespaceSource.Nowhere();
        }
        return kubeconfig.get().equals(OWN_CLUSTER)
                ? new ServerSettings.NamespaceSource.OwnCluster()
                : new ServerSettings.NamespaceSource.Cluster(Path.of(kubeconfig.get()));
    }

    private ServerSettings.MemorySettings memory() throws InputException, IOException {
        Optional<String> password = Options.text(words, "--store-password");
        StoreSettings store = new StoreSettings(
                Options.text(words, "--store").orElse(""),
                Options.text(words, "--store-user").orElse(""),
                password.isPresent() ? Files.readString(Path.of(password.get())).strip() : "");
        Duration holds = span(Options.text(words, "--verdicts-hold").orElse("3d"));
        List<String> options = new ArrayList<>(List.of("--fail-on", "high"));
        for (String passed : List.of("--db", "--insecure-registry", "--registry-mirror")) {
            Options.text(words, passed).ifPresent(value -> options.addAll(List.of(passed, value)));
        }
        ChildScan scan = new ChildScan(program, new ImageSources(words, console).settings(), options, holds);
        return new ServerSettings.MemorySettings(store, scan, scanners(), holds);
    }

    private static Duration span(String text) throws InputException {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw Options.usage("--verdicts-hold " + text + " is no span of time; 12h and 3d are");
        }
        long count = Long.parseLong(span.group(1));
        return span.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count);
    }

    private int scanners() throws InputException {
        String count = Options.text(words, "--scanners").orElse("1");
        if (!count.matches("\\d{1,2}")) {
            throw Options.usage("--scanners " + count + " is no number of scans at a time; 1 is");
        }
        return Integer.parseInt(count);
    }

    private Path file(String option) throws InputException {
        return Path.of(Options.text(words, option)
                .orElseThrow(() -> Options.usage(option + " is missing; holdfast serve --help")));
    }
}
