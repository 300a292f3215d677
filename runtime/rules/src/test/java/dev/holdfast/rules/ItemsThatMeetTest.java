package dev.holdfast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.GivenEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What items of rule files do to each other: rules, what overrides them, their exceptions, and the macros and lists that they name. */
final class ItemsThatMeetTest {
    private static final String RULE = """
            - rule: r
              desc: d
              condition: evt.type=open and proc.name=cat
              output: o
              priority: INFO
            """;

    private static LoadedRules load(String text) {
        return new RuleLoader(Limits.DEFAULT).load(List.of(new RuleFile("f.yaml", text)));
    }

    private static List<String> problems(String text) {
        return load(text).problems().stream()
                .map(problem ->
                        problem.itemType() + " " + problem.itemName() + " " + problem.code() + " " + problem.message())
                .toList();
    }

    private static boolean holds(LoadedRules loaded, String... fields) throws Exception {
        assertThat(loaded.problems()).isEmpty();
        GivenEvent event = new GivenEvent("syscall", EventType.of("open").orElseThrow(), 0, 1);
        for (int i = 0; i < fields.length; i += 2) {
            event.with(fields[i], fields[i + 1]);
        }
        RuleSet set = new RuleSet(loaded.rules().rules(), FieldCatalogue.standard());
        return !RuleEngine.of(set, RuleSelection.ALL, RuleEngine.Matching.ALL)
                .matcher()
                .match(event)
                .isEmpty();
    }

