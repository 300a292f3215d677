package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.report.watch.EcsAlert;
import dev.holdfast.report.watch.FalcoAlert;
import dev.holdfast.report.watch.JsonAlert;
import dev.holdfast.report.watch.TerminalAlert;
import dev.holdfast.report.watch.WatchMetrics;
import dev.holdfast.watch.Tally;
import dev.holdfast.watch.alert.AlertFormat;
import dev.holdfast.watch.alert.AlertSink;
import dev.holdfast.watch.alert.Throttle;
import dev.holdfast.watch.sink.FileSink;
import dev.holdfast.watch.sink.StreamSink;
import dev.holdfast.watch.sink.SyslogSink;
import dev.holdfast.watch.sink.WebhookSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Where {@code holdfast watch} tells its alerts. */
final class WatchSinks implements AutoCloseable {
    private static final long MEBIBYTE = 1L << 20;
    private static final Duration METRICS_PERIOD = Duration.ofSeconds(15);

    private final List<AlertSink> sinks;
    private final Optional<Path> metrics;
    private final Tally tally;
    private Optional<MetricsServer> server = Optional.empty();
    private volatile boolean isFinished;

    private WatchSinks(List<AlertSink> sinks, Optional<Path> metrics, Tally tally) {
        this.sinks = List.copyOf(sinks);
        this.metrics = metrics;
        this.tally = tally;
    }

    static void addOptions(CommandSpec spec) {
        spec.addOption(Options.value("--format", "FORMAT", "table (default), json, ecs, falco (Falco's lines)."))
                .addOption(Options.value("--alert-file", "FILE", "Append alerts to FILE too, as JSON lines."))
                .addOption(Options.value(
                        "--alert-file-size", "MIB", "Rotate that file when it has so many MiB; default 100."))
                .addOption(Options.value("--alert-file-keep", "COUNT", "Keep so many old ones; default 5."))
                .addOption(
                        Options.value(
                                "--syslog",
                                "SERVER",
                                "Send alerts to udp://HOST:PORT, tcp://HOST:PORT or unix:///dev/log too; ?rfc3164 behind it for the older form."))
                .addOption(Options.value("--webhook", "URL", "Post alerts to URL too, as JSON."))
                .addOption(
                        Options.value("--metrics", "FILE", "Keep counts in FILE, for Prometheus' textfile collector."))
                .addOption(Options.value(
                        "--metrics-listen", "HOST:PORT", "Answer Prometheus there: GET /metrics, and GET /health."))
                .addOption(Options.value("--record", "FILE", "Write down every event, to play it again with --replay."))
                .addOption(Options.value(
                        "--group",
                        "SECONDS",
                        "Tell what repeats within so many seconds by one alert; default 0, tell each."))
                .addOption(Options.value(
                        "--rate", "COUNT", "Tell at most so many alerts of a rule a second; default no limit."))
                .addOption(
                        Options.value("--burst", "COUNT", "Alerts of a rule told before --rate counts; default 10."));
    }

    static WatchSinks open(ParseResult words, Console console, Tally tally) throws InputException, IOException {
        List<AlertSink> sinks = new ArrayList<>();
        sinks.add(output(words, console));
        addFile(words, console, sinks);
        Optional<String> syslog = Options.text(words, "--syslog");
        if (syslog.isPresent()) {
            sinks.add(SyslogSink.to(syslog.get(), new FalcoAlert(), "", ZoneId.systemDefault()));
        }
        Optional<String> webhook = Options.text(words, "--webhook");
        if (webhook.isPresent()) {
            sinks.add(WebhookSink.to(webhook.get(), new JsonAlert(), WebhookSink.Patience.DEFAULT));
        }
        WatchSinks opened =
                new WatchSinks(sinks, Options.text(words, "--metrics").map(Path::of), tally);
        opened.keepMetrics();
        Optional<String> listen = Options.text(words, "--metrics-listen");
        if (listen.isPresent()) {
            opened.server = Optional.of(MetricsServer.listen(listen.get(), opened::metricsText));
        }
        return opened;
    }

