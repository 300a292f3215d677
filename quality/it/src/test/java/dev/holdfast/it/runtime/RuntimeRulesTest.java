package dev.holdfast.it.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.ShippedRules;
import dev.holdfast.rules.event.Event;
import dev.holdfast.watch.alert.Alert;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule of ours on a real container: what must meet it, and what is nearly that and must not. */
class RuntimeRulesTest {
    @TempDir
    Path folder;

    @TempDir
    Path bundlesFolder;

    private Engine engine;
    private Stage stage;

    @BeforeEach
    void setStage() throws Exception {
        LiveWatch.need();
        engine = Engine.need();
        folder.toFile().setExecutable(true, false);
        folder.toFile().setReadable(true, false);
        stage = new Stage(engine, folder);
    }

    @AfterEach
    void clear() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void everyRuleOfOursIsMetByWhatItIsForAndNotByWhatIsUsual() throws Exception {
        Map<String, List<Triggers>> triggers = Triggers.read("own-rules.txt");
        List<String> wrong = new ArrayList<>();
        try (LiveWatch watch = LiveWatch.start(List.of(Path.of(ShippedRules.NAME), stage.marking()))) {
            for (Map.Entry<String, List<Triggers>> part : triggers.entrySet()) {
                String container = stage.start(part.getKey());
                stage.play(part.getKey(), container, part.getValue(), watch)
                        .forEach((trigger, alerts) -> judge(trigger, alerts, container, wrong));
                engine.remove(container);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The same commands where no engine knows of the container: all that is known lies in its bundle. */
    @Test
    void everyRuleOfOursIsMetInABundleOfPlainRuncToo() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (Bundles bundles = Bundles.of(engine, bundlesFolder);
                LiveWatch watch = LiveWatch.start(List.of(Path.of(ShippedRules.NAME), stage.marking()))) {
            Stage plain = new Stage(bundles, folder);
            for (Map.Entry<String, List<Triggers>> part :
                    Triggers.read("own-rules.txt").entrySet()) {
                String container = plain.start(part.getKey());
                List<Triggers> meeting =
                        part.getValue().stream().filter(Triggers::isMet).toList();
                plain.play(part.getKey(), container, meeting, watch)
                        .forEach((trigger, alerts) -> judge(trigger, alerts, container, wrong));
                bundles.remove(container);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void judge(Triggers trigger, List<Alert> alerts, String container, List<String> wrong) {
        List<Alert> met = alerts.stream()
                .filter(alert -> alert.rule().equals(trigger.rule()))
                .toList();
        if (met.isEmpty() == trigger.isMet()) {
            wrong.add(trigger + "; there were "
                    + alerts.stream().map(Alert::rule).distinct().toList());
        }
        for (Alert alert : met) {
            if (!alert.subject().fact("container.name").equals(container)
                    || !alert.subject().fact("container.image").startsWith("holdfast-it/tools")
                    || alert.subject().fact("proc.pname").isEmpty()) {
                wrong.add(trigger + ": the alert names " + alert.subject());
            }
        }
    }

    @Test
    void everyRuleHasBoth() throws Exception {
        TreeSet<String> met = new TreeSet<>();
        TreeSet<String> notMet = new TreeSet<>();
        Triggers.read("own-rules.txt")
                .values()
                .forEach(each -> each.forEach(trigger -> (trigger.isMet() ? met : notMet).add(trigger.rule())));
        List<String> rules = new RuleLoader(Limits.DEFAULT)
                .load(ShippedRules.files()).rules().rules().stream()
                        .filter(rule -> rule.source().equals(Event.SYSCALL))
                        .map(Rule::name)
                        .sorted()
                        .toList();
        assertThat(met).containsExactlyElementsOf(rules);
        assertThat(notMet).containsExactlyElementsOf(rules);
    }
}
