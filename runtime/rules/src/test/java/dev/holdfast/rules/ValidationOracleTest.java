package dev.holdfast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.json.JsonValue;
import dev.holdfast.rules.event.EventType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case of Falco's tests that says what is wrong with rule files. */
final class ValidationOracleTest {
    private static final List<String> CASES = List.of(
            "falco_tests.json",
            "falco_tests_exceptions.json",
            "falco_tests_plugins.json",
            "falco_k8s_audit_tests.json");

    /** Where we differ on purpose: the case, and the message of ours. */
    private static final Map<String, String> DIFFERENT = Map.of(
            // the words are those of the parser of YAML, and ours is another one
            "invalid_yaml_parse_error",
            "not valid YAML: mapping values are not allowed here",
            // since 0.37 versions are semantic ones, and Falco says so, too
            "invalid_engine_version_not_number",
            "Unable to parse engine version 'not-a-number' as a semver string. Expected \"x.y.z\" semver format.");

    @TestFactory
    List<DynamicTest> problemsAreThoseOfFalco() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : CASES) {
            Oracle.cases(file).members().forEach((name, expected) -> {
                if (!expected.get("validate_rules_file").isAbsent()) {
                    tests.add(DynamicTest.dynamicTest(name, () -> check(name, expected)));
                }
            });
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    private static void check(String name, JsonValue expected) throws Exception {
        LoadedRules loaded =
                Oracle.load(expected.get("validate_rules_file").texts().toArray(new String[0]));
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Problem problem : loaded.problems()) {
            (problem.isError() ? errors : warnings)
                    .add(problem.itemType() + "|" + problem.itemName() + "|" + problem.code() + "|"
                            + problem.message());
        }
        List<String> wanted = expected.get("validate_errors").elements().stream()
                .map(error -> line(name, error))
                .toList();
        assertThat(errors).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(errors.get(i)).startsWith(wanted.get(i));
        }
        for (JsonValue warning : expected.get("validate_warnings").elements()) {
            assertThat(warnings).contains(line(name, warning));
        }
    }

    private static String line(String name, JsonValue problem) {
        String message = problem.get("message")
                .text()
                .orElseGet(() -> problem.get("message_contains").text().orElse(""));
        return problem.get("item_type").text().orElse("") + "|"
                + problem.get("item_name").text().orElse("") + "|"
                + problem.get("code").text().orElse("") + "|" + DIFFERENT.getOrDefault(name, message);
    }

    /** The files of all cases that are about alerts load, the default ones as they were at the time. */
    @Test
    void filesOfCasesLoad() throws Exception {
        Set<List<String>> sets = new LinkedHashSet<>();
        for (String file : CASES) {
            Oracle.cases(file).members().forEach((name, expected) -> {
                if (expected.get("exit_status").integer().orElse(0L) == 0L) {
                    sets.add(expected.get("rules_file").texts().stream()
                            .map(path -> path.contains("BUILD_DIR")
                                    ? "rules-of-the-period" + path.substring(path.lastIndexOf('/'))
                                    : path.replace("./", ""))
                            .toList());
                }
            });
        }
        assertThat(sets).hasSizeGreaterThan(50);
        for (List<String> files : sets) {
            assertThat(Oracle.load(files.toArray(new String[0])).problems())
                    .as("%s", files)
                    .filteredOn(Problem::isError)
                    .isEmpty();
        }
    }

    /** Falco's test also says for which types of events each rule is. */
    @Test
    void typesOfEventsAreThoseOfFalco() throws Exception {
        LoadedRules loaded = Oracle.load("rules/falco_rules_warnings.yaml");
        JsonValue expected =
                Oracle.cases("falco_tests.json").get("test_warnings").get("rules_events");
        assertThat(expected.elements()).hasSize(31);
        for (JsonValue one : expected.elements()) {
            one.members().forEach((name, types) -> {
                Rule rule = loaded.rules().rule(name).orElseThrow();
                TreeSet<String> ours = new TreeSet<>();
                rule.eventTypes().forEach(type -> ours.add(type.name()));
                if (types.texts().equals(List.of("all"))) {
                    // the old loader gave up where the types stand behind a "not"; the types follow from the tree
                    boolean isRestricted = List.of(
                                    "not_before_trailing_evttype",
                                    "not_equals_before_trailing_evttype",
                                    "not_equals_before_in",
                                    "not_before_in",
                                    "not_in_before_in",
                                    "leading_in_not_equals_before_evttype",
                                    "not_equals_before_evttype",
                                    "not_equals_before_in_evttype",
                                    "not_before_evttype",
                                    "not_before_evttype_using_in")
                            .contains(name);
                    assertThat(ours.size() > EventType.all().size() / 2)
                            .as(name)
                            .isEqualTo(!isRestricted);
                } else {
                    assertThat(ours).as(name).containsExactlyElementsOf(new TreeSet<>(types.texts()));
                }
            });
        }
    }
}
