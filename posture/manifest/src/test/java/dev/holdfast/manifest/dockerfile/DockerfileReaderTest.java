package dev.holdfast.manifest.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DockerfileReaderTest {
    private static final DockerfileReader READER = new DockerfileReader(Limits.DEFAULT);

    private static Dockerfile read(String text) throws InputException {
        return READER.read(text.getBytes(UTF_8));
    }

    private static Instruction only(String line) throws InputException {
        Dockerfile file = read("FROM scratch\n" + line);
        assertThat(file.problems()).isEmpty();
        return file.instructions().get(1);
    }

    private static List<String> words(Instruction one) {
        return one.words().stream().map(Word::text).toList();
    }

    @Test
    void joinsLinesOverCommentsAndBlankLinesAndKnowsEachPlace() throws InputException {
        Dockerfile file = read("FROM scratch\nRUN a \\  \n  # why\n\n  b && \\\r\n\tc\nUSER 1\n");
        Instruction run = file.instructions().get(1);
        assertThat(run.arguments().toString()).isEqualTo("a   b && \tc");
        int c = run.arguments().toString().indexOf('c');
        assertThat(run.arguments().line(c)).isEqualTo(6);
        assertThat(run.arguments().column(c)).isEqualTo(2);
        assertThat(run.place().endLine()).isEqualTo(6);
        assertThat(file.emptyContinuations()).hasSize(1);
        assertThat(file.instructions().get(2).place().line()).isEqualTo(7);
    }

    @Test
    void goesOnBehindAHeredocThatIsFollowedByAComment() throws InputException {
        Dockerfile file = read("FROM scratch\nRUN <<EOF\necho 1\nEOF\n# not the end\nCOPY a b\n");
        assertThat(file.problems()).isEmpty();
        assertThat(file.instructions())
                .extracting(Instruction::keyword)
                .containsExactly(Keyword.FROM, Keyword.RUN, Keyword.COPY);
        assertThat(file.instructions().get(1).heredocs().getFirst().content().line(0))
                .isEqualTo(3);
    }

    @Test
    void readsSeveralHeredocsOfOneLine() throws InputException {
        Instruction copy = only("COPY <<-\"A B\" <<'C' 3<<D /x/\n\tone\n\tA B\ntwo $x\nC\nD\n");
        assertThat(copy.heredocs()).extracting(Heredoc::name).containsExactly("A B", "C", "D");
        assertThat(copy.heredocs()).extracting(Heredoc::isExpanded).containsExactly(false, false, true);
        assertThat(copy.heredocs().getFirst().content().toString()).isEqualTo("one\n");
        assertThat(copy.heredocs().get(1).content().toString()).isEqualTo("two $x\n");
    }

    @Test
    void takesFlagsInAllForms() throws InputException {
        Instruction run = only(
                "RUN --mount=type=cache --mount=type=secret,id=a,required --network=none --security=sandbox make --all");
        assertThat(run.flags("mount")).hasSize(2);
        assertThat(run.flags("mount").get(1).fields()).containsEntry("id", "a").containsEntry("required", "");
        assertThat(run.arguments().toString()).isEqualTo("make --all");
        Instruction copy = only("COPY --link --chmod=\"0 644\" --parents --exclude=*.md --exclude=a --from=b x y /z/");
        assertThat(copy.flag("chmod").orElseThrow().value()).isEqualTo("0 644");
        assertThat(words(copy)).containsExactly("x", "y", "/z/");
    }

    @Test
    void takesBrokenJsonForAShellForm() throws InputException {
        assertThat(only("CMD [ \"a\", \"b\\u0041\" ]").isExec()).isTrue();
        assertThat(words(only("CMD [ \"a\", \"b\\u0041\" ]"))).containsExactly("a", "bA");
        assertThat(only("CMD ['a', 'b']").isExec()).isFalse();
        assertThat(only("CMD [\"a\",]").isExec()).isFalse();
        assertThat(read("FROM scratch\nCMD [\"a\", 1]\n").problems()).hasSize(1);
    }

    @Test
    void readsNamesAndValuesInBothForms() throws InputException {
        assertThat(words(only("ENV a=b\\ c d='e f' g=\"h i\"")))
                .containsExactly("a", "b\\ c", "d", "'e f'", "g", "\"h i\"");
        assertThat(words(only("ENV old  the = rest "))).containsExactly("old", "the = rest");
        assertThat(words(only("ONBUILD ENV a=b"))).containsExactly("a", "b");
    }

    @Test
    void obeysDirectivesOnlyAtTheHead() throws InputException {
        Dockerfile windows =
                read("\uFEFF# Escape = `\n#syntax=docker/dockerfile:1\nFROM a\nRUN dir `\n  C:\\\nUSER x\n");
        assertThat(windows.escape()).isEqualTo('`');
        assertThat(windows.directive("syntax").orElseThrow().value()).isEqualTo("docker/dockerfile:1");
        assertThat(windows.instructions()).hasSize(3);
        assertThat(read("# a comment\n# escape=`\nFROM a\n").escape()).isEqualTo('\\');
        assertThat(read("# escape=x\nFROM a\n").problems()).hasSize(1);
    }

    @Test
    void tellsAMisspeltInstructionWithItsLineAndReadsOn() throws InputException {
        Dockerfile file = read(
                "FROM a\nRUNN <<E\nx\nE\nCOPPY a b\nCMD --x\nUSER\nFROM a b\nONBUILD ONBUILD RUN a\nHEALTHCHECK x\nRUN y\n");
        assertThat(file.problems())
                .extracting(problem -> problem.place().line())
                .containsExactly(2, 5, 6, 7, 8, 9, 10);
        assertThat(file.problems().getFirst().message()).contains("RUNN", "did you mean RUN?");
        assertThat(file.instructions().getLast().keyword()).isEqualTo(Keyword.RUN);
    }

    @Test
    void unclosedHeredocIsTold() throws InputException {
        Dockerfile file = read("FROM a\nRUN cat <<EOF\nmore\n".concat("x\n".repeat(10_000)));
        assertThat(file.problems()).hasSize(1);
        assertThat(file.problems().getFirst().place().line()).isEqualTo(2);
    }

    @Test
    void endlessContinuationEnds() throws InputException {
        Dockerfile file = read("FROM a\nRUN x " + "\\\n".repeat(1_000_000));
        assertThat(file.instructions()).hasSize(2);
    }

    @Test
    void refusesHugeFilesLongLinesAndBytesThatAreNoText() throws InputException {
        assertThatThrownBy(() -> READER.read(new byte[100 << 20]))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("at most");
        assertThatThrownBy(() -> read("FROM a\n\0")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> READER.read("FROM a\n".getBytes(java.nio.charset.StandardCharsets.UTF_16)))
                .isInstanceOf(InputException.class);
        Dockerfile file = read("FROM a\nRUN " + "x".repeat(70_000) + "\nUSER b\n");
        assertThat(file.problems()).hasSize(1);
        assertThat(file.instructions()).hasSize(2);
    }

    @Test
    void survivesWhateverIsStrungTogether() throws InputException {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        String[] pieces = {
            "RUN ",
            "COPY ",
            "ENV ",
            "FROM ",
            "ONBUILD ",
            "ARG ",
            "LABEL ",
            "SHELL ",
            "\\\n",
            "\n",
            "`\n",
            "\"",
            "'",
            "<<EOF",
            "<<-'E F'",
            "EOF\n",
            "[\"a\"",
            "]",
            "--mount=",
            "${a:-",
            "}",
            "$",
            "a=b",
            " ",
            "\t",
            "#x\n",
            "# escape=`\n",
            "\\",
            "$(",
            "`",
            "|",
            "case x in",
            "))",
            "\u00e9"
        };
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            Dockerfile file = read(text.toString());
            Stages stages = Stages.of(file);
            for (Stage stage : stages.all()) {
                for (Instruction one : stage.instructions()) {
                    stage.expand(one, one.arguments().toString(), file.escape());
                    Script.of(one.trigger().orElse(one), ShellKind.POSIX);
                    assertThat(one.place().line()).as("seed %s, %s", seed, text).isPositive();
                }
            }
        }
    }
}
