package dev.holdfast.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.manifest.InputKind;
import dev.holdfast.manifest.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For each rule over Dockerfiles, Compose, ECS and image configuration a text with the weakness, and one that must not be blamed. */
class RuleExamplesTest {
    private static final List<InputKind> KINDS =
            List.of(InputKind.DOCKERFILE, InputKind.COMPOSE, InputKind.ECS, InputKind.IMAGE);

    /** It needs files beside: see {@link FilesBesideTest}. */
    private static final String NEEDS_FILES = "DOCKERFILE whole-context-copied";

    private static final Registries OURS =
            new Registries(List.of("registry.example", "ghcr.io/acme", "*.dkr.ecr.*.amazonaws.com"));

    record Example(String rule, String file, int line, String failing, String passing) {
        @Override
        public String toString() {
            return file + " " + rule + " " + line;
        }

        InputKind kind() {
            return switch (file) {
                case "Dockerfile" -> InputKind.DOCKERFILE;
                case "compose.yaml" -> InputKind.COMPOSE;
                case "image.json" -> InputKind.IMAGE;
                default -> InputKind.ECS;
            };
        }
    }

    static Stream<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(RuleExamplesTest.class.getResourceAsStream("rule-examples.txt"))) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String block : all.substring(all.indexOf("\n=== ") + 1).split("(?m)^=== ")) {
                if (!block.isBlank()) {
                    examples.add(example(block));
                }
            }
        }
        return examples.stream();
    }

    private static Example example(String block) {
        int end = block.indexOf('\n');
        String[] head = block.substring(0, end).strip().split(" ");
        String[] texts = block.substring(end + 1).split("(?m)^---\n");
        return new Example(head[0], head[1], Integer.parseInt(head[2]), texts[0], texts[1]);
    }

    private static List<Result> failures(String file, String rule, String text) throws Exception {
        CheckRequest request =
                CheckRequest.ofText(file, text).profile(Rule.Profile.STRICT).registries(OURS);
        return new Checker(Limits.DEFAULT)
                .check(request).failures().stream()
                        .filter(result -> result.rule().equals(rule))
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void blamesTheLineAndNotItsHarmlessNeighbour(Example example) throws Exception {
        List<Result> failures = failures(example.file(), example.rule(), example.failing());
        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst().place().line()).isEqualTo(example.line());
        assertThat(failures.getFirst().message()).isNotBlank().doesNotContain("Xk29sLqpZ81mvTTa");
        assertThat(failures.getFirst().fix()).isNotBlank().doesNotContain("Xk29sLqpZ81mvTTa");
        assertThat(failures.getFirst().severityReason()).isNotBlank();
        assertThat(failures(example.file(), example.rule(), example.passing())).isEmpty();
    }

    @Test
    void everyRuleHasAnExample() throws Exception {
        TreeSet<String> rules = new TreeSet<>();
        for (InputKind kind : KINDS) {
            RuleCatalogue.inspection(kind, Surroundings.NONE, Limits.DEFAULT)
                    .orElseThrow()
                    .rules()
                    .forEach(rule -> rules.add(kind + " " + rule.id()));
        }
        examples().forEach(example -> rules.remove(example.kind() + " " + example.rule()));
        rules.remove(NEEDS_FILES);
        assertThat(rules).isEmpty();
    }
}
