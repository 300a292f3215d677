package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ClausesTest {
    @Test
    void everyRuleSaysWhichClausesItSpeaksTo() {
        Set<String> rules = new TreeSet<>();
        RuleCatalogue.all().forEach(rule -> rules.add(rule.id()));
        assertThat(new TreeSet<>(Clauses.rules())).isEqualTo(rules);
        assertThat(Clauses.rules()).doesNotHaveDuplicates();
    }

    @Test
    void knowsTheNumbersOfTheFrameworks() {
        assertThat(Clauses.of("cis-docker").get("tcp-socket-tls")).containsExactly("2.7");
        assertThat(Clauses.of("cis-k8s").get("kubelet-anonymous-auth")).containsExactly("4.2.1");
        assertThat(Clauses.of("hipaa").get("apiserver-audit-log-path")).contains("164.312(b)");
        assertThat(Clauses.of("no such framework")).isEmpty();
    }
}
