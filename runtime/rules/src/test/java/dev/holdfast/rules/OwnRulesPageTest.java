package dev.holdfast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/own-rules.md} lists our rules as they are; {@code -Dholdfast.write=true} writes it anew. */
class OwnRulesPageTest {
    private static final Pattern ALLOWED = Pattern.compile("\\ballowed_\\w+");
    private static final String HEAD = """
            # Our own runtime rules

            What `holdfast watch` asks when no rule files are named: what each rule tells and why, how urgent it is, the techniques of
            [MITRE ATT&CK](https://attack.mitre.org/techniques/), and what silences it. `OwnRulesPageTest` keeps this page true; how they are
            tried and what ordinary programs meet them is told in [watch](watch.md#quiet-and-tried).

            A macro in the last column is empty as shipped: say in a file of your own behind ours what is usual with you, as
            [runtime rules](rules.md#our-own-rules) shows. Where there is none, or for one rule alone, append an exception to the rule:

            ```yaml
            - rule: Library preloaded into every program
              exceptions:
                - name: ours
                  fields: [container.image.repository, proc.exepath]
                  comps: [=, =]
                  values: [[registry.example/profiler, /usr/bin/install]]
              override: {exceptions: append}
            ```

            `holdfast watch --disable NAME` leaves a rule out altogether.
            """;

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        addRules(page, "events of the kernel", Event.SYSCALL);
        addRules(page, "the audit log of Kubernetes", Event.K8S_AUDIT);
        return page.toString();
    }

    private static void addRules(StringBuilder page, String of, String source) {
        page.append("\n## For ").append(of).append("\n\n");
        page.append("| rule | level | what it tells, and why | ATT&CK | silenced by |\n|---|---|---|---|---|\n");
        for (Rule rule : rules()) {
            if (rule.source().equals(source)) {
                page.append("| ")
                        .append(rule.name())
                        .append(" | ")
                        .append(rule.priority().word())
                        .append(" | ")
                        .append(rule.description().replace("|", "\\|"))
                        .append(" | ")
                        .append(rule.tags().stream()
                                .filter(tag -> tag.matches("T\\d{4}(\\.\\d{3})?"))
                                .collect(Collectors.joining(" ")))
                        .append(" | ")
                        .append(silencers(rule))
                        .append(" |\n");
            }
        }
    }

    private static List<Rule> rules() {
        return new RuleLoader(Limits.DEFAULT).load(ShippedRules.files()).rules().rules();
    }

    /** The macros for what is usual that stand in the rule's text, those of the macros that it uses included. */
    private static String silencers(Rule rule) {
        TreeSet<String> macros = new TreeSet<>();
        ALLOWED.matcher(textOf("- rule: " + rule.name()))
                .results()
                .forEach(found -> macros.add('`' + found.group() + '`'));
        for (String words : List.of("by_somebody", "pod_made")) {
            if (textOf("- rule: " + rule.name()).contains(words)) {
                ALLOWED.matcher(textOf("- macro: " + words))
                        .results()
                        .forEach(found -> macros.add('`' + found.group() + '`'));
            }
        }
        return macros.isEmpty() ? "an exception" : String.join(", ", macros);
    }

    /** What stands in the files from such a line on to the next item. */
    private static String textOf(String firstLine) {
        return ShippedRules.files().stream()
                .flatMap(file -> Arrays.stream(file.text().split("\n(?=- )")))
                .filter(item -> item.startsWith(firstLine + "\n"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thePageListsEveryRule() throws Exception {
        Path file = Path.of(System.getProperty("holdfast.root", "../.."), "docs", "own-rules.md");
        if (Boolean.getBoolean("holdfast.write")) {
            Files.writeString(file, page());
        }
        assertThat(Files.readString(file)).isEqualTo(page());
    }

    @Test
    void theExampleOfThePageLoads() {
        String example = HEAD.substring(HEAD.indexOf("```yaml\n") + 8, HEAD.lastIndexOf("```"));
        List<RuleFile> files = new ArrayList<>(ShippedRules.files());
        files.add(new RuleFile("example.yaml", example));
        assertThat(new RuleLoader(Limits.DEFAULT).load(files).problems()).isEmpty();
    }
}
