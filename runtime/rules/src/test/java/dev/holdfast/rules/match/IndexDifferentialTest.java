package dev.holdfast.rules.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.LoadedRules;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.HostFields;
import dev.holdfast.rules.event.OpenAspect;
import dev.holdfast.rules.event.ProcessMemory;
import dev.holdfast.rules.event.TextPlace;
import dev.holdfast.rules.event.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The index answers as the plain trees do, over random rules and random events of processes that live on. */
final class IndexDifferentialTest {
    private static final String[] TYPES = {"open", "openat", "execve", "connect", "rename", "unlink", "close"};
    private static final String[] NAMES = {"cat", "sh", "nginx", "bash", "java", "a"};
    private static final String[] PATHS = {
        "/etc",
        "/etc/passwd",
        "/etc/shadow",
        "/tmp",
        "/tmp/x",
        "/tmpx",
        "/",
        "/usr/bin/cat",
        "//etc//x",
        "etc/x",
        "/dev/null",
        "/\u00e9tc/x",
        "/tmp/\u00e9",
        "/tmp\ufffd",
        ""
    };
    private static final String[] ASPECT_FIELDS = {
        "evt.is_open_read",
        "evt.is_open_write",
        "evt.failed",
        "fd.typechar",
        "fd.type",
        "fd.num",
        "evt.rawres",
        "evt.res"
    };
    private static final String[] CONTAINER_FIELDS = {
        "container.id",
        "container.full_id",
        "container.name",
        "container.type",
        "container.image.repository",
        "k8s.pod.name"
    };
    private static final String[] BEGINNINGS = {
        "/etc", "/etc/", "/t", "/tmp", "/", "e", "/\u00e9", "/tmp/\u00e9", "/tmp\ufffd"
    };

    /** A process, whose fields stay until it becomes another one. */
    private static final class Living {
        private final ProcessMemory memory = new ProcessMemory();
        private final Map<String, Value> fields = new HashMap<>();

        private void become(Random random) {
            memory.forget();
            fields.clear();
            text(random, fields, "proc.name", NAMES);
            text(random, fields, "proc.pname", NAMES);
            text(random, fields, "proc.exepath", PATHS);
            belong(random);
            Value ancestors = new Value();
            ancestors.setList();
            for (int i = random.nextInt(3); i > 0; i--) {
                ancestors.add().set(NAMES[random.nextInt(NAMES.length)]);
            }
            fields.put("proc.aname", ancestors);
            numberOrNone(random, fields, "proc.vpid");
            text(random, fields, "proc.args", "-a -b /etc", "-ab/tmp", "x -a", "-b", "");
        }

