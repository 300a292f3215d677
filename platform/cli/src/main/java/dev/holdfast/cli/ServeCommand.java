package dev.holdfast.cli;

import dev.holdfast.core.ExitCode;
import dev.holdfast.core.InputException;
import dev.holdfast.core.SafeText;
import dev.holdfast.server.AdmissionServer;
import dev.holdfast.server.OwnAuthority;
import dev.holdfast.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
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
final class ServeCommand implements Command {
    private static final Duration VALIDITY = Duration.ofDays(366);
    private static final int MOST_PORT = 65_535;
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

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
        return spec.addOption(
                        Options.value("--admission", "FILE", "What is asked in which namespace; see docs/serve.md."))
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
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        Optional<String> folder = Options.text(words, "--init-certs");
        if (folder.isPresent()) {
            return certificates(folder.get(), words, console);
        }
        String listen = Options.text(words, "--listen").orElse("127.0.0.1:8443");
        int colon = listen.lastIndexOf(':');
        ServerSettings settings = new ServerSettings(
                colon < 0 ? listen : listen.substring(0, colon).replace("[", "").replace("]", ""),
                port(listen, colon),
                file(words, "--certificate"),
                file(words, "--key"),
                file(words, "--admission"),
                Options.text(words, "--namespace").orElse("holdfast"));
        try (AdmissionServer server = AdmissionServer.start(settings, line -> tell(console, line))) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end));
            tell(console, "listening on " + settings.host() + ":" + server.port());
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

    private static int port(String listen, int colon) throws InputException {
        String digits = colon < 0 ? "8443" : listen.substring(colon + 1);
        int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : MOST_PORT + 1;
        if (port > MOST_PORT) {
            throw Options.usage("--listen " + listen + " is no address and port; 0.0.0.0:8443 is");
        }
        return port;
    }

    private static Path file(ParseResult words, String option) throws InputException {
        return Path.of(Options.text(words, option)
                .orElseThrow(() -> Options.usage(option + " is missing; holdfast serve --help")));
    }
}
