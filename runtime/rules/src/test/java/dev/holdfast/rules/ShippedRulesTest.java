package dev.holdfast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShippedRulesTest {
    @ParameterizedTest
    @CsvSource({
        "falco_rules.yaml, 25",
        "falco-incubating_rules.yaml, 31",
        "falco-sandbox_rules.yaml, 37",
        "k8s_audit_rules.yaml, 48"
    })
    void loadUnchanged(String file, int rules) throws Exception {
        LoadedRules loaded = Oracle.load("shipped-rules/" + file);
        assertThat(loaded.problems()).filteredOn(Problem::isError).isEmpty();
        assertThat(loaded.rules().rules()).hasSize(rules);
    }

    @Test
    void loadTogether() throws Exception {
        LoadedRules loaded = Oracle.load(
                "shipped-rules/falco_rules.yaml",
                "shipped-rules/falco-incubating_rules.yaml",
                "shipped-rules/falco-sandbox_rules.yaml",
                "shipped-rules/k8s_audit_rules.yaml");
        assertThat(loaded.isWrong()).isFalse();
        RuleEngine engine = RuleEngine.of(loaded.rules(), RuleSelection.ALL, RuleEngine.Matching.ALL);
        assertThat(loaded.rules().rules()).hasSize(141);
        assertThat(engine.rules()).hasSize(129);
        assertThat(List.of("syscall", "k8s_audit")).allMatch(engine::isFor);
    }
}