        /** To the machine itself, to a container, or to nobody knows whom. */
        private void belong(Random random) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    for (String field : CONTAINER_FIELDS) {
                        Value value = new Value();
                        boolean isKnown = HostFields.read(field, value);
                        assertThat(isKnown).isTrue();
                        fields.put(field, value);
                    }
                }
                case 2, 3 -> {
                    text(random, fields, "container.id", "abc", "hosts");
                    text(random, fields, "container.full_id", "abcdef");
                    text(random, fields, "container.name", "web", "host2", "abc");
                    text(random, fields, "container.type", "docker", "containerd");
                    text(random, fields, "container.image.repository", "nginx", "host");
                    text(random, fields, "k8s.pod.name", "web-1");
                }
                default -> {} // events of a new container may come before anybody can tell
            }
        }
    }

    private static boolean isOfHost(Map<String, Value> fields) {
        return fields.containsKey("container.id")
                && fields.get("container.id").text().equals("host");
    }

    private static void text(Random random, Map<String, Value> fields, String name, String... texts) {
        if (random.nextInt(5) > 0) {
            Value value = new Value();
            value.set(texts[random.nextInt(texts.length)]);
            fields.put(name, value);
        }
    }

    private static void numberOrNone(Random random, Map<String, Value> fields, String name) {
        if (random.nextInt(5) > 0) {
            Value value = new Value();
            value.set((long) random.nextInt(4) - 1);
            fields.put(name, value);
        }
    }

    /** An event that may say its aspect, and where its texts lie. */
    private record RandomEvent(
            EventType type,
            int aspect,
            long number,
            boolean hasPlaces,
            Map<String, Value> fields,
            ProcessMemory process)
            implements Event {
        private static RandomEvent of(Random random, List<Living> processes) {
            Living process = processes.get(random.nextInt(processes.size()));
            if (random.nextInt(10) == 0) {
                process.become(random);
            }
            Map<String, Value> fields = new HashMap<>(process.fields);
            text(random, fields, "fd.name", PATHS);
            text(random, fields, "evt.arg[path]", PATHS);
            text(random, fields, "fd.directory", PATHS);
            text(random, fields, "fd.nameraw", PATHS);
            text(random, fields, "evt.buffer", "ab", "\u00ff\u0000", "xyz");
            Value server = new Value();
            server.setIpv4(0x0a000000 + random.nextInt(3));
            fields.put("fd.sip", server);
            fields.put("fd.snet", server);
            Value ends = new Value();
            ends.setList();
            ends.add().set(server);
            ends.add().setIpv4(0x0a000000 + random.nextInt(3));
            fields.put("fd.ip", ends);
            numberOrNone(random, fields, "evt.rawres");
            numberOrNone(random, fields, "fd.sport");
            if (random.nextBoolean()) {
                Value truth = new Value();
                truth.set(random.nextBoolean());
                fields.put("evt.is_open_write", truth);
                Value types = new Value();
                types.setList();
                types.add().set("file");
                types.add().set(random.nextBoolean() ? "file" : "ipv4");
                fields.put("fd.types", types);
            }
            EventType type = EventType.of(TYPES[random.nextInt(TYPES.length)]).orElseThrow();
            int aspect = OpenAspect.isOf(type) && random.nextInt(4) > 0
                    ? 1 + random.nextInt(OpenAspect.COUNT - 1)
                    : OpenAspect.UNKNOWN;
            fill(random, aspect, fields);
            return new RandomEvent(
                    type,
                    aspect,
                    1 + random.nextInt(3),
                    random.nextBoolean(),
                    fields,
                    random.nextInt(8) == 0 ? ProcessMemory.NONE : process.memory);
        }

        /** Gives the fields that an aspect is about values that it allows. */
        private static void fill(Random random, int aspect, Map<String, Value> fields) {
            for (String field : ASPECT_FIELDS) {
                Value least = new Value();
                Value most = new Value();
                if (aspect != OpenAspect.UNKNOWN && OpenAspect.read(aspect, field, least, most)) {
                    if (least.kind() == Value.Kind.LONG) {
                        long near = random.nextInt(4);
                        least.set(Math.clamp(random.nextBoolean() ? near : -near, least.number(), most.number()));
                    }
                    fields.put(field, least);
                }
            }
        }

        @Override
        public boolean locate(FieldUse use, TextPlace into) {
            Value value = fields.get(use.written());
            if (!hasPlaces || value == null || value.kind() != Value.Kind.TEXT) {
                return false;
            }
            // what is no UTF-8 stands for the mark that it is read as
            String before = "\u00e9/";
            byte[] text = (before + value.text()).getBytes(StandardCharsets.UTF_8);
            byte[] bytes = new byte[text.length + 2];
            int end = 0;
            for (int i = 0; i < text.length; i++) {
                boolean isMark = (text[i] & 0xff) == 0xef && (text[i + 1] & 0xff) == 0xbf;
                bytes[end++] = isMark ? (byte) 0xff : text[i];
                i += isMark ? 2 : 0;
            }
            into.set(bytes, before.getBytes(StandardCharsets.UTF_8).length, end);
            return true;
        }

        @Override
        public String source() {
            return SYSCALL;
        }

        @Override
        public long time() {
            return 0;
        }

        @Override
        public void read(FieldUse use, Value into) {
            Value value = fields.get(use.written());
            if (value != null) {
                into.set(value);
            }
        }
    }

    private static String condition(Random random, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            return check(random);
        }
        return switch (random.nextInt(4)) {
            case 0 -> "not (" + condition(random, depth - 1) + ")";
            case 1 -> "(" + condition(random, depth - 1) + " or " + condition(random, depth - 1) + ")";
            default -> "(" + condition(random, depth - 1) + " and " + condition(random, depth - 1) + ")";
        };
    }

    /** A condition with something about the place in each of its alternatives, or in most. */
    private static String ofContainers(Random random) {
        String inside = condition(random, 2) + " and " + placeCheck(random);
        return switch (random.nextInt(4)) {
            case 0 -> "(" + inside + ") or (" + placeCheck(random) + " and " + condition(random, 2) + ")";
            case 1 -> "not (" + condition(random, 1) + " or not (" + inside + "))";
            default -> inside;
        };
    }

    /** About where it happens, in a way that decides it, or seems to. */
    private static String placeCheck(Random random) {
        String field = one(random, CONTAINER_FIELDS);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> "container.id != host";
            case 3 -> field + " " + one(random, "=", "!=", "startswith", "contains", "glob") + " host";
            case 4 -> field + " " + one(random, "in", "intersects", "pmatch") + " (host, abc, nginx)";
            case 5 -> field + " " + one(random, "=", "!=") + " " + one(random, "oneof", "allof") + " (host, ho, abc)";
            case 6 -> field + " exists";
            case 7 -> "tolower(" + field + ") " + one(random, "=", "!=") + " host";
            case 8 -> field + " " + one(random, "=", "!=") + " val(" + one(random, CONTAINER_FIELDS) + ")";
            case 9 -> "len(container.id) " + one(random, "=", ">") + " 4";
            case 10 -> "not " + field + " " + one(random, "= host", "startswith h", "exists");
            default -> "container.image.repository " + one(random, "= nginx", "!= nginx", "endswith x", "in (host)");
        };
    }

    private static String check(Random random) {
        return random.nextInt(3) == 0 ? rareCheck(random) : usualCheck(random);
    }

    /** Every operator, modifier and transformer, also where an index might take it for what it knows. */
    private static String rareCheck(Random random) {
        String path = one(random, "fd.name", "fd.directory", "evt.arg.path", "proc.exepath", "fd.nameraw");
        String text = one(random, path, "tolower(" + path + ")", "basename(" + path + ")", "concat(" + path + ", 'x')");
        String[] ends = {"/etc", "/tmp", "x", "passwd", "/", "t", "", "//"};
        String word = one(random, "contains", "icontains", "startswith", "endswith", "glob", "iglob", "=", "!=");
        String end = "'" + one(random, ends) + "'";
        return switch (random.nextInt(22)) {
            case 0 -> text + " " + word + " " + end;
            case 1 -> text + " " + word + " " + one(random, "oneof", "anyof", "allof") + " (" + end + ", '/t*')";
            case 2 -> text + " " + one(random, "in", "intersects", "pmatch") + " (" + end + ", /tmp/x, '/e?c')";
            case 3 -> path + " regex '" + one(random, "/etc.*", "(/t|e).*", ".*/", "[^/]*", "/tmp(/x)?") + "'";
            case 4 -> path + " " + word + " val(" + one(random, "fd.directory", "fd.name", "proc.name") + ")";
            case 5 -> path + " " + one(random, "in", "intersects") + " tolower(fd.directory)";
            case 6 -> "evt.type " + one(random, "glob", "regex", "contains", "endswith") + " open";
            case 7 -> one(random, "tolower(evt.type)", "evt.type") + " = " + one(random, TYPES);
            case 8 -> "evt.type = val(evt.type)";
            case 9 ->
                "evt.type " + one(random, "!=", "=") + " " + one(random, "oneof", "allof", "anyof") + " (open, close)";
            case 10 -> "evt.type " + one(random, "in", "intersects") + " ()";
            case 11 ->
                "evt.buffer " + one(random, "bcontains", "bstartswith") + " " + one(random, "61", "ff00", "6162");
            case 12 -> "evt.rawres " + one(random, "<", ">=", "=", "!=") + " val(fd.sport)";
            case 13 -> "proc.vpid in (0, 1, -1)";
            case 14 -> "fd.sip " + one(random, "=", "!=") + " 10.0.0." + random.nextInt(3);
            case 15 -> "fd.snet in ('10.0.0.0/" + one(random, "8", "31", "32") + "')";
            case 16 -> "fd.ip " + one(random, "= 10.0.0.1", "!= 10.0.0.2", "in (10.0.0.0, 10.0.0.2)");
            case 17 -> "len(" + one(random, "proc.name", "fd.types", "fd.name") + ") " + one(random, ">", "=") + " 2";
            case 18 -> "join('/', (fd.directory, proc.name)) " + word + " " + end;
            case 19 -> "getopt(proc.args, 'ab:') intersects (a, b, '/etc')";
            case 20 -> "getopt(proc.args, 'ab:')[b] " + word + " " + end;
            default -> one(random, text, "b64(proc.name)", "getopt(proc.args, 'a')[a]") + " exists";
        };
    }

    private static String usualCheck(Random random) {
        return switch (random.nextInt(32)) {
            case 0, 1 -> "evt.type=" + one(random, TYPES);
            case 2 -> "evt.type!=" + one(random, TYPES);
            case 3 -> "evt.type in (" + one(random, TYPES) + ", " + one(random, TYPES) + ")";
            case 4 -> "evt.type = oneof (" + one(random, TYPES) + ", " + one(random, TYPES) + ")";
            case 5 -> "evt.type startswith open";
            case 6 -> "fd.name startswith " + one(random, BEGINNINGS);
            case 7 -> "fd.name = \"" + one(random, PATHS) + "\"";
            case 8 -> "fd.name in (\"" + one(random, PATHS) + "\", \"" + one(random, PATHS) + "\")";
            case 9 -> "fd.name pmatch (\"" + one(random, PATHS) + "\", /t*)";
            case 10 -> "fd.name glob " + one(random, BEGINNINGS) + "*";
            case 11 ->
                "evt.arg.path startswith anyof (" + one(random, BEGINNINGS) + ", " + one(random, BEGINNINGS) + ")";
            case 12 -> "fd.name startswith allof (" + one(random, BEGINNINGS) + ", " + one(random, BEGINNINGS) + ")";
            case 13 -> one(random, "fd.name", "proc.name", "proc.aname", "evt.rawres", "fd.types") + " exists";
            case 14 -> "proc.name " + one(random, "=", "!=") + " " + one(random, NAMES);
            case 15 -> "proc.aname " + one(random, "=", "!=", "startswith") + " " + one(random, NAMES);
            case 16 -> "proc.name = val(proc.pname)";
            case 17 -> "evt.rawres " + one(random, "<", ">=", "=") + " 0";
            case 18 -> "evt.is_open_write=" + random.nextBoolean();
            case 19 -> "fd.types " + one(random, "in", "intersects") + " (file)";
            case 21 -> "fd.name endswith " + one(random, "passwd", "x", "/", "/tmp");
            case 22 -> "fd.directory in (/etc, /tmp)";
            case 23 -> "evt.is_open_" + one(random, "read", "write") + "=" + random.nextBoolean();
            case 24 -> "fd.num " + one(random, "<", "<=", ">", ">=", "=", "!=") + " " + (random.nextInt(5) - 2);
            case 25 -> "evt.rawres " + one(random, "<", ">=", "=", "!=") + " " + (random.nextInt(5) - 2);
            case 26 -> "fd.num in (-1, " + random.nextInt(3) + ")";
            case 27 -> "fd.typechar " + one(random, "=", "!=") + " " + one(random, "f", "d");
            case 28 -> "evt.num " + one(random, "<", ">=", "=", "!=", ">") + " " + random.nextInt(4);
            case 29 -> "evt.res " + one(random, "=", "!=", "startswith") + " SUCCESS";
            case 30 -> one(random, "fd.type in (directory, ipv4)", "evt.failed=true", "fd.num exists");
            case 20 -> "toupper(proc.exepath) endswith CAT";
            default -> placeCheck(random);
        };
    }

    private static String one(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    @Test
    void answersAsPlainTreesDo() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        int matched = 0;
        for (int round = 0; round < 12; round++) {
            LoadedRules loaded = load(random);
            RuleEngine.Matcher all = RuleEngine.of(loaded.rules(), RuleSelection.ALL, RuleEngine.Matching.ALL)
                    .matcher();
            RuleEngine.Matcher first = RuleEngine.of(loaded.rules(), RuleSelection.ALL, RuleEngine.Matching.FIRST)
                    .matcher();
            Plain plain = new Plain(loaded.rules().rules());
            List<Living> processes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                processes.add(new Living());
            }
            for (int i = 0; i < 2_000; i++) {
                RandomEvent event = RandomEvent.of(random, processes);
                List<String> expected = plain.match(event);
                matched += expected.size();
                RuleEngine.Matcher matcher = i % 3 == 0 ? first : all;
                List<String> found =
                        matcher.match(event).stream().map(Rule::name).toList();
                assertThat(found)
                        .as("seed %d, round %d, event %d: %s", seed, round, i, event)
                        .isEqualTo(i % 3 == 0 && !expected.isEmpty() ? expected.subList(0, 1) : expected);
            }
        }
        assertThat(matched).isGreaterThan(10_000);
    }

    /** Rules of which most can hold in containers only; where they all do, an event of the machine itself is not even asked for. */
    @Test
    void leavesOutNothingOfTheHostThatWouldMeetARule() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        int leftOut = 0;
        int met = 0;
        for (int round = 0; round < 600; round++) {
            LoadedRules loaded = load(random, 1 + random.nextInt(3), true);
            RuleEngine engine = RuleEngine.of(loaded.rules(), RuleSelection.ALL, RuleEngine.Matching.ALL);
            Plain plain = new Plain(loaded.rules().rules());
            List<Living> processes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                processes.add(new Living());
                processes.getLast().become(random);
            }
            for (int i = 0; i < 60; i++) {
                RandomEvent event = RandomEvent.of(random, processes);
                boolean isAsked = engine.canHold(event.type, event.aspect)
                        && (!isOfHost(event.fields) || engine.canHoldOnHost(event.type, event.aspect));
                List<String> holding = plain.match(event);
                assertThat(isAsked || holding.isEmpty())
                        .as(
                                "seed %d, round %d: %s left out, %s of %s hold",
                                seed, round, event, holding, loaded.rules())
                        .isTrue();
                leftOut += isAsked || !engine.canHold(event.type, event.aspect) ? 0 : 1;
                met += holding.isEmpty() ? 0 : 1;
            }
        }
        assertThat(leftOut).as("events of the host that no rule could hold for").isGreaterThan(2_000);
        assertThat(met).isGreaterThan(2_000);
    }

    private static LoadedRules load(Random random) {
        return load(random, 90, false);
    }

    private static LoadedRules load(Random random, int count, boolean isOfContainers) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("- rule: r")
                    .append(i)
                    .append("\n  desc: d\n  output: o\n  priority: INFO\n  condition: >\n    ")
                    .append(
                            isOfContainers && random.nextInt(4) > 0
                                    ? ofContainers(random)
                                    : condition(random, isOfContainers ? 2 : 4))
                    .append('\n');
        }
        LoadedRules loaded = new RuleLoader(Limits.DEFAULT).load(List.of(new RuleFile("random", text.toString())));
        assertThat(loaded.problems()).filteredOn(problem -> problem.isError()).isEmpty();
        return loaded;
    }

    /** Every rule asked for every event, whole. */
    private static final class Plain {
        private final Slots slots = new Slots();
        private final Extraction fields = new Extraction(slots);
        private final List<Rule> rules;
        private final List<Predicate> predicates = new ArrayList<>();

        private Plain(List<Rule> rules) throws CompileException {
            this.rules = rules;
            for (Rule rule : rules) {
                predicates.add(
                        new ConditionCompiler(new OperandCompiler(FieldCatalogue.standard(), rule.source(), slots))
                                .compile(rule.condition()));
            }
        }

        private List<String> match(Event event) {
            fields.begin(event);
            List<String> matched = new ArrayList<>();
            for (int i = 0; i < predicates.size(); i++) {
                if (predicates.get(i).holds(fields)) {
                    matched.add(rules.get(i).name());
                }
            }
            return matched;
        }
    }
}
