package dev.holdfast.manifest.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StagesTest {
    private static Stages stages(String text) throws InputException {
        return Stages.of(new DockerfileReader(Limits.DEFAULT).read(text));
    }

    private static String expanded(String text, Map<String, String> values) {
        Expanded result = Expansion.of(
                text,
                '\\',
                name -> values.containsKey(name) ? new Worth.Known(values.getOrDefault(name, "")) : new Worth.Unset());
        return result.problem().isEmpty() ? result.text() : "!" + result.problem();
    }

    @Test
    void findsBasesByNameNumberAndArgument() throws InputException {
        Stages stages = stages(
                "ARG V=13\nARG WHICH=one\nFROM debian:${V} AS One\nFROM one\nFROM ${WHICH}\nFROM scratch\nARG X\nFROM a:$X\nFROM b:$TARGETARCH\n");
        assertThat(stages.all())
                .extracting(Stage::base)
                .containsExactly(
                        new Foundation.Image("debian:13"),
                        new Foundation.OfStage(0),
                        new Foundation.OfStage(0),
                        new Foundation.Scratch(),
                        new Foundation.Image("a:"),
                        new Foundation.Unknown("b:$TARGETARCH"));
        assertThat(stages.named("ONE", 3)).contains(stages.all().getFirst());
        assertThat(stages.named("1", 2)).contains(stages.all().get(1));
        assertThat(stages.named("1", 1)).isEmpty();
    }

    @Test
    void expandsAsBuildKitDoes() {
        Map<String, String> values = Map.of("x", "v1.2.3", "e", "", "path", "/a/b/c.tar.gz");
        assertThat(expanded("$x-${x}", values)).isEqualTo("v1.2.3-v1.2.3");
        assertThat(expanded("${e:-d} ${e-d} ${u-d}", values)).isEqualTo("d  d");
        assertThat(expanded("${x:+y}${e:+y}${e+z}${u+z}", values)).isEqualTo("yz");
        assertThat(expanded("${x#v} ${path##*/} ${path%%.*} ${path%.*}", values))
                .isEqualTo("1.2.3 c.tar.gz /a/b/c /a/b/c.tar");
        assertThat(expanded("${x/./-} ${x//./-}", values)).isEqualTo("v1-2.3 v1-2-3");
        assertThat(expanded("'$x' \"$x\" \\$x", values)).isEqualTo("$x v1.2.3 $x");
        assertThat(expanded("${u:-${x}}", values)).isEqualTo("v1.2.3");
        assertThat(expanded("${u:?gone}", values)).startsWith("!");
        assertThat(expanded("${x", values)).startsWith("!");
    }

    @Test
    void aVariableIsWorthWhatStandsBeforeIt() throws InputException {
        Stages stages = stages(
                "ARG A=head\nFROM scratch AS s\nARG A\nENV B=$A\nRUN one\nENV A=env\nRUN two\nFROM s\nRUN three\n");
        Stage first = stages.all().getFirst();
        Instruction one = first.instructions().get(2);
        Instruction two = first.instructions().get(4);
        assertThat(first.expand(one, "$A $B $C", '\\').text()).isEqualTo("head head ");
        assertThat(first.expand(two, "$A", '\\').text()).isEqualTo("env");
        Stage second = stages.all().get(1);
        assertThat(second.expand(second.instructions().getFirst(), "$A $B", '\\')
                        .text())
                .isEqualTo("env head");
    }

    @Test
    void argumentsThatDoubleEachOtherAreNotUnfolded() throws InputException {
        StringBuilder text = new StringBuilder("FROM scratch\nARG a0=xxxxxxxxxxxxxxxx\n");
        for (int i = 1; i < 64; i++) {
            text.append("ARG a")
                    .append(i)
                    .append("=$a")
                    .append(i - 1)
                    .append("$a")
                    .append(i - 1)
                    .append('\n');
        }
        text.append("USER $a63\n");
        Stage stage = stages(text.toString()).all().getFirst();
        Instruction user = stage.instructions().getLast();
        assertThat(stage.expand(user, "$a63", '\\').isKnown()).isFalse();
    }

    @Test
    void bracesThatNestWithoutEndAreRefused() {
        assertThat(expanded("${a:-".repeat(10_000), Map.of())).startsWith("!");
    }
}
