package dev.holdfast.cli.server;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Version;
import dev.holdfast.cli.given.GivenPath;
import dev.holdfast.cli.given.ImageSources;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.server.AdmissionServer;
import dev.holdfast.server.OwnAuthority;
import dev.holdfast.server.ServerLog;
import dev.holdfast.server.ServerSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast serve}: the admission webhook, until it is told to end. */
public final class ServeCommand implements Command {
    private static final Duration VALIDITY = Duration.ofDays(366);
    /** Longer than the server takes to answer what is under way and to write what it noted. */
    private static final Duration LONGEST_END = Duration.ofSeconds(25);

    private final Class<?> program;
    /** Somebody told the process to end. */
    private final CountDownLatch told = new CountDownLatch(1);
    /** The server has ended. */
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param program whose main method is the program: scans run in processes of their own */
    public ServeCommand(Class<?> program) {
        this.program = program;
    }

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
        spec.addOption(Options.value(
                "--ignore-file",
                "FILE",
                "Exceptions, as check takes them, beside those of the settings; read anew when it changes."));
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
        ServerLog.into(console::tell);
        ServerSettings settings = new ServeWords(program, words, console).settings();
        try (AdmissionServer server = AdmissionServer.start(settings, console::tell)) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
            console.tell("listening on " + settings.door().host() + ":" + server.port() + started(settings, server));
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
        OwnAuthority.write(GivenPath.of(folder), names.isEmpty() ? List.of(usual) : names, start, VALIDITY);
        console.tell("wrote ca.crt (for the caBundle), tls.crt and tls.key to " + folder);
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
}