    private static AlertFormat format(ParseResult words, Console console) throws InputException {
        return switch (Options.format(words, "table", "json", "ecs", "falco")) {
            case "json" -> new JsonAlert();
            case "ecs" -> new EcsAlert();
            case "falco" -> new FalcoAlert();
            default -> new TerminalAlert(Options.ink(words, console), zone(console));
        };
    }

    /** A person is told local times; what is kept or compared has those of UTC. */
    private static ZoneId zone(Console console) {
        return console.isOutTerminal() ? ZoneId.systemDefault() : ZoneOffset.UTC;
    }

    private static AlertSink output(ParseResult words, Console console) throws InputException, IOException {
        Optional<String> name = Options.text(words, "--output").filter(file -> !file.equals("-"));
        if (name.isEmpty()) {
            return new StreamSink("standard output", console.out(), format(words, console));
        }
        Path file = Path.of(name.get());
        Files.newOutputStream(file).close(); // emptied, as every command does with its output
        return new FileSink(file, format(words, console), FileSink.Rotation.NEVER, console::tell);
    }

    private static void addFile(ParseResult words, Console console, List<AlertSink> sinks)
            throws InputException, IOException {
        Optional<String> file = Options.text(words, "--alert-file");
        if (file.isPresent()) {
            FileSink.Rotation rotation = new FileSink.Rotation(
                    number(words, "--alert-file-size", 100) * MEBIBYTE, (int) number(words, "--alert-file-keep", 5));
            sinks.add(new FileSink(Path.of(file.get()), new JsonAlert(), rotation, console::tell));
        }
    }

    /** How much is told. */
    static Throttle.Limit limit(ParseResult words) throws InputException {
        return new Throttle.Limit(Duration.ofSeconds(number(words, "--group", 0)), number(words, "--rate", 0), (int)
                number(words, "--burst", 10));
    }

    private static long number(ParseResult words, String option, long otherwise) throws InputException {
        Optional<String> text = Options.text(words, option);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("[0-9]{1,6}")) {
            throw Options.usage(option + " " + text.get() + " is no number; 0 to 999999 are");
        }
        return Long.parseLong(text.get());
    }

    /** All, and one more. */
    List<AlertSink> with(AlertSink more) {
        List<AlertSink> all = new ArrayList<>(sinks);
        all.add(more);
        return all;
    }

    private void keepMetrics() {
        if (metrics.isEmpty()) {
            return;
        }
        Thread.ofVirtual().name("metrics").start(() -> {
            try {
                while (!isFinished) {
                    writeMetrics();
                    Thread.sleep(METRICS_PERIOD);
                }
            } catch (InterruptedException | IOException ended) {
                // Written once more at the end, where a failure is told.
            }
        });
    }

    private String metricsText() {
        return WatchMetrics.print(tally, sinks);
    }

    private synchronized void writeMetrics() throws IOException {
        if (metrics.isPresent()) {
            byte[] text = metricsText().getBytes(StandardCharsets.UTF_8);
            Output.toFile(metrics.get(), out -> out.write(text));
        }
    }

    /** Passes on what still waits, and says what could not be. */
    List<Gap> finish() throws IOException {
        isFinished = true;
        server.ifPresent(MetricsServer::close);
        List<Gap> gaps = new ArrayList<>();
        for (AlertSink sink : sinks) {
            long before = sink.lost();
            sink.close();
            if (sink.lost() > before) {
                gaps.add(new Gap(
                        Gap.Code.LIMIT,
                        sink.name(),
                        sink.lost() - before + " alerts could not be passed on and are lost there"));
            }
        }
        writeMetrics();
        return gaps;
    }

    @Override
    public void close() throws IOException {
        if (!isFinished) {
            finish();
        }
    }
}
