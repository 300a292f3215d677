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
import dev.holdfast.rules.event.ProcessMemory;
import dev.holdfast.rules.event.Value;
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
        ""
    };
    private static final String[] BEGINNINGS = {"/etc", "/etc/", "/t", "/tmp", "/", "e"};

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
            text(random, fields, "container.id", "host", "abc");
            Value ancestors = new Value();
            ancestors.setList();
            for (int i = random.nextInt(3); i > 0; i--) {
                ancestors.add().set(NAMES[random.nextInt(NAMES.length)]);
            }
            fields.put("proc.aname", ancestors);
            numberOrNone(random, fields, "proc.vpid");
        }
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

    private record RandomEvent(EventType type, Map<String, Value> fields, ProcessMemory process) implements Event {
        private static RandomEvent of(Random random, List<Living> processes) {
            Living process = processes.get(random.nextInt(processes.size()));
            if (random.nextInt(10) == 0) {
                process.become(random);
            }
            Map<String, Value> fields = new HashMap<>(process.fields);
            text(random, fields, "fd.name", PATHS);
            text(random, fields, "evt.arg[path]", PATHS);
            text(random, fields, "fd.directory", PATHS);
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
            return new RandomEvent(
                    EventType.of(TYPES[random.nextInt(TYPES.length)]).orElseThrow(),
                    fields,
                    random.nextInt(8) == 0 ? ProcessMemory.NONE : process.memory);
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
        public long number() {
            return 1;
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

    private static String check(Random random) {
        return switch (random.nextInt(24)) {
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
            case 20 -> "toupper(proc.exepath) endswith CAT";
            default -> "container.id != host";
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
        for (int round = 0; round < 20; round++) {
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
            for (int i = 0; i < 1_500; i++) {
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

    private static LoadedRules load(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 90; i++) {
            text.append("- rule: r")
                    .append(i)
                    .append("\n  desc: d\n  output: o\n  priority: INFO\n  condition: >\n    ")
                    .append(condition(random, 4))
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
