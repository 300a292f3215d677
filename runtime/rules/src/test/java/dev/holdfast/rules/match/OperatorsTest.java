package dev.holdfast.rules.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.GivenEvent;
import dev.holdfast.rules.syntax.ConditionParser;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operator on every type, on one event. */
final class OperatorsTest {
    private static GivenEvent event() throws Exception {
        return new GivenEvent("syscall", EventType.of("openat").orElseThrow(), 1_470_327_477_882_054_739L, 7)
                .with("proc.name", "myexe")
                .with("proc.pname", "myexe")
                .with("proc.cmdline", "myexe -a 1 -bVALUE --long x")
                .with("proc.args", "-a 1 -bVALUE --long x")
                .with("proc.aname", List.of("bash", "sshd"))
                .with("proc.aname[2]", "sshd")
                .with("fd.name", "/tmp/dir/file.TXT")
                .with("fd.num", "3")
                .with("evt.abspath", "/tmp/dir")
                .with("evt.abspath[src]", "/tmp/dir")
                .with("evt.rawres", "-13")
                .with("evt.is_open_read", "true")
                .with("evt.buffer", "\u00ca\u00fe\u00ba\u00be and text, \u0000 \u00c3\u00a9")
                .with("thread.cpu", "1.5")
                .with("fd.types", List.of("file", "ipv4"))
                .with("fd.sip", "10.1.2.3")
                .with("fd.cip", "2001:db8::1")
                .with("fd.ip", List.of("10.1.2.3", "192.168.0.9"))
                .with("fd.net", List.of("10.1.2.3", "192.168.0.9"))
                .with("fd.snet", "10.1.2.3")
                .with("fd.sport", "443")
                .with("fd.port", List.of("443", "50000"))
                .with("evt.arg.path", "aGVsbG8=")
                .with("evt.rawarg.flags", "5");
    }

