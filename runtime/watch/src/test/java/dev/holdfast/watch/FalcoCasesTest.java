package dev.holdfast.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.rules.Priority;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.event.Event;
import dev.holdfast.watch.open.Sources;
import dev.holdfast.watch.source.EventSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of Falco's own regression tests of August 2023 that play a trace, with the rule files of that time. What they say of loading rules
 * without a trace is tested where rules are loaded.
 *
 * <p>Cases that are not met on purpose, each with its reason, are in {@link #NOT_MET}.
 */
class FalcoCasesTest {
    private static final Path ORACLE = Path.of(System.getProperty("holdfast.shared", "absent"), "oracles/falco");

    /** By the name of the case. */
    private static final Map<String, String> NOT_MET = Map.ofEntries(
            Map.entry(
                    "fal_01_003",
                    "a file without a single audit event is wrong input here (exit code 3), with the same words"),
            Map.entry("detect_counts", "its capture is not in the corpus"),
            Map.entry("detect_create_instance_bigevent", "events of AWS CloudTrail are no source here"),
            Map.entry(
                    "monitor_syscall_drops_ignore",
                    "losses are simulated by a configuration of Falco; ours are counted"),
            Map.entry("monitor_syscall_drops_ignore_and_log", "a configuration of Falco"),
            Map.entry("monitor_syscall_drops_threshold_oob", "a configuration of Falco"),
            Map.entry("monitor_syscall_drops_threshold_neg", "a configuration of Falco"),
            Map.entry("monitor_syscall_drops_log", "losses are simulated by a configuration of Falco"),
            Map.entry("monitor_syscall_drops_exit", "losses are simulated by a configuration of Falco"),
            Map.entry(
                    "disabled_and_enabled_rules_1",
                    "options that contradict each other are refused by the command line"));

    /** What came of playing a trace. */
    private record Outcome(Map<String, Integer> counts, Set<String> levels) {}

    @TestFactory
    Stream<DynamicTest> cases() throws Exception {
        assumeTrue(Files.isDirectory(ORACLE), "the shared corpus is not here");
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(ORACLE.resolve("cases"))) {
            for (Path file : files.sorted().toList()) {
                Json.parse(Files.readString(file), Limits.DEFAULT).members().forEach((name, given) -> {
                    boolean plays = trace(given).isPresent()
                            && given.get("validate_rules_file").isAbsent()
                            && given.get("exit_status").integer().orElse(0L) == 0;
                    if (plays && !NOT_MET.containsKey(name)) {
                        tests.add(DynamicTest.dynamicTest(name, () -> meets(given)));
                    }
                });
            }
        }
        assertThat(tests).hasSizeGreaterThan(60);
        return tests.stream();
    }

    private static Optional<Path> trace(JsonValue given) {
        Optional<String> file = given.get("trace_file").text();
        if (file.isEmpty()) {
            String options = given.get("addl_cmdline_opts").text().orElse("");
            int at = options.indexOf("open_params=");
            file = at < 0
                    ? Optional.empty()
                    : Optional.of(
                            options.substring(at + "open_params=".length()).split(" ")[0]);
        }
        return file.map(ORACLE::resolve).filter(Files::exists);
    }

    private static List<Path> rules(JsonValue given) {
        List<Path> files = new ArrayList<>();
        for (String file : given.get("rules_file").texts()) {
            files.add(
                    file.startsWith("BUILD_DIR")
                            ? ORACLE.resolve("rules-of-the-period").resolve(file.substring(file.lastIndexOf('/') + 1))
                            : ORACLE.resolve(file.startsWith("./") ? file.substring(2) : file));
        }
        return files.isEmpty() ? List.of(ORACLE.resolve("rules-of-the-period/falco_rules.yaml")) : files;
    }

    private static RuleSelection selection(JsonValue given) {
        return new RuleSelection(
                given.get("disabled_rules").texts(),
                Set.copyOf(given.get("run_tags").texts()),
                Set.copyOf(given.get("disable_tags").texts()),
                given.get("priority").text().flatMap(Priority::of).orElse(Priority.DEBUG));
    }

    private static void meets(JsonValue given) throws Exception {
        Outcome outcome = play(
                trace(given).orElseThrow(),
                new LiveRules.Choice(rules(given), selection(given), RuleEngine.Matching.FIRST));
        boolean isDetected = given.get("detect").isTrue();
        assertThat(!outcome.counts.isEmpty()).as("detected: %s", outcome.counts).isEqualTo(isDetected);
        if (isDetected) {
            for (String level : given.get("detect_level").texts()) {
                assertThat(outcome.levels)
                        .contains(Priority.of(level).orElseThrow().word());
            }
        }
        for (JsonValue count : given.get("detect_counts").elements()) {
            count.members()
                    .forEach((rule, times) -> assertThat(outcome.counts.getOrDefault(rule, 0))
                            .as("alerts of %s among %s", rule, outcome.counts)
                            .isEqualTo(times.integer().orElseThrow().intValue()));
        }
    }

    private static Outcome play(Path trace, LiveRules.Choice choice) throws InputException, IOException {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, String> levels = new LinkedHashMap<>();
        try (LiveRules rules = LiveRules.read(choice, Limits.DEFAULT, new Tally(), line -> {});
                EventSource source = new Sources(Limits.DEFAULT, rules.expectEntries()).open(trace)) {
            RuleEngine.Matcher matcher = rules.get().matcher();
            Optional<? extends Event> event = source.next();
            while (event.isPresent()) {
                for (Rule rule : matcher.match(event.get())) {
                    counts.merge(rule.name(), 1, Integer::sum);
                    levels.put(rule.name(), rule.priority().word());
                }
                event = source.next();
            }
        }
        return new Outcome(counts, Set.copyOf(levels.values()));
    }
}
