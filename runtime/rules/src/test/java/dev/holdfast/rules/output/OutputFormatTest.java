package dev.holdfast.rules.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.GivenEvent;
import dev.holdfast.rules.event.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutputFormatTest {
    private static GivenEvent event() throws Exception {
        return new GivenEvent("syscall", EventType.of("openat").orElseThrow(), 1_470_327_477_882_054_739L, 42)
                .with("proc.name", "cat")
                .with("proc.aname[2]", "sshd")
                .with("fd.name", "/tmp/File")
                .with("fd.num", "3")
                .with("evt.arg.flags", "O_RDONLY")
                .with("k8s.pod.label[app.kubernetes.io/name]", "shop")
                .with("fd.types", List.of("file", "ipv4"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "plain ~ plain",
                "%proc.name ~ cat",
                "*%proc.name ~ cat",
                "a %proc.name b ~ a cat b",
                "(%proc.name) ~ (cat)",
                "%proc.name. ~ cat.",
                "%proc.name, %fd.num! ~ cat, 3!",
                "%proc.names ~ cats",
                "%proc.aname[2] ~ sshd",
                "%proc.aname[3] ~ <NA>",
                "%proc.exe ~ <NA>",
                "%evt.arg.flags ~ O_RDONLY",
                "%evt.arg.flags. ~ O_RDONLY.",
                "%evt.arg[flags] ~ O_RDONLY",
                "%evt.arg.flags_x ~ O_RDONLY_x",
                "%k8s.pod.label[app.kubernetes.io/name] ~ shop",
                "%k8s.pod.label.app.kubernetes.io/name. ~ shop.",
                "%8proc.name| ~ cat     |",
                "%2proc.name| ~ ca|",
                "%toupper(proc.name) ~ CAT",
                "%tolower(basename(fd.name)) ~ file",
                "%5toupper(proc.name)| ~ CAT  |",
                "%fd.types ~ (file,ipv4)",
                "<%join(')(', (proc.name, \"%)\", fd.num))> ~ <cat)(%))(3>",
                "%concat(proc.name, '-', fd.name) ~ cat-/tmp/File",
                "%getopt(('-a', 'x'), 'a:')[a] ~ x",
                "[%len(fd.types)] ~ [2]",
                "%evt.time ~ 16:17:57.882054739",
                "%evt.datetime.s ~ 2016-08-04 16:17:57",
                "%evt.num %evt.type %evt.rawtime ~ 42 openat 1470327477882054739",
                "100%% ~ 100%",
                "%proc.name[x] ~ cat[x]"
            })
    void printsFields(String format, String expected) throws Exception {
        assertThat(OutputFormat.of(format, "syscall", FieldCatalogue.standard()).print(event()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "%, invalid formatting syntax: formatting cannot end with a %; a percent sign is %%",
        "a % b, invalid formatting token: no field stands behind the %; a percent sign is %%",
        "%proc.name% of it, invalid formatting token: no field stands behind the %; a percent sign is %%",
        "%no.field here, invalid formatting token no.field",
        "(%no.field[a] %proc.name), invalid formatting token no.field[a]",
        "%evt.arg, invalid formatting token evt.arg; its argument is a name or a number in brackets",
        "%evt.arg.nosuch, invalid formatting token evt.arg.nosuch; no event has such an argument",
        "%evt.arg[fags], invalid formatting token evt.arg[fags]; its argument is a name or a number in brackets",
        "%proc.nam, invalid formatting token proc.nam; did you mean proc.name?",
        "%fd.ip, invalid formatting token fd.ip; only conditions have it",
        "%ka.verb, invalid formatting token ka.verb; events of the source k8s_audit have it",
        "%tolower(proc.name, expected a ')' token closing the transformer",
        "%tolower(fd.num), transformer 'tolower' is not supported for the type of field 'fd.num'"
    })
    void refusesWhatIsNoField(String format, String message) {
        assertThatThrownBy(() -> OutputFormat.of(format, "syscall", FieldCatalogue.standard()))
                .hasMessage(message);
    }

    @Test
    void fieldsKeepTheirTypes() throws Exception {
        Map<String, Value> fields = OutputFormat.of(
                        "%evt.time %proc.name %fd.num %proc.exe %tolower(fd.name)",
                        "syscall", FieldCatalogue.standard())
                .fields(event());
        assertThat(fields.keySet())
                .containsExactly("evt.time", "proc.name", "fd.num", "proc.exe", "fd.name", "tolower(fd.name)");
        assertThat(fields.values())
                .extracting(Value::kind)
                .containsExactly(
                        Value.Kind.LONG,
                        Value.Kind.TEXT,
                        Value.Kind.LONG,
                        Value.Kind.ABSENT,
                        Value.Kind.TEXT,
                        Value.Kind.TEXT);
        assertThat(fields.values()).first().hasToString("1470327477882054739");
    }

    @Test
    void fieldsAreToldBesideWhatIsMadeOfThem() throws Exception {
        Map<String, Value> fields = OutputFormat.of(
                        "%fd.num %join('-', (toupper(proc.name), 'x', evt.arg.flags)) %tolower(proc.name) %len(proc.aname[2])",
                        "syscall", FieldCatalogue.standard())
                .fields(event());
        assertThat(fields)
                .extractingFromEntries(entry -> entry.getKey() + "=" + entry.getValue())
                .containsExactly(
                        "fd.num=3",
                        "proc.name=cat",
                        "evt.arg.flags=O_RDONLY",
                        "join('-', (toupper(proc.name), 'x', evt.arg.flags))=CAT-x-O_RDONLY",
                        "tolower(proc.name)=cat",
                        "proc.aname[2]=sshd",
                        "len(proc.aname[2])=4");
    }
}