    private static boolean holds(String condition) throws Exception {
        Slots slots = new Slots();
        OperandCompiler operands = new OperandCompiler(FieldCatalogue.standard(), "syscall", slots);
        Predicate predicate = new ConditionCompiler(operands).compile(ConditionParser.parse(condition));
        Extraction fields = new Extraction(slots);
        fields.begin(event());
        return predicate.holds(fields);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proc.name = myexe",
                "proc.name == myexe",
                "proc.name != other",
                "proc.name in (a, myexe)",
                "not proc.name in (a)",
                "proc.name intersects (a, myexe)",
                "proc.name contains yex",
                "proc.name contains ''",
                "proc.name icontains YEX",
                "fd.name icontains file.txt",
                "proc.name startswith my",
                "proc.name endswith exe",
                "proc.name glob m*e",
                "proc.name glob m?exe",
                "proc.name iglob M*E",
                "proc.name regex 'm[a-z]+e'",
                "proc.name regex '(my|your)exe'",
                "fd.name pmatch (/tmp)",
                "fd.name pmatch (/var, /tmp/d*)",
                "fd.name pmatch (/tmp/dir/file.TXT)",
                "proc.name exists",
                "not proc.exe exists",
                "not proc.exe = a",
                "not proc.exe != a",
                "not (proc.exe = a or proc.exe != a)",
                "fd.num = 3",
                "fd.num != 4",
                "fd.num > 2",
                "fd.num >= 3",
                "fd.num < 4",
                "fd.num <= 3",
                "fd.num in (1, 3)",
                "fd.num = 0x3",
                "evt.rawres < 0",
                "evt.rawres = -13",
                "evt.num = 7",
                "evt.rawtime = 1470327477882054739",
                "evt.rawtime.s = 1470327477",
                "thread.cpu > 1.2",
                "thread.cpu = 1.5",
                "thread.cpu <= 1.5",
                "not thread.cpu < 1.5",
                "evt.is_open_read = true",
                "evt.is_open_read != false",
                "evt.is_open_read in (true)",
                "not evt.is_open_read = false",
                "evt.buffer bcontains cafebabe",
                "evt.buffer bstartswith cafe",
                "evt.buffer contains text",
                "evt.buffer contains 'text, \\x00 '",
                "evt.buffer endswith \u00e9",
                "evt.buffer endswith '\\x00\\x20\\xc3\\xA9'",
                "not evt.buffer = \u00e9",
                "evt.buffer bcontains 2000",
                "evt.abspath = /tmp/dir",
                "evt.abspath.src exists",
                "not evt.around[1404996934793590564] = 1",
                "proc.name = 'm\\x79\\x65xe'",
                "fd.sip = 10.1.2.3",
                "fd.sip != 10.1.2.4",
                "fd.sip in (1.1.1.1, 10.1.2.3)",
                "fd.cip = 2001:db8::1",
                "fd.cip = 2001:0db8:0::1",
                "not fd.cip = 2001:db8::2",
                "fd.snet in ('10.0.0.0/8')",
                "fd.snet = '10.1.0.0/16'",
                "fd.snet != '10.2.0.0/16'",
                "not fd.snet = '10.1.2.0/31'",
                "fd.ip = 192.168.0.9",
                "fd.ip != 1.1.1.1",
                "not fd.ip != 10.1.2.3",
                "fd.net in ('192.168.0.0/16')",
                "fd.net != '172.16.0.0/12'",
                "fd.sport = 443",
                "fd.sport = https",
                "fd.sport in (http, https)",
                "fd.port = 50000",
                "fd.port != 1",
                "not fd.port != 443",
                "fd.port > 49999",
                "proc.aname = sshd",
                "proc.aname in (sshd, x)",
                "proc.aname != sshd",
                "proc.aname startswith ss",
                "proc.aname[2] = sshd",
                "not proc.aname[3] exists",
                "proc.aname exists",
                "not proc.aname = zsh",
                "fd.types intersects (ipv4)",
                "fd.types in (file, ipv4, pipe)",
                "not fd.types in (file)",
                "fd.types exists",
                "len(fd.types) = 2",
                "len(proc.name) = 5",
                "tolower(fd.name) endswith .txt",
                "toupper(proc.name) = MYEXE",
                "basename(fd.name) = file.TXT",
                "b64(evt.arg.path) = hello",
                "not b64(proc.name) exists",
                "tolower(basename(fd.name)) = file.txt",
                "join(\",\", (proc.name, proc.pname)) = 'myexe,myexe'",
                "join(proc.name, (\"a\", toupper(proc.pname), 7)) = amyexeMYEXEmyexe7",
                "join('->', (fd.num, join(\"-\", ('x')))) = 3->x",
                "join(\",\", ()) = ''",
                "join(\"-\", fd.types) = file-ipv4",
                "join(\"-\", (fd.types, \"z\")) = file-ipv4-z",
                "not join(\",\", (proc.name, proc.exe)) exists",
                "len(join(\"-\", (proc.name, proc.pname))) = 11",
                "len(('a', 'b', proc.name)) = 3",
                "toupper(('a', proc.name)) intersects (MYEXE)",
                "b64(concat(\"YWFh\", \"YmJi\")) = aaabbb",
                "tolower(\"ABC\") = abc",
                "concat(proc.name, \"-\", proc.pname) = myexe-myexe",
                "proc.pname = concat(\"my\", \"exe\")",
                "proc.name < 5 or proc.name > 5",
                "proc.name > 12345",
                "not proc.name < 0x99",
                "proc.name >= val(proc.pname)",
                "not proc.name > val(proc.pname)",
                "proc.name in myexe",
                "not concat(proc.exe, \"x\") exists",
                "getopt(proc.args, \"ab:\") intersects (a)",
                "not getopt(proc.args, \"ab:\") intersects (b)",
                "getopt(proc.args, \"xy\") in ('?')",
                "getopt(('-n', ''), \"n\") in (n)",
                "getopt((\"-nt\", \"hello\"), \"nt:\") in (n, t, hello)",
                "getopt((\"-thello\"), \"t:\") in (t, hello)",
                "not getopt((\"-n\", \"--\", \"-t\"), \"nt:\") intersects (t)",
                "getopt((\"-x\", \"-n\"), \"n\") in ('?', n)",
                "getopt((\"--exec\", \"-n\"), \"n\") in (n)",
                "not getopt((\"arg\", \"-n\"), \"n\") exists",
                "not getopt((\"-\", \"-n\"), \"n\") exists",
                "getopt((\"-t\"), \":t:\") in ('')",
                "getopt((\"-nat\", \"x\"), \"na:t\") in (n, a, t)",
                "getopt((\"-a\", \"-b\"), \"a:b\") in (a, '-b')",
                "getopt((\"-n\", \"-t\", \"hello\"), \"nt:\")[t] = hello",
                "getopt((\"-t\", \"v1\", \"-t\", \"v2\"), \"t:\")[\"t\"] = v2",
                "getopt((\"-n\"), \"nt:\")[n] = n",
                "not getopt((\"-n\"), \"nt:\")[t] exists",
                "getopt((\"-t\"), \"t:\")[t] = ''",
                "proc.name = val(proc.pname)",
                "proc.cmdline startswith val(proc.name)",
                "not proc.name != val(proc.pname)",
                "proc.name = tolower(proc.pname)",
                "fd.num < val(fd.sport)",
                "not proc.exe = val(proc.exepath)",
                "evt.rawarg.flags = 5",
                "evt.rawarg.flags > 4",
                "evt.rawarg.flags in (1, 5)",
                "evt.type = openat",
                "evt.type in (open, openat)",
                "evt.type.is.openat = 1",
                "evt.type.is.open = 0",
                "evt.dir = <",
                "evt.source = syscall",
                "evt.time = 16:17:57.882054739",
                "evt.time.iso8601 = '2016-08-04T16:17:57.882054739+0000'",
                "proc.name == oneof (myexe, bash)",
                "not proc.name == oneof (myexe, myexe)",
                "not proc.name == oneof (a, b)",
                "proc.name != oneof (myexe, bash)",
                "not proc.name != oneof (a, b)",
                "proc.name == anyof (myexe, myexe)",
                "not proc.name == anyof (a, b)",
                "proc.name == allof (myexe)",
                "not proc.name == allof (myexe, a)",
                "proc.name != allof (a, b)",
                "not proc.name != allof (a, myexe)",
                "proc.name contains allof (my, exe)",
                "not proc.name contains oneof (my, exe)",
                "proc.name startswith anyof (x, my)",
                "proc.name regex oneof ('my.*', 'b.*')",
                "proc.name iglob allof ('MY*', '*EXE')",
                "not proc.name == oneof ()",
                "not proc.name == anyof ()",
                "not proc.name == allof ()",
                "not proc.name != allof ()",
                "not proc.name in ()",
                "not fd.name pmatch ()"
            })
    void hold(String condition) throws Exception {
        assertThat(holds(condition)).as(condition).isTrue();
        assertThat(holds("not (" + condition + ")")).as("its contrary").isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "no.field = 1 ~ filter_check called with nonexistent field no.field",
                "proc.nmae = 1 ~ filter_check called with nonexistent field proc.nmae; did you mean proc.name?",
                "container.image.repositry = 1 ~ filter_check called with nonexistent field container.image.repositry; did you mean container.image.repository?",
                "proc.name[1] = a ~ filter_check called with nonexistent field proc.name[1]; it takes no argument here",
                "proc.aname[x] = a ~ filter_check called with nonexistent field proc.aname[x]; its argument is a number in brackets, or left out",
                "evt.arg = a ~ filter_check called with nonexistent field evt.arg; its argument is a name or a number in brackets",
                "evt.arg.flasg = a ~ filter_check called with nonexistent field evt.arg.flasg; no event has such an argument; did you mean flags?",
                "evt.rawarg[nosuch] = 1 ~ filter_check called with nonexistent field evt.rawarg[nosuch]; its argument is a name or a number in brackets",
                "evt.outputtime = a ~ filter_check called with nonexistent field evt.outputtime; only outputs have it",
                "ka.verb = get ~ filter_check called with nonexistent field ka.verb; events of the source k8s_audit have it",
                "evt.type = opened ~ unknown event type opened; did you mean open?",
                "evt.type = execvee ~ unknown event type execvee; did you mean execve?",
                "evt.type in (open, nonsense) ~ unknown event type nonsense",
                "not evt.type in (\"<unknown>\", open) ~ unknown event type <unknown>; only old versions of Falco had it, and no event has it: leave it out",
                "fd.num = a ~ fd.num is a number, and 'a' is none",
                "fd.num > 1.5 ~ fd.num is a number, and '1.5' is none",
                "fd.num contains 1 ~ 'contains' not supported for numeric filters",
                "evt.is_open_read > 1 ~ '>' not supported for boolean filters",
                "fd.sip > 1 ~ '>' not supported for IP filters",
                "proc.name bcontains ca ~ 'bcontains' not supported for string filters",
                "evt.buffer glob a ~ 'glob' not supported for buffer filters",
                "evt.buffer bcontains xyz ~ filter error: bcontains filter does not match hexadecimal string: xyz",
                "evt.is_open_read = yes ~ filter error: unrecognized boolean value yes",
                "fd.sip = 1.2.3 ~ unrecognized IP address 1.2.3",
                "fd.sip in (1.2.3.4, 10.0.0.0/8) ~ unrecognized IP address 10.0.0.0/8; fields such as fd.snet compare with networks",
                "fd.snet = 10.0.0.0 ~ unrecognized IP network 10.0.0.0; a network has its length behind a slash",
                "fd.net in ('10.0.0.0/8', ::1) ~ unrecognized IP network ::1; a network has its length behind a slash",
                "fd.snet in ('10.0.0.0/33') ~ unrecognized IP address 10.0.0.0/33",
                "fd.types = file ~ list filter 'fd.types' only supports operators 'exists', 'in' and 'intersects'",
                "proc.name regex '(' ~ filter error: invalid regex: missing ): (",
                "tolower(proc.name, proc.pname) = a ~ tolower takes one argument",
                "tolower(proc.name)[a] = a ~ transformer 'tolower' does not support field arguments",
                "join('-') = a ~ join takes what stands between, then a list: join(\",\", (proc.name, proc.pname))",
                "join('-', 'a', 'b') = a ~ join takes what stands between, then a list: join(\",\", (proc.name, proc.pname))",
                "join(('a'), ('b')) = a ~ join takes what stands between, then a list: join(\",\", (proc.name, proc.pname))",
                "join(fd.types, ('b')) = a ~ join takes what stands between, then a list: join(\",\", (proc.name, proc.pname))",
                "concat('a') = a ~ concat takes at least two texts or fields that are texts",
                "concat('a', ('b')) = a ~ concat takes at least two texts or fields that are texts",
                "concat('a', fd.num) = a ~ concat takes at least two texts or fields that are texts",
                "getopt('a', 'n') in (n) ~ getopt takes a list of words or a field, then the options as a text: getopt(proc.args, \"ab:\")",
                "getopt(('a'), ('n')) in (n) ~ getopt takes a list of words or a field, then the options as a text: getopt(proc.args, \"ab:\")",
                "getopt(('a'), 'n')[''] = n ~ getopt takes one option character in brackets",
                "getopt(('a'), 'n') = n ~ list filter 'getopt((\"a\"), \"n\")' only supports operators 'exists', 'in' and 'intersects'",
                "join('-', (no.field)) = a ~ filter_check called with nonexistent field no.field",
                "tolower(fd.num) = 1 ~ transformer 'tolower' is not supported for the type of field 'fd.num'",
                "tolower(proc.aname) = a ~ field 'proc.aname' does not support transformers",
                "proc.name = val(fd.num) ~ fields 'proc.name' and 'fd.num' have types that cannot be compared",
                "proc.name = val(proc.aname[1]) ~ field 'proc.aname[1]' cannot be compared with another field",
                "evt.is_open_read > val(evt.is_open_write) ~ '>' needs numbers or texts",
                "fd.name pmatch val(proc.exepath) ~ operator 'pmatch' doesn't support right-hand side fields",
                "fd.name regex tolower(proc.name) ~ operator 'regex' doesn't support right-hand side fields"
            })
    void areRefused(String condition, String message) {
        assertThatThrownBy(() -> holds(condition))
                .isInstanceOf(CompileException.class)
                .hasMessage(message);
    }

    /** The types for which a condition can hold; "all" for more than a hundred, with what is left out behind a minus. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "proc.name=a ~ all",
                "evt.type=open ~ open",
                "evt.type==open ~ open",
                "evt.type!=open ~ all -open",
                "not evt.type=open ~ all -open",
                "not evt.type!=open ~ open",
                "not not evt.type=open ~ open",
                "evt.type in (open, close) ~ close open",
                "not evt.type in (open, close) ~ all -open -close",
                "evt.type=open and proc.name=a ~ open",
                "evt.type=open or proc.name=a ~ all",
                "proc.name=a and evt.type=open ~ open",
                "not proc.name=a and evt.type=open ~ open",
                "evt.type=open or evt.type=close ~ close open",
                "evt.type=open and evt.type=close ~ none",
                "evt.type=open and evt.type!=open ~ none",
                "evt.type=open and evt.type!=close ~ open",
                "evt.type!=open and evt.type!=close ~ all -open -close",
                "evt.type!=open or evt.type!=close ~ all",
                "evt.type=open or not evt.type=close ~ all -close",
                "not (evt.type=open or evt.type=close) ~ all -open -close",
                "not (evt.type=open and evt.type=close) ~ all",
                "not (evt.type=open and proc.name=a) ~ all",
                "not (evt.type=open or proc.name=a) ~ all -open",
                "not (evt.type!=open or proc.name=a) ~ open",
                "not (evt.type!=open and proc.name=a) ~ all",
                "not (not evt.type=open) ~ open",
                "(evt.type=open and proc.name=a) or (evt.type=close and proc.name=b) ~ close open",
                "evt.type=open and not (evt.type=open and proc.name=a) ~ open",
                "evt.type=open and (proc.name=a or evt.type=close) ~ open",
                "evt.type=open and not (proc.name=a or evt.type=close) ~ open",
                "evt.type in (open, close) and not evt.type=close ~ open",
                "evt.type in (open) and evt.type in (open, close) ~ open",
                "evt.type exists ~ all",
                "not evt.type exists ~ none",
                "evt.type startswith op ~ all",
                "not evt.type startswith op ~ all",
                "evt.type = oneof (open, close) ~ close open",
                "evt.type = allof (open, close) ~ none",
                "evt.type in () ~ none",
                "not evt.type in () ~ all"
            })
    void haveTypes(String condition, String types) throws Exception {
        TreeSet<String> expected = new TreeSet<>();
        for (String word : types.split(" ")) {
            if (word.equals("all")) {
                EventType.all().forEach(type -> expected.add(type.name()));
            } else if (word.startsWith("-")) {
                expected.remove(word.substring(1));
            } else if (!word.equals("none")) {
                expected.add(word);
            }
        }
        TreeSet<String> found = new TreeSet<>();
        Specialisation.types(ConditionParser.parse(condition)).forEach(type -> found.add(type.name()));
        assertThat(found).isEqualTo(expected);
    }
}
