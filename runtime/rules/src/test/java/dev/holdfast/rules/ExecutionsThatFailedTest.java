package dev.holdfast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.ExecutionAspect;
import dev.holdfast.rules.event.GivenEvent;
import dev.holdfast.rules.event.OpenAspect;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program that could not be executed is no program that started: its process is the one that tried. */
class ExecutionsThatFailedTest {
    private static final String RULES = """
            - macro: spawned_process
              condition: (evt.type in (execve, execveat))
            - rule: shell
              desc: d
              output: o
              priority: INFO
              condition: spawned_process and proc.name = sh
            - rule: tried
              desc: d
              output: o
              priority: INFO
              condition: spawned_process and evt.failed = true
            - rule: refused
              desc: d
              output: o
              priority: INFO
              condition: spawned_process and proc.name = sh and evt.arg.res in (EACCES, EPERM)
            - rule: refused too
              desc: d
              output: o
              priority: INFO
              condition: spawned_process and not evt.arg[res] = 0 and tolower(evt.res) = eacces
            - rule: anything
              desc: d
              output: o
              priority: INFO
              condition: proc.name = sh and not evt.type = openat
            - rule: started
              desc: d
              output: o
              priority: INFO
              condition: spawned_process and evt.rawres >= 0
            - rule: connected
              desc: d
              output: o
              priority: INFO
              condition: (evt.type = connect and evt.rawres >= 0) or (spawned_process and proc.name = sh)
            """;

    private static RuleEngine engine(String rules) throws Exception {
        return RuleEngine.of(
                new RuleLoader(Limits.DEFAULT)
                        .load(List.of(new RuleFile("r", rules)))
                        .rules(),
                RuleSelection.ALL,
                RuleEngine.Matching.ALL);
    }

    private static List<String> met(String type, String outcome, long result) throws Exception {
        GivenEvent event = new GivenEvent(Event.SYSCALL, EventType.of(type).orElseThrow(), 0, 1)
                .with("proc.name", "sh")
                .with("evt.failed", result < 0 ? "true" : "false")
                .with("evt.arg.res", outcome)
                .with("evt.arg[res]", outcome)
                .with("evt.res", result < 0 ? outcome : "SUCCESS")
                .with("evt.rawres", Long.toString(result));
        return engine(RULES).matcher().match(event).stream().map(Rule::name).toList();
    }

    @Test
    void asksOnlyRulesThatLookAtTheOutcome() throws Exception {
        assertThat(met("execve", "EACCES", -13)).containsExactly("tried", "refused", "refused too");
        assertThat(met("execveat", "ENOENT", -2)).containsExactly("tried");
        assertThat(met("execve", "0", 0)).containsExactly("shell", "anything", "started", "connected");
    }

    /** Of other calls nothing changes: a rule that says nothing of the outcome is about those that fail, too. */
    @Test
    void asksAllRulesAboutOtherCallsThatFail() throws Exception {
        assertThat(met("unlink", "EACCES", -13)).containsExactly("anything");
    }

    @Test
    void saysWhetherAnybodyAsks() throws Exception {
        EventType execve = EventType.of("execve").orElseThrow();
        RuleEngine ofStarts = engine(RULES.substring(0, RULES.indexOf("- rule: tried")));
        assertThat(ofStarts.canHold(execve, OpenAspect.UNKNOWN)).isTrue();
        assertThat(ofStarts.canHold(execve, ExecutionAspect.FAILED)).isFalse();
        assertThat(engine(RULES).canHold(execve, ExecutionAspect.FAILED)).isTrue();
    }
}