    /** What is wrong with the rule comes before what is wrong with the keys that are left. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{rule: r, desc: d, output: o, override: {desc: replace}} ~ LOAD_ERR_YAML_VALIDATE Unexpected key 'output': no corresponding entry under 'override' is defined.",
                "{rule: r, output: o, override: {desc: replace}} ~ LOAD_ERR_YAML_VALIDATE An replace override for 'desc' was specified but 'desc' is not defined",
                "{rule: r, condition: and a.b=1, source: k8s_audit, override: {condition: append}} ~ LOAD_ERR_VALIDATE Rule has been re-defined with a different source",
                "{rule: r, desc: x, source: k8s_audit, override: {desc: replace}} ~ LOAD_ERR_VALIDATE Rule has been re-defined with a different source",
                "{rule: r, desc: x, override: append} ~ LOAD_ERR_YAML_VALIDATE Value of override must be a mapping of keys to append or replace"
            })
    void overridesThatAreWrong(String item, String problem) {
        assertThat(problems(RULE + "- " + item + "\n")).containsExactly("rule r " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{rule: r, desc: x, source: syscall, override: {desc: replace}}",
                "{rule: r, capture: true, capture_events: 5, override: {capture: replace, capture_events: replace}}",
                "{rule: r, desc: d, condition: evt.type=open, output: o, priority: info, override: }",
                "{rule: r, desc: d, condition: evt.type=open, output: o, priority: Informational, override: {}}"
            })
    void overridesThatAreRight(String item) {
        assertThat(problems(RULE + "- " + item + "\n")).isEmpty();
    }

    /** Values may be appended to an exception that is known; what replaces exceptions has to say everything. */
    @Test
    void exceptionsThatReplaceNeedFields() {
        String rule = RULE + "  exceptions: [{name: e, fields: proc.pname, values: [sh]}]\n";
        assertThat(problems(
                        rule + "- {rule: r, exceptions: [{name: e, values: [ash]}], override: {exceptions: append}}"))
                .isEmpty();
        assertThat(problems(
                        rule + "- {rule: r, exceptions: [{name: e, values: [ash]}], override: {exceptions: replace}}"))
                .containsExactly("exception e LOAD_ERR_YAML_VALIDATE Item has no mapping for key 'fields'");
        assertThat(problems(rule
                        + "- {rule: r, exceptions: [{name: e, fields: fd.name}], override: {exceptions: replace}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "fields: [] ~ LOAD_ERR_VALIDATE Rule exception item must have fields property with a list of fields",
                "fields: null, values: [a] ~ LOAD_ERR_VALIDATE Rule exception item must have fields property with a list of fields",
                "fields: [fd.num], comps: [in oneof], values: [[1]] ~ LOAD_ERR_VALIDATE 'in oneof' is not a supported comparison operator",
                "fields: [fd.num], comps: ['> anyof'], values: [[1]] ~ LOAD_ERR_VALIDATE '> anyof' is not a supported comparison operator",
                "fields: [fd.name], comps: [glob any], values: [[a]] ~ LOAD_ERR_VALIDATE 'glob any' is not a supported comparison operator",
                "fields: [fd.name], comps: [glob anyof x], values: [[a]] ~ LOAD_ERR_VALIDATE 'glob anyof x' is not a supported comparison operator",
                "fields: fd.name, comps: glob, values: [a] ~ LOAD_ERR_VALIDATE When fields is a single value, comps must be one of (in, pmatch, intersects) or an operator on texts with a modifier (such as startswith anyof)",
                "fields: fd.name, values: [a, null] ~ LOAD_ERR_YAML_VALIDATE Value must be non-empty"
            })
    void exceptionsThatAreWrong(String exception, String problem) {
        assertThat(problems(RULE + "  exceptions: [{name: e, " + exception + "}]\n"))
                .containsExactly("exception e " + problem);
    }

    /** Nothing at all is as good as a key that is left out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"fields: [fd.name], comps: [], values: [[/x]]", "fields: fd.name, comps: null, values: [/x]"})
    void exceptionsWithComparisonsThatSayNothing(String exception) throws Exception {
        LoadedRules loaded = load(RULE + "  exceptions: [{name: e, " + exception + "}]\n");
        assertThat(holds(loaded, "proc.name", "cat", "fd.name", "/y")).isTrue();
        assertThat(holds(loaded, "proc.name", "cat", "fd.name", "/x")).isFalse();
    }

    @Test
    void exceptionsCompareWithModifiers() throws Exception {
        LoadedRules loaded = load(RULE + """
                  exceptions:
                    - name: tuple
                      fields: [fd.name, proc.pname]
                      comps: [" startswith  anyof ", =]
                      values:
                        - [[/a/, /b/], sh]
                        - [/c/, zsh]
                    - name: one
                      fields: proc.cmdline
                      comps: contains allof
                      values: [x y, z]
                """);
        assertThat(holds(loaded, "proc.name", "cat", "fd.name", "/b/1", "proc.pname", "sh"))
                .isFalse();
        assertThat(holds(loaded, "proc.name", "cat", "fd.name", "/c/1", "proc.pname", "zsh"))
                .isFalse();
        assertThat(holds(loaded, "proc.name", "cat", "fd.name", "/c/1", "proc.pname", "sh"))
                .isTrue();
        assertThat(holds(loaded, "proc.name", "cat", "proc.cmdline", "z x y")).isFalse();
        assertThat(holds(loaded, "proc.name", "cat", "proc.cmdline", "x y")).isTrue();
    }

    @Test
    void exceptionsWithOneNameAreWarnedOf() {
        assertThat(problems(RULE + "  exceptions: [{name: e, fields: fd.name}, {name: e, fields: fd.num}]\n"))
                .containsExactly(
                        "exception e LOAD_EXCEPTION_NAME_NOT_UNIQUE Multiple definitions of exception 'e' in the same rule");
    }

    /** What macros and lists say is looked at as what rules say; what a macro says is told once. */
    @Test
    void warnsOfWhatMacrosAndListsSay() {
        LoadedRules loaded = load("""
                - list: parents
                  items: [sh, proc.pname]
                - macro: leaves
                  condition: evt.type=open and
                    tolower(evt.dir) = "<"
                - macro: both
                  condition: leaves and proc.name=proc.aname
                - rule: r
                  desc: d
                  condition: both
                  output: o
                  priority: INFO
                - rule: s
                  desc: d
                  condition: both and
                    proc.name in (parents)
                  output: o %tolower(evt.dir)
                  priority: INFO
                - rule: k
                  desc: d
                  condition: tolower(ka.verb) != <NA>
                  output: o
                  priority: INFO
                  source: k8s_audit
                """);
        assertThat(loaded.problems())
                .extracting(problem -> problem.place().line() + " " + problem.itemName() + " " + problem.code())
                .containsExactly(
                        "5 leaves LOAD_DEPRECATED_ITEM",
                        "7 both LOAD_COMPILE_CONDITION",
                        "16 s LOAD_COMPILE_CONDITION",
                        "17 s LOAD_DEPRECATED_ITEM",
                        "21 k LOAD_UNSAFE_NA_CHECK");
    }

    /** What is named where it may not be, and what is broken, is not told to be unused as well. */
    @Test
    void unusedIsNotWhatIsBroken() {
        assertThat(load("""
                - macro: early
                  condition: late
                - macro: late
                  condition: evt.type=open
                - list: l
                  items: [a]
                - list: l
                  items: [a]
                  append: true
                  override: {items: append}
                - rule: r
                  desc: d
                  condition: early
                  output: o
                  priority: INFO
                """).problems())
                .extracting(problem -> problem.itemName() + " " + problem.code())
                .containsExactly("early LOAD_ERR_VALIDATE", "l LOAD_ERR_YAML_VALIDATE", "l LOAD_DEPRECATED_ITEM");
    }

    /** A list stands for all of its values only in parentheses. */
    @Test
    void listsWithoutParenthesesAreOneValue() throws Exception {
        LoadedRules one = load("- {list: l, items: [cat]}\n" + RULE.replace("=cat", " in l"));
        assertThat(holds(one, "proc.name", "cat")).isTrue();
        assertThat(holds(one, "proc.name", "dog")).isFalse();
        assertThat(problems("- {list: l, items: [cat, dog]}\n" + RULE.replace("=cat", " in l")))
                .containsExactly(
                        "rule r LOAD_ERR_COMPILE_CONDITION list 'l' has 2 items where one value stands; compare with"
                                + " lists by 'in', 'intersects' or 'pmatch', in parentheses: in (l)");
    }

    @ParameterizedTest
    @CsvSource({"'  '", "'%container.info'"})
    void outputsThatSayNothingAreRefused(String output) {
        assertThat(problems(RULE.replace("output: o", "output: '" + output + "'")))
                .contains("rule r LOAD_ERR_COMPILE_OUTPUT empty formatting token: the output says nothing");
    }
}
