package dev.holdfast.it.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.watch.alert.Alert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules for the kernel of Falco's shipped files, as they are, on real containers. Those that their files disable are enabled by a file behind. */
class RuntimeFalcoRulesTest {
    private static final Path SHIPPED =
            Path.of(System.getProperty("holdfast.shared", "absent"), "oracles/falco/shipped-rules");
    private static final List<Path> FILES = List.of(
            SHIPPED.resolve("falco_rules.yaml"),
            SHIPPED.resolve("falco-incubating_rules.yaml"),
            SHIPPED.resolve("falco-sandbox_rules.yaml"));

    @TempDir
    Path folder;

    private final List<String> wrong = new ArrayList<>();
    private final List<String> notHere = new ArrayList<>();

    private Engine engine;
    private Stage stage;

    @BeforeEach
    void setStage() throws Exception {
        assumeTrue(Files.exists(FILES.getFirst()), "the shared corpus is not here");
        LiveWatch.need();
        engine = Engine.need();
        folder.toFile().setExecutable(true, false);
        folder.toFile().setReadable(true, false);
        stage = new Stage(engine, folder);
    }

    @AfterEach
    void clear() {
        if (engine != null) {
            engine.close();
        }
    }

    private static List<Rule> rules() throws Exception {
        List<RuleFile> files = new ArrayList<>();
        for (Path file : FILES) {
            files.add(RuleFile.read(file, Limits.DEFAULT));
        }
        return new RuleLoader(Limits.DEFAULT).load(files).rules().rules();
    }

    private static List<String> notMet() throws IOException {
        String name = "falco-rules-not-met.txt";
        try (var in = Objects.requireNonNull(RuntimeFalcoRulesTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(": ")))
                    .toList();
        }
    }

    @Test
    void everyRuleIsMetOrSaidWhyNot() throws Exception {
        TreeSet<String> told = new TreeSet<>(notMet());
        Triggers.read("falco-rules.txt").values().forEach(each -> each.forEach(trigger -> told.add(trigger.rule())));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        rules().stream().map(Rule::name).toList());
    }

    @Test
    void everyRuleIsMetByWhatItIsFor() throws Exception {
        StringBuilder enabling = new StringBuilder();
        for (Rule rule : rules()) {
            enabling.append("- rule: ").append(rule.name()).append("\n  enabled: true\n");
        }
        List<Path> files = new ArrayList<>(FILES);
        files.add(Files.writeString(folder.resolve("enabling.yaml"), enabling));
        files.add(stage.marking());
        try (LiveWatch watch = LiveWatch.start(files)) {
            for (Map.Entry<String, List<Triggers>> part :
                    Triggers.read("falco-rules.txt").entrySet()) {
                if (part.getKey().equals("start")) {
                    for (Triggers trigger : part.getValue()) {
                        tryToPlay(part.getKey(), List.of(trigger), watch);
                    }
                } else {
                    tryToPlay(part.getKey(), part.getValue(), watch);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(notHere)
                .as("what this engine does not start")
                .allMatch(line -> line.startsWith("privileged: ") || line.contains("--privileged"));
    }

    /** What an engine does not start is no fault of the rules; only privileged containers may be such. */
    private void tryToPlay(String kind, List<Triggers> triggers, LiveWatch watch) throws Exception {
        try {
            play(kind, triggers, watch);
        } catch (IOException refused) {
            notHere.add(kind + ": " + refused.getMessage());
        }
    }

    private void play(String kind, List<Triggers> triggers, LiveWatch watch) throws Exception {
        if (kind.equals("start")) {
            for (Triggers trigger : triggers) {
                judge(trigger, stage.begin(engine, trigger, watch), "holdfast-it-start");
            }
            return;
        }
        String container = kind.equals("host") ? "host" : stage.start(kind);
        stage.play(kind, container, triggers, watch).forEach((trigger, alerts) -> judge(trigger, alerts, container));
        engine.remove(container);
    }

    private void judge(Triggers trigger, List<Alert> alerts, String container) {
        List<Alert> met = alerts.stream()
                .filter(alert -> alert.rule().equals(trigger.rule()))
                .toList();
        if (met.isEmpty() == trigger.isMet()) {
            wrong.add(trigger + "; there were "
                    + alerts.stream().map(Alert::rule).distinct().toList());
        }
        for (Alert alert : met) {
            String image = alert.subject().fact("container.image");
            if (!alert.subject().fact("container.name").equals(container)
                    || (!container.equals("host") && !image.startsWith("holdfast-it/tools"))
                    || alert.subject().fact("proc.pname").isEmpty()) {
                wrong.add(trigger + ": the alert names " + alert.subject());
            }
        }
    }
}
