package dev.holdfast.report.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {
    private static final String DATA = """
            {"name":"<shop>","list":[{"id":"a","n":1},{"id":"b","n":2}],"none":[],"yes":true,"no":false,"deep":{"er":"x"},
             "formula":"=1+1,2"}""";

    private static String render(String template) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Template.parse(template).render(Json.parse(DATA, Limits.DEFAULT), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{{name}} ~ <shop>",
                "{{ name | html }} ~ &lt;shop&gt;",
                "{{deep.er}}{{absent}}{{deep.absent.more}} ~ x",
                "{{#each list}}{{id}}={{n}}{{#if @last}}.{{else}},{{/if}}{{/each}} ~ a=1,b=2.",
                "{{#each list}}{{@index}}{{name | cut 3}} {{/each}} ~ 0<s… 1<s…",
                "{{#each none}}x{{else}}nothing{{/each}} ~ nothing",
                "{{#if yes}}y{{/if}}{{#if no}}n{{/if}}{{#if absent}}a{{/if}} ~ y",
                "{{#if deep.er == \"x\"}}same{{/if}}{{#if deep.er != \"x\"}}other{{/if}} ~ same",
                "{{formula | csv}} ~ \"'=1+1,2\"",
                "{{list | length}} {{name | upper | url}} ~ 2 %3CSHOP%3E",
                "{{! nothing }}x ~ x"
            })
    void renders(String template, String text) throws Exception {
        assertThat(render(template).strip()).isEqualTo(text);
    }

    @Test
    void tagsAloneOnTheirLinesLeaveNoLines() throws Exception {
        assertThat(render("a\n{{#each list}}\n- {{id}}\n{{/each}}\nb\n")).isEqualTo("a\n- a\n- b\nb\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{{#each list}} ~ line 1: {{#each}} is not ended by {{/each}}",
                "{{/if}} ~ {{/if}} ends nothing",
                "{{#if yes}}{{/each}} ~ {{/each}} ends nothing; {{#if}} is open",
                "{{name ~ {{ without }}",
                "{{name | shout}} ~ no filter \"shout\"; there are html",
                "{{a b}} ~ \"a b\" is no name of a value",
                "{{#with x}} ~ no block {{#with x}}",
                "{{#if a = b}} ~ expected {{#if VALUE",
                "{{getClass()}} ~ is no name of a value"
            })
    void refusesWithLineAndReason(String template, String told) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Template.parse(template))
                .withMessageContaining(told)
                .withMessageContaining("line 1");
    }

    @Test
    void aNestingBombEnds() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Template.parse("{{#if yes}}".repeat(100_000)))
                .withMessageContaining("nest deeper");
    }

    @Test
    void readsAnyTextOrSaysWhyNot() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        String[] words = {
            "{{", "}}", "#each ", "#if ", "/each", "/if", "else", "list", "name", " ", "\n", "|", "html", "!", "==",
            "\"x\""
        };
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < random.nextInt(14); i++) {
                text.append(words[random.nextInt(words.length)]);
            }
            try {
                assertThat(render(text.toString())).as("seed %d", seed).isNotNull();
            } catch (InputException expected) {
                assertThat(expected.getMessage()).as("seed %d", seed).startsWith("line ");
            } catch (Exception other) {
                throw new AssertionError("seed " + seed + ": " + text, other);
            }
        }
    }
}
