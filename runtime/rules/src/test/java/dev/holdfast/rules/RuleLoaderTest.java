package dev.holdfast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.GivenEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleLoaderTest {
    private static final String RULE = """
            - rule: r
              desc: d
              condition: evt.type=open and proc.name=cat
              output: o
              priority: INFO
              tags: [a]
            """;

    private static LoadedRules load(String... texts) {
        List<RuleFile> files = new java.util.ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            files.add(new RuleFile("f" + i + ".yaml", texts[i]));
        }
        return new RuleLoader(Limits.DEFAULT).load(files);
    }

    private static List<String> problems(LoadedRules loaded) {
        return loaded.problems().stream()
                .map(problem -> problem.code() + " " + problem.message())
                .toList();
    }

    private static Rule rule(String... texts) {
        LoadedRules loaded = load(texts);
        assertThat(loaded.problems()).filteredOn(Problem::isError).isEmpty();
        return loaded.rules().rule("r").orElseThrow();
    }

    private static boolean holds(Rule rule, String... fields) throws Exception {
        GivenEvent event = new GivenEvent("syscall", EventType.of("open").orElseThrow(), 0, 1);
        for (int i = 0; i < fields.length; i += 2) {
            event.with(fields[i], fields[i + 1]);
        }
        RuleSet set = new RuleSet(List.of(rule), dev.holdfast.rules.event.FieldCatalogue.standard());
        return !RuleEngine.of(set, RuleSelection.ALL, RuleEngine.Matching.ALL)
                .matcher()
                .match(event)
                .isEmpty();
    }

    @Test
    void laterItemsChangeEarlierOnes() {
        Rule appended = rule(RULE, """
                - rule: r
                  condition: and fd.num=1
                  output: more
                  desc: too
                  tags: [b]
                  priority: ERROR
                  enabled: false
                  override: {condition: append, output: append, desc: append, tags: append, priority: replace, enabled: replace}
                """);
        assertThat(appended.condition().written()).isEqualTo("evt.type = open and proc.name = cat and fd.num = 1");
        assertThat(appended.output().source()).isEqualTo("o more");
        assertThat(appended.description()).isEqualTo("d too");
        assertThat(appended.tags()).containsExactly("a", "b");
        assertThat(appended.priority()).isEqualTo(Priority.ERROR);
        assertThat(appended.isEnabled()).isFalse();
        assertThat(rule(RULE, """
                - rule: r
                  condition: evt.type=close
                  tags: [c]
                  override: {condition: replace, tags: replace}
                """)).satisfies(replaced -> {
            assertThat(replaced.condition().written()).isEqualTo("evt.type = close");
            assertThat(replaced.tags()).containsExactly("c");
        });
    }

    @Test
    void redefinedRulesKeepTheirPlace() {
        LoadedRules loaded =
                load(RULE, RULE.replace("rule: r", "rule: s"), RULE.replace("priority: INFO", "priority: ERROR"));
        assertThat(loaded.rules().rules()).extracting(Rule::name).containsExactly("r", "s");
        assertThat(loaded.rules().rules()).first().extracting(Rule::priority).isEqualTo(Priority.ERROR);
    }

    @Test
    void listsMayNameListsToAnyDepth() throws Exception {
        Rule rule = rule("""
                - list: l1
                  items: [cat, '"a b"', 'x"y']
                - list: l2
                  items: [l1, dog]
                - list: l3
                  items: [l2]
                - list: l3
                  items: [cow]
                  override: {items: append}
                - list: one
                  items: [tail]
                - rule: r
                  desc: d
                  condition: evt.type=open and (proc.name in (l3, bird) or proc.pname = one)
                  output: o
                  priority: INFO
                """);
        for (String name : List.of("cat", "a b", "x\"y", "dog", "cow", "bird")) {
            assertThat(holds(rule, "proc.name", name)).as(name).isTrue();
        }
        assertThat(holds(rule, "proc.name", "l1")).isFalse();
        assertThat(holds(rule, "proc.pname", "tail")).isTrue();
    }

    @Test
    void exceptionsOfSeveralFieldsAndOfOne() throws Exception {
        Rule rule = rule(RULE + """
                  exceptions:
                    - name: several
                      fields: [proc.pname, fd.name, fd.num]
                      comps: [=, in, '>']
                      values:
                        - [sh, "(/a, /b)", 3]
                        - [zsh, [/c], 1]
                    - name: single
                      fields: proc.cmdline
                      values: [one two, "a(b),c=d"]
                    - name: transformed
                      fields: [tolower(proc.exe)]
                      comps: [startswith]
                      values: [[abc]]
                    - name: none
                      fields: [proc.pname]
                """);
        assertThat(holds(rule, "proc.name", "cat")).isTrue();
        assertThat(holds(rule, "proc.name", "cat", "proc.pname", "sh", "fd.name", "/b", "fd.num", "4"))
                .isFalse();
        assertThat(holds(rule, "proc.name", "cat", "proc.pname", "sh", "fd.name", "/b", "fd.num", "3"))
                .isTrue();
        assertThat(holds(rule, "proc.name", "cat", "proc.pname", "zsh", "fd.name", "/c", "fd.num", "2"))
                .isFalse();
        assertThat(holds(rule, "proc.name", "cat", "proc.cmdline", "one two")).isFalse();
        assertThat(holds(rule, "proc.name", "cat", "proc.cmdline", "a(b),c=d")).isFalse();
        assertThat(holds(rule, "proc.name", "cat", "proc.exe", "ABCD")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "- [] ~ LOAD_ERR_YAML_VALIDATE Unexpected element type. Each element should be a yaml associative array.",
                "- foo: bar ~ LOAD_UNKNOWN_ITEM Unknown top level item",
                "- list: l ~ LOAD_ERR_YAML_VALIDATE Item has no mapping for key 'items'",
                "- {list: l, items: a} ~ LOAD_ERR_YAML_VALIDATE Value is not a sequence",
                "- {list: l, items: [[a]]} ~ LOAD_ERR_YAML_VALIDATE sequence value is not scalar",
                "- {list: l, items: [a], append: true} ~ LOAD_ERR_VALIDATE List has 'append' key but no list by that name already exists",
                "- {list: l, items: [a], override: {items: append}} ~ LOAD_ERR_VALIDATE List uses 'override.items: append' but no list by that name already exists",
                "- {list: l, items: [a], override: {items: remove}} ~ LOAD_ERR_YAML_VALIDATE Invalid override operation for key 'items': 'remove'. Allowed values are: append replace",
                "- {list: l, items: [a], nonsense: 1} ~ LOAD_UNKNOWN_KEY Unknown key 'nonsense'",
                "- {list: a b, items: []} ~ LOAD_INVALID_LIST_NAME List has an invalid name: no condition can name it, because of its blanks, quotes, parentheses or signs",
                "- {macro: m, condition: ''} ~ LOAD_ERR_YAML_VALIDATE Value must be non-empty",
                "- {macro: m, condition: [a]} ~ LOAD_ERR_YAML_VALIDATE Value is not a scalar value",
                "- {macro: m, condition: undefined} ~ LOAD_ERR_VALIDATE Undefined macro 'undefined' used in filter.",
                "- {rule: r, enabled: false} ~ LOAD_ERR_VALIDATE Rule has 'enabled' key but no rule by that name already exists",
                "- {rule: r} ~ LOAD_ERR_YAML_VALIDATE Item has no mapping for key 'enabled'",
                "- {rule: r, desc: d} ~ LOAD_ERR_YAML_VALIDATE Item has no mapping for key 'condition'",
                "- {rule: r, desc: d, condition: a.b=1, output: o, priority: URGENT} ~ LOAD_ERR_YAML_VALIDATE Invalid priority",
                "- {rule: r, desc: d, condition: evt.type=open, output: o, priority: INFO, enabled: maybe} ~ LOAD_ERR_YAML_VALIDATE Can't decode YAML scalar value",
                "- {rule: r, desc: d, condition: evt.type=open, output: o, priority: INFO, source: moon} ~ LOAD_UNKNOWN_SOURCE Unknown source moon, skipping",
                "- {rule: r, condition: and a, override: {condition: append}} ~ LOAD_ERR_VALIDATE Rule uses 'override.<key>: append' but no rule by that name already exists",
                "- {rule: r, priority: INFO, override: {priority: append}} ~ LOAD_ERR_YAML_VALIDATE Key 'priority' cannot be appended to, use 'replace' instead",
                "- {rule: r, source: x, override: {source: replace}} ~ LOAD_ERR_YAML_VALIDATE Key 'source' cannot be replaced",
                "- {rule: r, override: {desc: replace}} ~ LOAD_ERR_YAML_VALIDATE An replace override for 'desc' was specified but 'desc' is not defined",
                "- {rule: r, desc: d, output: o, override: {desc: replace}} ~ LOAD_ERR_YAML_VALIDATE Unexpected key 'output': no corresponding entry under 'override' is defined.",
                "- {rule: r, desc: d, append: true, override: {desc: append}} ~ LOAD_ERR_YAML_VALIDATE Keys 'override' and 'append: true' cannot be used together. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.",
                "- required_engine_version: 0.99.0 ~ LOAD_ERR_VALIDATE Rules require engine version 0.99.0, but engine version is 0.63.0",
                "- required_engine_version: 64 ~ LOAD_ERR_VALIDATE Rules require engine version 64, but engine version is 0.63.0",
                "- required_plugin_versions: x ~ LOAD_ERR_YAML_VALIDATE Value of required_plugin_versions must be a sequence",
                "- required_plugin_versions: [{name: json}] ~ LOAD_ERR_YAML_VALIDATE Item has no mapping for key 'version'",
                "- required_plugin_versions: [{name: json, version: x}] ~ LOAD_ERR_VALIDATE Invalid required version 'x' for plugin 'json'",
                "- required_plugin_versions: [{name: json, version: 9.0.0}] ~ LOAD_ERR_VALIDATE Plugin 'json' version '0.7.4' is not compatible with required plugin version '9.0.0'"
            })
    void problemsOfOneItem(String text, String problem) {
        assertThat(problems(load(text))).anyMatch(found -> found.strip().equals(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "- required_engine_version: 63",
                "- required_engine_version: 0.57.0",
                "- required_plugin_versions: [{name: unheard_of, version: 9.0.0}]",
                "- required_plugin_versions: [{name: k8saudit, version: 9.0.0, alternatives: [{name: json, version: 0.7.0}]}]"
            })
    void versionsThatAreMet(String text) {
        assertThat(load(text).problems()).isEmpty();
    }

    @Test
    void whatOnlyFollowsIsNotTold() {
        LoadedRules loaded = load("""
                - macro: broken
                  condition: a and and and
                - macro: half
                  output: no condition
                - rule: r
                  desc: d
                  condition: evt.type=open and broken and half
                  output: o
                  priority: INFO
                - rule: s
                  desc: d
                  condition: evt.type=open and nowhere
                  output: o
                  priority: INFO
                """);
        assertThat(loaded.problems())
                .filteredOn(Problem::isError)
                .extracting(
                        problem -> problem.itemName() + " " + problem.place().line())
                .containsExactly("broken 2", "half 3", "s 12");
    }

    @Test
    void placesAreThoseInTheFile() {
        LoadedRules loaded = load("""
                - rule: folded
                  desc: d
                  condition: >
                    evt.type=open
                    and   proc.name=cat
                    and no.one=1
                  output: o
                  priority: INFO
                - rule: quoted
                  desc: d
                  condition: "evt.type=open and proc.args=\\"a b\\" and no.two=1"
                  output: "x %no.three"
                  priority: INFO
                - macro: m
                  condition: proc.name=a or no.four=1
                - rule: macro
                  desc: d
                  condition: evt.type=open and m
                  output: o
                  priority: INFO
                """);
        assertThat(loaded.problems())
                .extracting(problem ->
                        problem.place().line() + ":" + problem.place().column())
                .containsExactly("6:9", "11:55", "12:15", "15:29");
    }

    @Test
    void warnsOfWhatIsHardlyMeant() {
        assertThat(problems(load("""
                - macro: unused
                  condition: evt.type=open
                - list: spare
                  items: [a]
                - rule: r
                  desc: d
                  condition: proc.name=proc.pname and evt.dir=<
                  output: "%container.info %evt.latency"
                  priority: INFO
                - rule: k
                  desc: d
                  condition: ka.verb=<NA>
                  output: o
                  priority: INFO
                  source: k8s_audit
                - rule: skipped
                  desc: d
                  condition: evt.type=open and no.field=1
                  output: o
                  priority: INFO
                  skip-if-unknown-filter: true
                """)).stream().map(problem -> problem.substring(0, problem.indexOf(' '))))
                .containsExactly(
                        "LOAD_UNUSED_MACRO",
                        "LOAD_UNUSED_LIST",
                        "LOAD_NO_EVTTYPE",
                        "LOAD_COMPILE_CONDITION",
                        "LOAD_DEPRECATED_ITEM",
                        "LOAD_DEPRECATED_ITEM",
                        "LOAD_DEPRECATED_ITEM",
                        "LOAD_UNSAFE_NA_CHECK",
                        "LOAD_UNKNOWN_FILTER");
    }

    @Test
    void selectionsTakeRulesByNameTagAndPriority() {
        Rule rule = rule(RULE);
        assertThat(RuleSelection.ALL.takes(rule)).isTrue();
        assertThat(new RuleSelection(List.of("r"), java.util.Set.of(), java.util.Set.of(), Priority.DEBUG).takes(rule))
                .isFalse();
        assertThat(new RuleSelection(List.of("*x"), java.util.Set.of(), java.util.Set.of(), Priority.DEBUG).takes(rule))
                .isTrue();
        assertThat(new RuleSelection(List.of(), java.util.Set.of("a"), java.util.Set.of(), Priority.DEBUG).takes(rule))
                .isTrue();
        assertThat(new RuleSelection(List.of(), java.util.Set.of("b"), java.util.Set.of(), Priority.DEBUG).takes(rule))
                .isFalse();
        assertThat(new RuleSelection(List.of(), java.util.Set.of(), java.util.Set.of("a"), Priority.DEBUG).takes(rule))
                .isFalse();
        assertThat(new RuleSelection(List.of(), java.util.Set.of(), java.util.Set.of(), Priority.WARNING).takes(rule))
                .isFalse();
    }
}
