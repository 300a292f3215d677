package dev.holdfast.cli.runtime;

import dev.holdfast.cli.command.Command;
import dev.holdfast.cli.command.Console;
import dev.holdfast.cli.command.Options;
import dev.holdfast.cli.command.Output;
import dev.holdfast.core.ExitCode;
import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.SafeText;
import dev.holdfast.rules.Priority;
import dev.holdfast.rules.Problem;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.ShippedRules;
import dev.holdfast.sensor.Probe;
import dev.holdfast.watch.LiveRules;
import dev.holdfast.watch.Tally;
import dev.holdfast.watch.WatchReport;
import dev.holdfast.watch.Watcher;
import dev.holdfast.watch.alert.AlertSink;
import dev.holdfast.watch.alert.Throttle;
import dev.holdfast.watch.live.KernelSource;
import dev.holdfast.watch.record.RecordingWriter;
import dev.holdfast.watch.source.EventSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code holdfast watch}. */
final class WatchCommand implements Command {
    private static final Duration LOOK_AT_RULES = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Example: holdfast watch",
                        "         holdfast watch --rules falco_rules.yaml --replay incident.scap",
                        "",
                        "Meets events with rules and tells what they say: those that the program brings along, or files in Falco's",
                        "language. --rules shipped own.yaml asks both.",
                        "Events come from this machine's kernel (as root), or from a recording, a .scap capture, or the",
                        "audit log of a Kubernetes API server.");
        WatchSources.addOptions(spec);
        WatchSinks.addOptions(spec);
        WatchResponse.addOptions(spec);
        spec.addOption(Options.flag("--probe", "Say what of this machine's kernel can be seen, and end."));
        return spec.addOption(OptionSpec.builder("--rules")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1..*")
                        .paramLabel("FILE")
                        .description(
                                "Rule files; later ones may change what earlier ones define. Read again when they change.")
                        .build())
                .addOption(Options.values(
                        "--disable", "NAME", "Rules not to ask: a part of the name, or a pattern with *."))
                .addOption(Options.values("--tags", "A,B", "Ask only rules with one of these tags."))
                .addOption(Options.values("--disable-tags", "A,B", "Do not ask rules with one of these tags."))
                .addOption(Options.value("--min-priority", "LEVEL", "Ask only rules that are at least so urgent."))
                .addOption(Options.value("--rule-matching", "WHICH", "all (default) rules that hold, or the first."))
                .addOption(Options.value("--fail-on", "LEVEL", "Exit with 1 when an alert is at least so urgent."));
    }

    @Override
    public ExitCode run(ParseResult words, Console console) throws InputException, IOException {
        if (Options.isSet(words, "--probe")) {
            return probe(words, console);
        }
        Tally tally = new Tally();
        WatchSources given = WatchSources.of(words, console);
        Probe.Finding memory = Probe.memory();
        if (given.isLive() && !memory.isMet()) {
            console.tell(memory.name() + ": " + memory.detail());
        }
        try (LiveRules rules = LiveRules.read(choice(words), Limits.DEFAULT, tally, console::tell);
                EventSource source = given.open(rules);
                WatchSinks sinks = WatchSinks.open(words, console, tally);
                WatchResponse response =
                        WatchResponse.open(words, given, rules.get().rules(), console::tell)) {
            if (given.isLive()) {
                rules.follow(LOOK_AT_RULES);
                WatchSignals.stopping(source);
                WatchSignals.reloading(rules, response);
            }
            begin(words, console, rules, given, source); // who reads that it watches may send a signal at once
            UrgencySink urgency = new UrgencySink(level(words, "--fail-on"));
            WatchReport report = watch(words, console, rules, source, response.with(sinks.with(urgency)), tally);
            response.finish();
            return end(words, console, report, sinks, urgency);
        }
    }

    /** What this machine allows, a line for each condition. */
    private static ExitCode probe(ParseResult words, Console console) throws IOException {
        Probe probe = Probe.of(Path.of("/"));
        StringBuilder text = new StringBuilder(probe.tier().words()).append('\n');
        for (Probe.Finding finding : probe.findings()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-4s %-10s %s%n",
                    finding.isMet() ? "yes" : "no",
                    finding.name(),
                    SafeText.of(finding.detail())));
        }
        Output.of(words, console).text(text.toString());
        return probe.tier() == Probe.Tier.NONE ? ExitCode.ENVIRONMENT : ExitCode.PASS;
    }

    private static LiveRules.Choice choice(ParseResult words) throws InputException {
        List<String> names = Options.texts(words, "--rules");
        List<Path> files = (names.isEmpty() ? List.of(ShippedRules.NAME) : names)
                .stream().map(Path::of).toList();
        Set<String> tags = parts(words, "--tags");
        Set<String> disabledTags = parts(words, "--disable-tags");
        List<String> disabled = Options.texts(words, "--disable");
        if (!tags.isEmpty() && (!disabledTags.isEmpty() || !disabled.isEmpty())) {
            throw Options.usage(
                    "--tags says which rules are asked, and cannot stand beside --disable or --disable-tags");
        }
        RuleSelection selection = new RuleSelection(
                disabled, tags, disabledTags, level(words, "--min-priority").orElse(Priority.DEBUG));
        String matching = Options.text(words, "--rule-matching").orElse("all").toLowerCase(Locale.ROOT);
        if (!matching.equals("all") && !matching.equals("first")) {
            throw Options.usage("--rule-matching " + matching + " is not known; all and first are");
        }
        return new LiveRules.Choice(
                files, selection, matching.equals("all") ? RuleEngine.Matching.ALL : RuleEngine.Matching.FIRST);
    }

    private static Set<String> parts(ParseResult words, String option) {
        return Options.parts(String.join(",", Options.texts(words, option)));
    }

    private static Optional<Priority> level(ParseResult words, String option) throws InputException {
        Optional<String> word = Options.text(words, option);
        Optional<Priority> level = word.flatMap(Priority::of);
        if (word.isPresent() && level.isEmpty()) {
            throw Options.usage(
                    option + " " + word.get()
                            + " is no priority; emergency, alert, critical, error, warning, notice, informational and debug are");
        }
        return level;
    }

    private static void begin(
            ParseResult words, Console console, LiveRules rules, WatchSources given, EventSource source) {
        if (Options.isSet(words, "--quiet")) {
            return;
        }
        for (Problem warning : rules.warnings()) {
            console.tell(warning.toString());
        }
        if (source instanceof KernelSource kernel) {
            kernel.neverMet().forEach(console::tell);
        }
        if (given.isLive()) {
            console.tell("watching " + given.description(source) + " · "
                    + rules.get().rules().size() + " rules");
        }
    }

    private static WatchReport watch(
            ParseResult words, Console console, LiveRules rules, EventSource source, List<AlertSink> sinks, Tally tally)
            throws InputException, IOException {
        Throttle throttle = new Throttle(WatchSinks.limit(words));
        Optional<String> file = Options.text(words, "--record");
        if (file.isEmpty()) {
            return new Watcher(rules, sinks, throttle, Optional.empty(), "", tally).watch(source);
        }
        try (OutputStream out = Files.newOutputStream(Path.of(file.get()));
                RecordingWriter recording = new RecordingWriter(out, console::tell)) {
            return new Watcher(rules, sinks, throttle, Optional.of(recording), "", tally).watch(source);
        }
    }

    private static ExitCode end(
            ParseResult words, Console console, WatchReport report, WatchSinks sinks, UrgencySink urgency)
            throws IOException {
        List<Gap> gaps = new ArrayList<>(report.gaps());
        gaps.addAll(sinks.finish());
        for (Gap gap : gaps) {
            console.tell("could not see: " + gap.subject() + ": " + gap.detail());
        }
        if (!Options.isSet(words, "--quiet")) {
            String held = report.heldBack() == 0 ? "" : ", " + report.heldBack() + " of them held back";
            String lost = report.lost() == 0 ? "" : ", " + report.lost() + " events lost";
            console.tell(report.events() + " events, " + report.alerts() + " alerts" + held + lost);
        }
        if (urgency.isMet()) {
            return ExitCode.FAIL;
        }
        return gaps.isEmpty() ? ExitCode.PASS : ExitCode.COULD_NOT_TELL;
    }
}
