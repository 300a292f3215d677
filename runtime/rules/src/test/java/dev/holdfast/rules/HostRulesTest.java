package dev.holdfast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.OpenAspect;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rules can hold for what the machine itself does. */
class HostRulesTest {
    private static final String WORDS = """
            - macro: container
              condition: (container.id != host)
            - macro: on_host
              condition: (not container)
            - macro: never
              condition: (evt.num = -1)
            - list: own
              items: [host]
            """;

    private static RuleEngine engine(String text) {
        LoadedRules loaded = new RuleLoader(Limits.DEFAULT).load(List.of(new RuleFile("r", text)));
        assertThat(loaded.problems()).filteredOn(Problem::isError).isEmpty();
        return RuleEngine.of(loaded.rules(), RuleSelection.ALL, RuleEngine.Matching.ALL);
    }

    private static RuleEngine rule(String condition) {
        return engine(WORDS + String.format(Locale.ROOT, """
                - rule: r
                  desc: d
                  output: o
                  priority: INFO
                  condition: %s
                """, condition));
    }

    private static boolean holdsOnHost(RuleEngine engine, String type) {
        return engine.canHoldOnHost(EventType.of(type).orElseThrow(), OpenAspect.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evt.type = unlink and container",
                "evt.type = unlink and not on_host",
                "evt.type = unlink and proc.name = x and not (container.id = host or proc.pname = y)",
                "evt.type = unlink and not container.id in (own)",
                "(evt.type = unlink and container) or (evt.type = openat and proc.name = x)",
                "evt.type = unlink and (container or container.name != host) and proc.name = x",
                "evt.type = unlink and container.image.repository = nginx",
                "evt.type = unlink and container.image exists",
                "evt.type = unlink and container.type in (docker, containerd)",
                "evt.type = unlink and container.privileged = true",
                "evt.type = unlink and k8s.pod.name startswith web",
                "container and evt.type in (unlink, unlinkat)",
            })
    void holdsInContainersOnly(String condition) {
        RuleEngine engine = rule(condition);
        assertThat(engine.canHold(EventType.of("unlink").orElseThrow(), OpenAspect.UNKNOWN))
                .isTrue();
        assertThat(holdsOnHost(engine, "unlink")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evt.type = unlink",
                "evt.type = unlink and on_host",
                "evt.type = unlink and (container or proc.name = x)",
                "evt.type = unlink and not (container and proc.name = x)",
                "(evt.type = unlink and container) or (evt.type in (unlink, openat) and proc.name = x)",
                "evt.type = unlink and container.id startswith h",
                "evt.type = unlink and container.id != hosts",
                "evt.type = unlink and not container.image.repository = nginx",
                "evt.type = unlink and not container.image exists",
                "evt.type = unlink and not k8s.ns.name in (kube-system)",
                "evt.type = unlink and tolower(container.id) != host",
                "evt.type = unlink and container.id != val(container.name)",
                "evt.type = unlink and container.mount[/etc] exists",
                "evt.type = unlink and container.duration > 1",
            })
    void mayHoldOnTheHost(String condition) {
        assertThat(holdsOnHost(rule(condition), "unlink")).isTrue();
    }

    @Test
    void oneRuleAboutTheHostIsEnoughForItsKindsOfEvents() {
        String text = WORDS + """
                - rule: inside
                  desc: d
                  output: o
                  priority: INFO
                  condition: evt.type in (unlink, setns, mount) and container
                - rule: anywhere
                  desc: d
                  output: o
                  priority: INFO
                  condition: evt.type = mount and proc.name = x
                """;
        RuleEngine engine = engine(text);
        assertThat(holdsOnHost(engine, "unlink")).isFalse();
        assertThat(holdsOnHost(engine, "setns")).isFalse();
        assertThat(holdsOnHost(engine, "mount")).isTrue();
    }

    /** An exception only takes away; one that is appended later, and a macro that is replaced, count as loaded. */
    @Test
    void countsWhatIsChangedLater() {
        String inside = """
                - rule: inside
                  desc: d
                  output: o
                  priority: INFO
                  condition: evt.type = setns and container
                  exceptions:
                    - name: known
                      fields: [container.id, proc.name]
                      values: [[host, x]]
                """;
        assertThat(holdsOnHost(engine(WORDS + inside), "setns")).isFalse();
        assertThat(holdsOnHost(engine(WORDS + inside + """
                - macro: container
                  condition: (proc.vpid != 1)
                  override: {condition: replace}
                """), "setns")).isTrue();
        assertThat(holdsOnHost(engine(WORDS + inside + """
                - rule: inside
                  condition: or evt.type = setns and proc.name = x
                  override: {condition: append}
                """), "setns")).isTrue();
        assertThat(holdsOnHost(engine(WORDS + inside.replace("and container", "")), "setns"))
                .as("an exception for the host and one program")
                .isTrue();
    }

    /** Of opened files it depends on how: written in containers only, read anywhere. */
    @Test
    void tellsAspectsApart() {
        RuleEngine engine =
                rule("evt.type = openat and (evt.is_open_read = true or (evt.is_open_write = true and container))");
        EventType type = EventType.of("openat").orElseThrow();
        int written = OpenAspect.of(false, true, false, false);
        int read = OpenAspect.of(true, false, false, false);
        assertThat(engine.canHold(type, written)).isTrue();
        assertThat(engine.canHoldOnHost(type, written)).isFalse();
        assertThat(engine.canHoldOnHost(type, read)).isTrue();
    }

    @Test
    void rulesOfOtherSourcesWantNothingOfTheKernel() {
        assertThat(holdsOnHost(engine(""), "openat")).isFalse();
    }
}
