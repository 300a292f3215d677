package dev.holdfast.manifest.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.manifest.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellReaderTest {
    private static List<ShellCommand> read(String text) {
        SourceText.Builder builder = new SourceText.Builder();
        int line = 0;
        for (String one : text.split("(?<=\n)")) {
            line++;
            builder.append(one, line, 1);
        }
        List<ShellCommand> all = new ArrayList<>();
        ShellReader.read(builder.build()).forEach(command -> all.addAll(command.all()));
        return all;
    }

    private static List<String> names(String text) {
        return read(text).stream().map(ShellCommand::name).toList();
    }

    @Test
    void namesEachCommandWithWhatJoinsIt() {
        List<ShellCommand> commands = read("set -e; a 'b c' && d | e || (f & g)\nX=1 h >out 2>&1 <in");
        assertThat(commands).extracting(ShellCommand::name).containsExactly("set", "a", "d", "e", "f", "g", "h");
        assertThat(commands)
                .extracting(ShellCommand::joint)
                .containsExactly(
                        ShellCommand.Joint.START,
                        ShellCommand.Joint.SEQUENCE,
                        ShellCommand.Joint.AND,
                        ShellCommand.Joint.PIPE,
                        ShellCommand.Joint.OR,
                        ShellCommand.Joint.SEQUENCE,
                        ShellCommand.Joint.SEQUENCE);
        assertThat(commands.get(1).arguments()).containsExactly("b c");
        ShellCommand last = commands.getLast();
        assertThat(last.place().line()).isEqualTo(2);
        assertThat(last.assignments()).hasSize(1);
        assertThat(last.redirects()).extracting(Redirect::operator).containsExactly(">", ">&", "<");
    }

    @Test
    void looksIntoSubstitutionsAndKnowsTheirPlaces() {
        List<ShellCommand> commands = read("a \"x $(b `c`)\" ${d:-e} <(f) $((1+2))");
        assertThat(commands).extracting(ShellCommand::name).containsExactly("a", "b", "c", "f");
        assertThat(commands.get(1).place().column()).isEqualTo(8);
        assertThat(commands.getFirst().words().get(1).isFixed()).isFalse();
    }

    @Test
    void goesThroughCompoundCommands() {
        assertThat(names("if [ -f a ]; then b; elif c; then d; else e; fi && f"))
                .containsExactly("[", "b", "c", "d", "e", "f");
        assertThat(names("for x in 1 2 $(g); do h \"$x\"; done | i")).containsExactly("h", "i");
        assertThat(names("while ! j; do k; done; until l; do m; done")).containsExactly("j", "k", "l", "m");
        assertThat(names("case \"$x\" in a|b) n;; (c) o ;; *) p; esac; q")).containsExactly("n", "o", "p", "q");
        assertThat(names("r() { s; }; [[ a && b ]] && t; u")).containsExactly("s", "t", "u");
    }

    @Test
    void doesNotTakeTextForCommands() {
        assertThat(names("cat <<EOF > x\nrm -rf /\nEOF\na # b; c\nd \\; e '&& f' \"; g\""))
                .containsExactly("cat", "a", "d");
    }

    @Test
    void whatIsNotClosedEndsWithTheText() {
        for (String text : List.of(
                "a 'b",
                "a \"$(b",
                "a `b",
                "a ${b",
                "case x in",
                "((",
                "[[ a",
                "for x",
                "a <<EOF\nb",
                "if",
                "(((((",
                "$(".repeat(5_000))) {
            assertThat(read(text).size()).isLessThan(50);
        }
    }
}
