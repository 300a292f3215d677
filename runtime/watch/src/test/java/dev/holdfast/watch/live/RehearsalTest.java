package dev.holdfast.watch.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.ShippedRules;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void watchesMadeUpEventsWithTheRulesOfTheProgram() throws Exception {
        RuleEngine engine = RuleEngine.of(
                new RuleLoader(Limits.DEFAULT).load(ShippedRules.files()).rules(),
                RuleSelection.ALL,
                RuleEngine.Matching.ALL);
        assertThat(Rehearsal.run(() -> engine)).isPositive();
    }
}
