package dev.holdfast.respond.automatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.respond.Action;
import dev.holdfast.rules.Priority;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.RuleSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
    private static ResponsePolicy read(String text) throws InputException {
        return PolicyFile.read(text, "p.yaml", Limits.DEFAULT);
    }

    @Test
    void readsEverything() throws InputException {
        ResponsePolicy policy = read("""
                act: true
                stop: /run/stop
                protect: { labels: [a=b], namespaces: [monitoring] }
                limits: { per-container: 1/30s, per-node: 7/2h, cool-down: 4m, share: 35% }
                respond:
                  - rules: ["Shell*", Other]
                    priority: warning
                    action: disconnect
                    except: [10.0.0.0/8, "::1"]
                    keep-loopback: true
                  - rules: [Third]
                    action: kill
                """);
        assertThat(policy.acts()).isTrue();
        assertThat(policy.stop()).contains(Path.of("/run/stop"));
        assertThat(policy.protection().labels()).contains("a=b", "dev.holdfast.respond=never");
        assertThat(policy.protection().namespaces()).containsExactly("monitoring");
        assertThat(policy.limits().perContainer().window()).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy.limits().perNode()).isEqualTo(new ResponsePolicy.Rate(7, Duration.ofHours(2)));
        assertThat(policy.limits().coolDown()).isEqualTo(Duration.ofMinutes(4));
        assertThat(policy.limits().share()).isEqualTo(35);
        assertThat(policy.answers().getFirst().openings().exceptions()).hasSize(2);
        assertThat(policy.answers().getLast().action()).isEqualTo(Action.KILL);
        assertThat(policy.answers().getLast().priority()).isEqualTo(Priority.CRITICAL);
    }

    @Test
    void doesNotActUnlessItSaysSo() throws InputException {
        ResponsePolicy policy = read("respond: [ { rules: [a], action: freeze } ]");
        assertThat(policy.acts()).isFalse();
        assertThat(policy.limits()).isEqualTo(ResponsePolicy.Limits.DEFAULT);
        assertThat(policy.protection().namespaces()).containsExactly("kube-system");
    }

    /** A name that is misspelled would never be noticed. */
    @Test
    void tellsWhatIsNeverAnswered() throws Exception {
        RuleSet rules = new RuleLoader(Limits.DEFAULT)
                .load(List.of(new RuleFile("r.yaml", """
                        - rule: Shell in a container
                          desc: a
                          condition: evt.type = execve
                          output: a
                          priority: WARNING
                        """)))
                .rules();
        List<Rule> asked =
                RuleEngine.of(rules, RuleSelection.ALL, RuleEngine.Matching.ALL).rules();
        assertThat(read("respond: [ { rules: [\"Shell*\", \"Shel in*\"], action: freeze } ]")
                        .idle(asked))
                .containsExactly(
                        "line 1: Shell* is never answered: it is less urgent than Critical",
                        "line 1: no rule that is asked is called Shel in*");
        assertThat(read("respond: [ { rules: [\"*container\"], priority: notice, action: freeze } ]")
                        .idle(asked))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "respond: [ { rules: [a], action: shoot } ] | shoot is not known",
                "respond: [ { rules: [], action: kill } ] | no rules are named",
                "respond: [] | nothing is answered",
                "act: true | nothing is answered",
                "limit: {} | limit is not known",
                "'act: yes please\nrespond: [ { rules: [a], action: kill } ]' | true or false",
                "respond: [ { rules: [a], action: kill, keep-loopback: true } ] | go with action: disconnect",
                "respond: [ { rules: [a], action: disconnect, except: [example.com] } ] | no address",
                "respond: [ { rules: [a], action: kill, action: freeze } ] | twice",
                "respond: [ { rules: [a], action: kill, priority: loud } ] | loud is none",
                "'limits: { per-node: 0/1m }\nrespond: [ { rules: [a], action: kill } ]' | is no rate",
                "'limits: { cool-down: 5 }\nrespond: [ { rules: [a], action: kill } ]' | is no time",
                "'limits: { share: 101% }\nrespond: [ { rules: [a], action: kill } ]' | no part of a hundred",
                "'stop: relative\nrespond: [ { rules: [a], action: kill } ]' | no absolute path",
                "[] | is no map",
                "'respond: &a [ *a ]' | p.yaml",
                "'stop: \"/a\\0b\"\nrespond: [ { rules: [a], action: kill } ]' | no path",
                "respond: [ { rules: {a: b}, action: kill } ] | is no list",
                "respond: [ { rules: [[a]], action: kill } ] | a single word",
                "respond: [ a ] | is no map",
                "'limits: { per-node: 9999999/1m }\nrespond: [ { rules: [a], action: kill } ]' | is no rate",
                "'respond: [ { rules: [a], action: kill } ]\n---\nact: true' | holds 2 documents",
                "'a: b: c' | p.yaml:1:",
                "'' | documents"
            })
    void refusesWithThePlace(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("p.yaml")
                .hasMessageContaining(message.strip());
    }
}
