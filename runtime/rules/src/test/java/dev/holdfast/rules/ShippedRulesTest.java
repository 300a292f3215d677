package dev.holdfast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.event.Event;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShippedRulesTest {
    private static final Pattern TECHNIQUE = Pattern.compile("T1\\d{3}(\\.\\d{3})?");

    private final LoadedRules loaded = new RuleLoader(Limits.DEFAULT).load(ShippedRules.files());

    @Test
    void loadWithoutAnyRemark() {
        assertThat(loaded.problems()).isEmpty();
        assertThat(ofSource(Event.SYSCALL)).hasSizeGreaterThan(60);
        assertThat(ofSource(Event.K8S_AUDIT)).hasSize(20);
    }

    @Test
    void nameTacticAndTechniqueOfAttack() {
        for (Rule rule : loaded.rules().rules()) {
            assertThat(rule.tags())
                    .as(rule.name())
                    .anyMatch(tag -> TECHNIQUE.matcher(tag).matches());
            assertThat(rule.tags()).as(rule.name()).anyMatch(tag -> tag.startsWith("mitre_"));
        }
    }

    /** A rule that looks at every event costs every event. */
    @Test
    void lookAtFewTypesOfEvents() {
        assertThat(ofSource(Event.SYSCALL))
                .allSatisfy(
                        rule -> assertThat(rule.eventTypes()).as(rule.name()).hasSizeLessThan(16));
    }

    private List<Rule> ofSource(String source) {
        return loaded.rules().rules().stream()
                .filter(rule -> rule.source().equals(source))
                .toList();
    }
}
