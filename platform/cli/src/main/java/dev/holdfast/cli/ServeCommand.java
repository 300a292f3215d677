package dev.holdfast.cli;

import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.server.AdmissionServer;
import dev.holdfast.server.OwnAuthority;
import dev.holdfast.server.ServerLog;
import dev.holdfast.server.ServerSettings;
import dev.holdfast.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast serve}: the admission webhook, until it is told to end. */
final class ServeCommand implements Command {
    private static final Duration VALIDITY = Duration.ofDays(366);
    private static final int MOST_PORT = 65_535;
    /** Longer than the server takes to answer what is under way and to write what it noted. */
    private static final Duration LONGEST_END = Duration.ofSeconds(25);

    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,3})([hd])");
    /** Instead of a kubeconfig: the account of the pod. */
    private static final String OWN_CLUSTER = "in-cluster";

    /** Somebody told the process to end. */
    private final CountDownLatch told = new CountDownLatch(1);
    /** The server has ended. */
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast serve --admission settings.yaml --certificate tls.crt --key tls.key",
                        "",
                        "Answers the API server whether objects may be admitted: by the Pod Security Standards, our checks and policies of yours.",
                        "It does not start with settings that would keep nodes, leases or itself from being admitted.");
        ImageSources.addOptions(spec);
        spec.addOption(Options.value("--admission", "FILE", "What is asked in which namespace; see docs/serve.md."))
                .addOption(Options.value(
                        "--certificate", "FILE", "Certificate of the server, PEM; read anew when it changes."))
                .addOption(Options.value("--key", "FILE", "Its key, PEM without a password."))
                .addOption(Options.value("--listen", "ADDRESS:PORT", "Where to listen; default 127.0.0.1:8443."))
                .addOption(Options.value(
                        "--namespace", "NAME", "The namespace that the server runs in; default holdfast."))
                .addOption(Options.value(
                        "--init-certs",
                        "FOLDER",
                        "Do not serve: write a certificate for a year there (ca.crt, tls.crt, tls.key)."))
                .addOption(Options.values(
                        "--name", "NAME", "Names or addresses in that certificate; default holdfast.NAMESPACE.svc."));
        spec.addOption(Options.value(
                        "--namespaces",
                        "FILE",
                        "Manifests of namespaces, whose labels count; read anew when it changes."))
                .addOption(Options.value(
                        "--kubeconfig",
                        "FILE",
                        "API server that knows the namespaces; in-cluster: the pod's own account."));
        return spec.addOption(Options.value(
                        "--store",
                        "PLACE",
                        "What is remembered of images and decisions: a folder, or postgresql://HOST/DATABASE."))
                .addOption(Options.value("--store-user", "NAME", "User of PostgreSQL."))
                .addOption(Options.value("--store-password", "FILE", "File with the password of that user."))
                .addOption(
                        Options.value("--scanners", "N", "Scans of unknown images at a time; default 1, 0 for none."))
                .addOption(Options.value("--verdicts-hold", "SPAN", "How long a scan counts: 12h, 3d; default 3d."))
                .addOption(Options.value("--db", "FILE", "Advisory base to scan with."))
                .addOption(Options.value("--reports-listen", "ADDRESS:PORT", "Where reports of scans are taken."))
                .addOption(Options.value(
                        "--reports-authority", "FILE", "Whoever has a certificate of it may report, PEM."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Optional<String> folder = Options.text(words, "--init-certs");
        if (folder.isPresent()) {
            return certificates(folder.get(), words, console);
        }
        ServerLog.into(line -> tell(console, line));
        ServerSettings settings = settings(words, console);
        try (AdmissionServer server = AdmissionServer.start(settings, line -> tell(console, line))) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
            tell(console, "listening on " + settings.host() + ":" + server.port() + started(settings, server));
            told.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        closed.countDown();
        return ExitCode.PASS;
    }

    /** Valid from the day before on: it is not today everywhere. */
    private static ExitCode certificates(String folder, ParseResult words, Console console)
            throws InputException, IOException {
        List<String> names = Options.texts(words, "--name");
        String usual = "holdfast." + Options.text(words, "--namespace").orElse("holdfast") + ".svc";
        Instant start =
                console.today().get().minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        OwnAuthority.write(GivenPolicies.path(folder), names.isEmpty() ? List.of(usual) : names, start, VALIDITY);
        tell(console, "wrote ca.crt (for the caBundle), tls.crt and tls.key to " + folder);
        return ExitCode.PASS;
    }

    private static String started(ServerSettings settings, AdmissionServer server) {
        StringBuilder line = new StringBuilder(" version=" + Version.TEXT + " settings=" + settings.admission());
        settings.memory()
                .ifPresent(memory ->
                        line.append(" store=" + memory.store().shown()).append(" scanners=" + memory.scanners()));
        settings.reports().ifPresent(door -> line.append(" reports=" + door.host() + ":" + server.reportPort()));
        return line.toString();
    }

    private static ServerSettings settings(ParseResult words, Console console) throws InputException, IOException {
        Address address = Address.of("--listen", Options.text(words, "--listen").orElse("127.0.0.1:8443"));
        ServerSettings settings = ServerSettings.of(
                        address.host(),
                        address.port(),
                        file(words, "--certificate"),
                        file(words, "--key"),
                        file(words, "--admission"),
                        Options.text(words, "--namespace").orElse("holdfast"))
                .with(namespaces(words));
        if (Options.text(words, "--store").isPresent()) {
            settings = settings.with(memory(words, console));
        }
        Optional<String> reports = Options.text(words, "--reports-listen");
        if (reports.isPresent()) {
            if (settings.memory().isEmpty()) {
                throw Options.usage("--reports-listen takes reports into a store: name it with --store");
            }
            Address door = Address.of("--reports-listen", reports.get());
            settings = settings.with(
                    new ServerSettings.ReportDoor(door.host(), door.port(), file(words, "--reports-authority")));
        }
        return settings;
    }

    private static ServerSettings.NamespaceSource namespaces(ParseResult words) throws InputException {
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

    private static ServerSettings.MemorySettings memory(ParseResult words, Console console)
            throws InputException, IOException {
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
        ChildScan scan = new ChildScan(new ImageSources(words, console).settings(), options, holds);
        return new ServerSettings.MemorySettings(store, scan, scanners(words), holds);
    }

    private static Duration span(String text) throws InputException {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw Options.usage("--verdicts-hold " + text + " is no span of time; 12h and 3d are");
        }
        long count = Long.parseLong(span.group(1));
        return span.group(2).equals("h") ? Duration.ofHours(count) : Duration.ofDays(count);
    }

    private static int scanners(ParseResult words) throws InputException {
        String count = Options.text(words, "--scanners").orElse("1");
        if (!count.matches("\\d{1,2}")) {
            throw Options.usage("--scanners " + count + " is no number of scans at a time; 1 is");
        }
        return Integer.parseInt(count);
    }

    /** The process ends when its last hook has: it waits until what was asked is answered. */
    private void end() {
        told.countDown();
        try {
            boolean isAnswered = closed.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
            if (!isAnswered) {
                Thread.currentThread().interrupt(); // nothing waits any longer
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(Console console, String line) {
        console.err().println("holdfast: " + SafeText.of(line));
        console.err().flush();
    }

    /** Where to listen. */
    private record Address(String host, int port) {
        private static Address of(String option, String text) throws InputException {
            int colon = text.lastIndexOf(':');
            String digits = colon < 0 ? "8443" : text.substring(colon + 1);
            int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : MOST_PORT + 1;
            if (port > MOST_PORT) {
                throw Options.usage(option + " " + text + " is no address and port; 0.0.0.0:8443 is");
            }
            String host = colon < 0 ? text : text.substring(0, colon);
            return new Address(host.replace("[", "").replace("]", ""), port);
        }
    }

    private static Path file(ParseResult words, String option) throws InputException {
        return Path.of(Options.text(words, option)
                .orElseThrow(() -> Options.usage(option + " is missing; holdfast serve --help")));
    }
}
