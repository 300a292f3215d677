package dev.holdfast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which forms fields take their arguments. */
final class ArgumentFormsTest {
    private static List<String> errors(String check) {
        String rule =
                "- rule: r\n  desc: d\n  condition: evt.type=open and " + check + "\n  output: o\n  priority: INFO\n";
        return new RuleLoader(Limits.DEFAULT)
                .load(List.of(new RuleFile("f.yaml", rule))).problems().stream()
                        .filter(Problem::isError)
                        .map(Problem::message)
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proc.aname[2] = x",
                "proc.aname = x",
                "proc.args[1] = x",
                "proc.env[PATH] exists",
                "proc.aenv[2] contains x",
                "proc.aenv[PATH] = x",
                "evt.arg.flags contains x",
                "evt.arg[0] = x",
                "evt.rawarg.res = 0",
                "evt.type.is.open = 1",
                "evt.abspath = /x",
                "evt.abspath.src = /x",
                "evt.abspath.dst = /x",
                "evt.around[1404996934793590564] = 1000",
                "thread.cgroup.cpu = x",
                "fd.types[0] intersects (file)",
                "container.mount.dest[/x] exists",
                "container.mount[0] exists",
                "container.label.app = x",
                "k8s.pod.label[app.kubernetes.io/name] = x"
            })
    void areTaken(String check) {
        assertThat(errors(check)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proc.aname[x] = x",
                "proc.name[1] = x",
                "evt.arg = x",
                "evt.rawarg.nosuch = 0",
                "evt.type.is = 1",
                "evt.type.is.nosuch = 1",
                "evt.abspath.foo = /x",
                "evt.around = 1000",
                "evt.around[99999999999999999999] = 1000",
                "thread.cgroup = x",
                "container.mount.dest exists"
            })
    void areRefused(String check) {
        assertThat(errors(check)).hasSize(1).first().asString().contains("nonexistent field");
    }

    @ParameterizedTest
    @CsvSource({
        "evt.arg.flag, '; no event has such an argument; did you mean flags?'",
        "evt.rawarg.nosuchthing, '; no event has such an argument'"
    })
    void tellsWhatWasMeantByAnArgumentThatNoEventHas(String field, String hint) {
        assertThat(errors(field + " = x"))
                .containsExactly("filter_check called with nonexistent field " + field + hint);
    }

    @Test
    void skipsARuleThatMayAskForWhatIsUnknown() {
        String rule =
                "- rule: r\n  desc: d\n  condition: evt.type=open and evt.arg.nosuch=1\n  output: o\n  priority: INFO\n"
                        + "  skip-if-unknown-filter: true\n";
        LoadedRules loaded = new RuleLoader(Limits.DEFAULT).load(List.of(new RuleFile("f.yaml", rule)));
        assertThat(loaded.problems()).filteredOn(Problem::isError).isEmpty();
        assertThat(loaded.rules().rule("r")).isEmpty();
    }
}
