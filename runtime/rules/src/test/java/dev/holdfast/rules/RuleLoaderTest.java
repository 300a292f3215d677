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
    void firstOfTwoEqualKeysCountsAndIsWarnedOf() {
        LoadedRules loaded = load("""
                - rule: r
                  desc: d
                  condition: evt.type=open and proc.name=cat
                  output: o
                  condition: evt.type=open and proc.name=dog
                  priority: INFO
                  exceptions:
                    - {name: e, fields: [fd.num], name: f}
                - list: l
                  items: [a]
                  items: [b]
                """);
        assertThat(problems(loaded))
                .containsExactly(
                        "LOAD_REPEATED_KEY Key 'condition' stands here a second time; the first one counts",
                        "LOAD_REPEATED_KEY Key 'name' stands here a second time; the first one counts",
                        "LOAD_UNUSED_LIST List not referred to by any other rule/macro",
                        "LOAD_REPEATED_KEY Key 'items' stands here a second time; the first one counts");
        assertThat(loaded.problems().getFirst().place()).isEqualTo(new Problem.Place("f0.yaml", 5, 3));
        assertThat(loaded.problems().getFirst().itemName()).isEqualTo("r");
        assertThat(loaded.rules().rule("r").orElseThrow().condition().written())
                .isEqualTo("evt.type = open and proc.name = cat");
    }

    @Test
    void captureHasToBeTrueOrFalseAndItsDurationANumber() {
        assertThat(problems(load(RULE + "  capture: true\n  capture_duration: 5000\n")))
                .isEmpty();
        assertThat(problems(
                        load(RULE + "  capture_duration: 4294967295\n  capture_events: 10\n  capture_filesize: 10\n")))
                .isEmpty();
        for (String wrong : List.of(
                "capture: maybe",
                "capture_duration: x",
                "capture_duration: -1",
                "capture_duration: 4294967296",
                "capture_events: many",
                "capture_filesize: 1M")) {
            assertThat(problems(load(RULE + "  " + wrong + "\n")))
                    .as(wrong)
                    .containsExactly("LOAD_ERR_YAML_VALIDATE Can't decode YAML scalar value");
        }
    }

    @Test
    void macroThatNamesItselfIsToldSo() {
        assertThat(problems(load("- macro: m\n  condition: proc.name=cat or m\n")))
                .contains("LOAD_ERR_VALIDATE Undefined macro 'm' used in filter. It is what is being defined here.");
    }

    @Test
    void placeIsRightBehindCharactersOfTwoUnitsAndAByteOrderMark() {
        LoadedRules loaded = load("\uFEFF" + """
                - rule: 😀😀
                  desc: d
                  output: o
                  priority: INFO
                  condition: proc.name = 😀😀 and no.such = 1
                """);
        Problem problem = loaded.problems().getFirst();
        assertThat(problem.place()).isEqualTo(new Problem.Place("f0.yaml", 5, 33));
        Excerpt excerpt = problem.excerpt().orElseThrow();
        assertThat(excerpt.text().substring(excerpt.at())).isEqualTo("no.such = 1");
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

    @Test
    void valuesOfExceptionsMayBeTransformersOfFields() throws Exception {
        Rule rule = rule(RULE + """
                  exceptions:
                    - name: same_as_parent
                      fields: [proc.name, fd.num]
                      comps: [=, "<"]
                      values:
                        - ["tolower(proc.pname)", val(fd.lport)]
                    - name: a_text
                      fields: [proc.cmdline]
                      comps: [=]
                      values: [["tolower( proc.pname)"]]
                """);
        assertThat(holds(rule, "proc.name", "cat", "proc.pname", "CAT", "fd.num", "1", "fd.lport", "2"))
                .isFalse();
        assertThat(holds(rule, "proc.name", "cat", "proc.pname", "dog", "fd.num", "1", "fd.lport", "2"))
                .isTrue();
        assertThat(holds(rule, "proc.name", "cat", "proc.cmdline", "tolower( proc.pname)"))
                .isFalse();
    }

    /** Undefined macros stand where they are named, and the name that is nearest is told. */
    @Test
    void saysWhichMacroWasMeantAndWhereItIsNamed() {
        LoadedRules loaded = load("""
                - macro: early
                  condition: evt.type=open and container_started
                - macro: container_started
                  condition: evt.type=execve
                - list: shells
                  items: [sh]
                - rule: r
                  desc: d
                  condition: >
                    evt.type=open and
                      container_strated
                  output: o
                  priority: INFO
                - rule: s
                  desc: d
                  condition: "evt.type=open and (shells or  other)"
                  output: o
                  priority: INFO
                """);
        assertThat(loaded.problems().stream()
                        .filter(Problem::isError)
                        .map(problem ->
                                problem.place().line() + ":" + problem.place().column() + " " + problem.message()))
                .containsExactly(
                        "2:32 Undefined macro 'container_started' used in filter. It is defined later; macros see what"
                                + " stands before them.",
                        "11:7 Undefined macro 'container_strated' used in filter. Did you mean container_started?",
                        "16:34 Undefined macro 'shells' used in filter. It is a list: FIELD in (shells)");
    }

    /** Fields, transformers and plain texts where they hardly are meant, in conditions and in exceptions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "proc.name=proc.pname ~ x ~ 'proc.pname' may be a valid field misused as a const string value; val(proc.pname) is the field's value",
                "proc.name='proc.aname[2] ' ~ x ~ 'proc.aname[2] ' may be a valid field misused as a const string value; val(proc.aname[2]) is the field's value",
                "proc.name in (a, proc.pname) ~ x ~ 'proc.pname' may be a valid field misused as a const string value; val(proc.pname) is the field's value",
                "proc.name='toupper (proc.pname)' ~ x ~ 'toupper (proc.pname)' may be a valid field transformer misused as a const string value",
                "proc.name regex '.*cat.*' ~ x ~ regex check with '.*cat.*' may be optimized with simpler operators such as '=', 'contains', 'startswith', 'endswith'",
                "proc.name=a ~ proc.pname ~ 'proc.pname' may be a valid field misused as a const string value; val(proc.pname) is the field's value",
                "proc.name=a ~ 'toupper( proc.pname)' ~ 'toupper( proc.pname)' may be a valid field transformer misused as a const string value"
            })
    void warnsOfValuesThatAreHardlyMeant(String condition, String exception, String message) {
        LoadedRules loaded = load(String.format(java.util.Locale.ROOT, """
                - rule: r
                  desc: d
                  condition: evt.type=open and %s
                  output: o
                  priority: INFO
                  exceptions: [{name: e, fields: [proc.cmdline], comps: [=], values: [[%s]]}]
                """, condition, exception));
        assertThat(problems(loaded)).containsExactly("LOAD_COMPILE_CONDITION " + message);
    }

    @ParameterizedTest
    @CsvSource({"proc.name regex 'c(a|o)t'", "proc.name regex 'a.c'", "proc.name=a.b", "proc.name=val(proc.pname)"})
    void warnsOfNothingElse(String condition) {
        assertThat(problems(load(RULE.replace("proc.name=cat", condition)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "- [] ~ LOAD_ERR_YAML_VALIDATE Unexpected element type. Each element should be a yaml associative array.",
                "- foo: bar ~ LOAD_UNKNOWN_ITEM Unknown top level item 'foo'",
                "- {rules: r, desc: d} ~ LOAD_UNKNOWN_ITEM Unknown top level item 'rules'; did you mean rule?",
                "{rule: r, desc: d} ~ LOAD_ERR_YAML_VALIDATE Rules content is not yaml array of objects; each item begins with a dash",
                "customRules: {own.yaml: x} ~ LOAD_ERR_YAML_VALIDATE Rules content is not yaml array of objects; the rules in Helm's values and in a ConfigMap are texts, each a file of its own",
                "{apiVersion: v1, kind: ConfigMap, data: {own.yaml: x}} ~ LOAD_ERR_YAML_VALIDATE Rules content is not yaml array of objects; the rules in Helm's values and in a ConfigMap are texts, each a file of its own",
                "{a: b} ~ LOAD_ERR_YAML_VALIDATE Rules content is not yaml array of objects",
                "- {rule: r, exceptions: [{name: e, fields: [proc.name], values: [[a]]}]} ~ LOAD_ERR_YAML_VALIDATE Item has no mapping for key 'enabled'; what changes a rule that stands elsewhere needs 'override' (e.g. 'exceptions: append')",
                "- list: l ~ LOAD_ERR_YAML_VALIDATE Item has no mapping for key 'items'",
                "- {list: l, items: a} ~ LOAD_ERR_YAML_VALIDATE Value is not a sequence",
                "- {list: l, items: [a, null]} ~ LOAD_ERR_YAML_VALIDATE sequence value is not scalar",
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
                "- {rule: r, desc: d, condition: a.b=1, output: o, priority: HIGH} ~ LOAD_ERR_YAML_VALIDATE Invalid priority 'HIGH'; it is EMERGENCY, ALERT, CRITICAL, ERROR, WARNING, NOTICE, INFORMATIONAL (or INFO) or DEBUG",
                "- {rule: r, desc: d, condition: a.b=1, output: o, priority: warn} ~ LOAD_ERR_YAML_VALIDATE Invalid priority 'warn'; it is EMERGENCY, ALERT, CRITICAL, ERROR, WARNING, NOTICE, INFORMATIONAL (or INFO) or DEBUG",
                "- {rule: r, desc: d, condition: a.b=1, output: o, priority: e} ~ LOAD_ERR_YAML_VALIDATE Invalid priority 'e'; it is EMERGENCY, ALERT, CRITICAL, ERROR, WARNING, NOTICE, INFORMATIONAL (or INFO) or DEBUG",
                "- {rule: r, desc: d, condition: evt.type=open, output: o, priority: INFO, enabled: maybe} ~ LOAD_ERR_YAML_VALIDATE Can't decode YAML scalar value",
                "- {rule: r, desc: d, condition: evt.type=open, output: o, priority: INFO, source: moon} ~ LOAD_UNKNOWN_SOURCE Unknown source moon, skipping",
                "- {rule: r, condition: and a, override: {condition: append}} ~ LOAD_ERR_VALIDATE Rule uses 'override.<key>: append' but no rule by that name already exists",
                "- {rule: r, priority: INFO, override: {priority: append}} ~ LOAD_ERR_YAML_VALIDATE Key 'priority' cannot be appended to, use 'replace' instead",
                "- {rule: r, source: x, override: {source: replace}} ~ LOAD_ERR_YAML_VALIDATE Key 'source' cannot be replaced",
                "- {rule: r, override: {desc: replace}} ~ LOAD_ERR_YAML_VALIDATE An replace override for 'desc' was specified but 'desc' is not defined",
                "- {rule: r, desc: d, output: o, override: {desc: replace}} ~ LOAD_ERR_VALIDATE An 'override.<key>: replace' to a rule was requested but no rule by that name already exists",
                "- {rule: r, desc: d, append: true, override: {desc: append}} ~ LOAD_ERR_YAML_VALIDATE Keys 'override' and 'append: true' cannot be used together. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.",
                "- required_engine_version: 0.99.0 ~ LOAD_ERR_VALIDATE Rules require engine version 0.99.0, but engine version is 0.63.0",
                "- required_engine_version: 64 ~ LOAD_ERR_VALIDATE Rules require engine version 64, but engine version is 0.63.0",
                "- required_plugin_versions: x ~ LOAD_ERR_YAML_VALIDATE Value of required_plugin_versions must be a sequence",
                "- required_plugin_versions: [{name: json}] ~ LOAD_ERR_YAML_VALIDATE Item has no mapping for key 'version'",
                "- required_plugin_versions: [{name: json, version: x}] ~ LOAD_ERR_VALIDATE Invalid required version 'x' for plugin 'json'",
                "- required_plugin_versions: [{name: json, version: 0.7.0, alternatives: [{name: json, version: 0.7.1}]}] ~ LOAD_ERR_VALIDATE Defined multiple alternative version requirements for plugin 'json'",
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
                "- required_plugin_versions: [{name: unheard_of, version: 9.0.0, alternatives: [{name: json, version: 0.7.0}]}]",
                "- required_plugin_versions: [{name: k8smeta, version: 0.1.0}]",
                "- required_plugin_versions: [{name: k8saudit, version: 9.0.0, alternatives: [{name: json, version: 0.7.0}]}]"
            })
    void versionsThatAreMet(String text) {
        assertThat(load(text).problems()).isEmpty();
    }

    @Test
    void rulesOfPluginsThatAreNotHereAreLeftOut() {
        LoadedRules loaded = load("""
                - required_plugin_versions: [{name: unheard_of, version: 9.0.0}]
                - rule: moon
                  desc: d
                  condition: moon.phase = full and evt.num < 3
                  output: "%moon.phase"
                  priority: INFO
                  source: moon
                - rule: earth
                  desc: d
                  condition: evt.type=open
                  output: o
                  priority: INFO
                """);
        assertThat(problems(loaded))
                .containsExactly(
                        "LOAD_UNKNOWN_PLUGIN Plugin 'unheard_of' is not here: rules for a source that only it has are left out,"
                                + " and a field that only it has is an error",
                        "LOAD_UNKNOWN_SOURCE Unknown source moon, skipping");
        assertThat(loaded.rules().rules()).extracting(Rule::name).containsExactly("earth");
    }

    @ParameterizedTest
    @CsvSource({
        "k8s.ns.label.team = a, k8s.ns.label.team",
        "not k8s.ns.label[team] in (a), k8s.ns.label[team]",
        "k8smeta.deployment.name exists, k8smeta.deployment.name",
        "tolower(k8s.rc.name) = a, tolower(k8s.rc.name)",
        "container.healthcheck = a, container.healthcheck",
        "proc.is_container_liveness_probe = true, proc.is_container_liveness_probe",
        "fd.sip.name = example.org, fd.sip.name"
    })
    void warnsOfFieldsThatNothingTells(String condition, String field) {
        assertThat(problems(load(RULE.replace("proc.name=cat", condition))))
                .containsExactly("LOAD_NO_VALUE '" + field
                        + "' is known, but never has a value here, so that no comparison with it holds");
    }

    @Test
    void warnsOfPrintedFieldsThatNothingTells() {
        assertThat(problems(load(RULE.replace("output: o", "output: o %k8s.ns.label[team] %k8s.ns.name"))))
                .containsExactly(
                        "LOAD_NO_VALUE 'k8s.ns.label[team]' is known, but never has a value here, and prints <NA>");
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
