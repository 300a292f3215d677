package dev.holdfast.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.watch.alert.Alert;
import dev.holdfast.watch.alert.AlertSink;
import dev.holdfast.watch.alert.Throttle;
import dev.holdfast.watch.open.Sources;
import dev.holdfast.watch.record.RecordingWriter;
import dev.holdfast.watch.source.EventSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatcherTest {
    private static final String RULES = """
            - rule: Secret read
              desc: somebody read a secret
              source: k8s_audit
              condition: ka.verb=get and ka.target.resource=secrets
              output: secret %ka.target.name read by %ka.user.name
              priority: WARNING
            - rule: Anything
              desc: any event
              source: k8s_audit
              condition: ka.verb exists
              output: any
              priority: DEBUG
            """;

    private static final String LOG =
            event("get", "secrets", "a") + event("get", "pods", "b") + event("get", "secrets", "c");

    @TempDir
    private Path folder;

    private final Tally tally = new Tally();
    private final List<String> told = new ArrayList<>();

    private static String event(String verb, String resource, String name) {
        return "{\"kind\":\"Event\",\"auditID\":\"x\",\"stage\":\"ResponseComplete\",\"verb\":\"" + verb
                + "\",\"user\":{\"username\":\"eve\"},\"objectRef\":{\"resource\":\"" + resource + "\",\"name\":\""
                + name
                + "\"}}\n";
    }

    private LiveRules rules(RuleSelection selection, RuleEngine.Matching matching) throws InputException, IOException {
        Path file = folder.resolve("rules.yaml");
        Files.writeString(file, RULES);
        return LiveRules.read(
                new LiveRules.Choice(List.of(file), selection, matching), Limits.DEFAULT, tally, told::add);
    }

    private static final class Kept implements AlertSink {
        private final List<String> texts = new ArrayList<>();

        @Override
        public String name() {
            return "kept";
        }

        @Override
        public void accept(Alert alert) {
            texts.add(alert.text());
        }

        @Override
        public void close() {}
    }

    private WatchReport watch(LiveRules rules, byte[] events, AlertSink sink, Optional<RecordingWriter> recording)
            throws InputException, IOException {
        try (EventSource source = new Sources(Limits.DEFAULT, false).open("test", new ByteArrayInputStream(events))) {
            return new Watcher(rules, List.of(sink), new Throttle(Throttle.Limit.NONE), recording, "", tally)
                    .watch(source);
        }
    }

    @Test
    void tellsEveryRuleThatHoldsOrTheFirst() throws Exception {
        Kept all = new Kept();
        try (LiveRules rules = rules(RuleSelection.ALL, RuleEngine.Matching.ALL)) {
            WatchReport report = watch(rules, LOG.getBytes(UTF_8), all, Optional.empty());
            assertThat(report).isEqualTo(new WatchReport(3, 5, 0, 0, List.of()));
        }
        assertThat(all.texts).containsExactly("secret a read by eve", "any", "any", "secret c read by eve", "any");
        Kept first = new Kept();
        try (LiveRules rules = rules(RuleSelection.ALL, RuleEngine.Matching.FIRST)) {
            watch(rules, LOG.getBytes(UTF_8), first, Optional.empty());
        }
        assertThat(first.texts).containsExactly("secret a read by eve", "any", "secret c read by eve");
    }

    @Test
    void saysTheSameOfARecordingAsOfTheEvents() throws Exception {
        ByteArrayOutputStream recorded = new ByteArrayOutputStream();
        Kept live = new Kept();
        Kept replayed = new Kept();
        try (LiveRules rules = rules(RuleSelection.ALL, RuleEngine.Matching.ALL)) {
            try (RecordingWriter recording = new RecordingWriter(recorded, line -> {})) {
                watch(rules, LOG.getBytes(UTF_8), live, Optional.of(recording));
            }
            watch(rules, recorded.toByteArray(), replayed, Optional.empty());
        }
        assertThat(replayed.texts).isEqualTo(live.texts).isNotEmpty();
    }

    @Test
    void keepsTheOldRulesWhenTheNewOnesAreWrong() throws Exception {
        try (LiveRules rules = rules(RuleSelection.ALL, RuleEngine.Matching.ALL)) {
            Files.writeString(folder.resolve("rules.yaml"), "- rule: [broken");
            rules.reload();
            assertThat(rules.get().rules()).hasSize(2);
            assertThat(told).singleElement().asString().contains("those from before stay");
            Files.writeString(folder.resolve("rules.yaml"), RULES.substring(0, RULES.indexOf("- rule: Anything")));
            rules.reload();
            assertThat(rules.get().rules()).hasSize(1);
            assertThat(tally.reloads()).isEqualTo(1);
            assertThat(tally.failedReloads()).isEqualTo(1);
        }
    }

    @Test
    void doesNotBeginWithRulesThatAreWrongOrMissing() {
        LiveRules.Choice missing =
                new LiveRules.Choice(List.of(folder.resolve("none.yaml")), RuleSelection.ALL, RuleEngine.Matching.ALL);
        assertThatThrownBy(() -> LiveRules.read(missing, Limits.DEFAULT, tally, told::add))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("no such file");
    }

    @Test
    void takesRulesOfOldEnginesForThoseThatExpectEntries() throws Exception {
        try (LiveRules rules = rules(RuleSelection.ALL, RuleEngine.Matching.ALL)) {
            assertThat(rules.expectEntries()).isTrue();
            Files.writeString(folder.resolve("rules.yaml"), "- required_engine_version: 15\n\n" + RULES);
            rules.reload();
            assertThat(rules.expectEntries()).isTrue();
            Files.writeString(folder.resolve("rules.yaml"), "- required_engine_version: 0.57.0\n\n" + RULES);
            rules.reload();
            assertThat(rules.expectEntries()).isFalse();
        }
    }
}
