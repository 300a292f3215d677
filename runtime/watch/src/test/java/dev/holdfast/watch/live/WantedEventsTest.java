package dev.holdfast.watch.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.rules.Priority;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.ShippedRules;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.GivenEvent;
import dev.holdfast.rules.event.OpenAspect;
import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.event.Wishes;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the kernel programs are told to leave out changes no alert. */
class WantedEventsTest {
    private static final Kind[] OPENS = {Kind.OPEN, Kind.OPENAT, Kind.OPENAT2, Kind.CREAT, Kind.OPEN_BY_HANDLE_AT};
    private static final String[] PATHS = {
        "/etc/shadow", "/etc/passwd", "/root/.ssh/id_rsa", "/dev/shm/x", "/usr/bin/x", "/proc/1/environ", "/tmp/x"
    };

    /** An event that does not say its aspect: it is judged by its fields alone. */
    private record Plain(EventType type, int aspect, GivenEvent fields, long result, boolean isOfHost)
            implements Event {
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
            Value most = new Value();
            switch (use.field().name()) {
                case "fd.num", "evt.rawres" -> into.set(result);
                default -> {
                    if (!OpenAspect.read(aspect, use.field().name(), into, most)) {
                        fields.read(use, into);
                    }
                }
            }
        }
    }

    private static Plain random(Random random, Kind kind, int aspect) throws Exception {
        boolean hasFailed = (aspect - 1 >> 2 & 1) == 1;
        String path = PATHS[random.nextInt(PATHS.length)];
        EventType type = EventType.of(kind.word()).orElseThrow();
        boolean isOfHost = random.nextBoolean();
        GivenEvent fields = new GivenEvent(Event.SYSCALL, type, 0, 1)
                .with("fd.name", path)
                .with("fd.nameraw", path)
                .with("fd.directory", path.substring(0, path.lastIndexOf('/')))
                .with("fd.filename", path.substring(path.lastIndexOf('/') + 1))
                .with("evt.res", hasFailed ? "ENOENT" : "SUCCESS")
                .with("evt.arg.flags", random.nextBoolean() ? "O_RDONLY" : "O_WRONLY|O_CREAT|O_TRUNC")
                .with("proc.name", random.nextBoolean() ? "cat" : "bash")
                .with("proc.cmdline", "cat " + path)
                .with("container.id", isOfHost ? "host" : "0123456789ab")
                .with("user.uid", random.nextBoolean() ? "0" : "1000");
        return new Plain(type, aspect, fields, hasFailed ? -1 : 3, isOfHost);
    }

    private static Wishes wanted(List<RuleFile> files) throws Exception {
        return KernelSource.wanted(engine(files), KernelSource.Use.JUDGED);
    }

    /** A rule that looks at what the sensor does not tell is named, and no other. */
    @Test
    void namesRulesThatCanNeverHold() throws Exception {
        RuleEngine engine = engine(List.of(new RuleFile("own.yaml", """
                - rule: Clock set
                  desc: x
                  condition: evt.type in (settimeofday, clock_settime)
                  output: x
                  priority: INFO
                - rule: Root changed
                  desc: x
                  condition: evt.type in (chroot, settimeofday)
                  output: x
                  priority: INFO
                - rule: Anything
                  desc: x
                  condition: proc.name = x
                  output: x
                  priority: INFO
                """)));
        assertThat(KernelSource.neverMet(engine))
                .singleElement()
                .asString()
                .startsWith("rule \"Clock set\" can never hold: the sensor does not tell ")
                .contains("settimeofday", "clock_settime");
        assertThat(KernelSource.neverMet(engine(ShippedRules.files()))).isEmpty();
    }

    private static RuleEngine engine(List<RuleFile> files) throws Exception {
        return RuleEngine.of(
                new RuleLoader(Limits.DEFAULT).load(files).rules(), RuleSelection.ALL, RuleEngine.Matching.ALL);
    }

    @Test
    void noRuleHoldsForWhatIsLeftOut() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        RuleEngine engine = engine(ShippedRules.files());
        RuleEngine.Matcher matcher = engine.matcher();
        Wishes wishes = KernelSource.wanted(engine, KernelSource.Use.JUDGED);
        int alerts = 0;
        int leftOut = 0;
        int ofHost = 0;
        for (int i = 0; i < 20_000; i++) {
            Kind kind = OPENS[random.nextInt(OPENS.length)];
            int aspect = 1 + random.nextInt(OpenAspect.COUNT - 1);
            Plain event = random(random, kind, aspect);
            boolean isWanted = isWanted(wishes.ofAny(), kind, aspect);
            if (isWanted && event.isOfHost() && !isWanted(wishes.ofHost(), kind, aspect)) {
                isWanted = false;
                ofHost++;
            }
            int held = matcher.match(event).size();
            alerts += held;
            leftOut += isWanted ? 0 : 1;
            assertThat(isWanted || held == 0)
                    .as("seed %d: %s of aspect %d", seed, kind, aspect)
                    .isTrue();
        }
        assertThat(alerts).isGreaterThan(100);
        assertThat(leftOut).as("failed attempts to read, at least").isGreaterThan(2_000);
        assertThat(ofHost).as("failed attempts to write on the host").isGreaterThan(500);
    }

    private static boolean isWanted(Wishes.Asked asked, Kind kind, int aspect) {
        return (asked.opened(kind) >> aspect - 1 & 1) != 0;
    }

    /** What the rules that we ship need to be told of the host: all the rest of it stays in the kernel. */
    @Test
    void ourRulesAboutContainersWantNothingOfTheHost() throws Exception {
        RuleEngine engine = engine(ShippedRules.files());
        Wishes wishes = KernelSource.wanted(engine, KernelSource.Use.JUDGED);
        assertThat(wishes.kinds())
                .filteredOn(wishes::isOfContainers)
                .containsExactlyInAnyOrder(
                        Kind.SOCKET,
                        Kind.SENDTO,
                        Kind.SENDMSG,
                        Kind.DUP,
                        Kind.DUP2,
                        Kind.DUP3,
                        Kind.SETNS,
                        Kind.UNSHARE,
                        Kind.PTRACE,
                        Kind.BPF,
                        Kind.INIT_MODULE,
                        Kind.FINIT_MODULE,
                        Kind.USERFAULTFD,
                        Kind.MOUNT,
                        Kind.MOVE_MOUNT,
                        Kind.IO_URING_SETUP);
        Wishes recorded = KernelSource.wanted(engine, KernelSource.Use.RECORDED);
        assertThat(recorded.ofAny()).isEqualTo(wishes.ofAny());
        assertThat(recorded.ofHost()).isEqualTo(wishes.ofAny());
        RuleSelection ofContainers = new RuleSelection(List.of(), Set.of(), Set.of("host"), Priority.DEBUG);
        RuleEngine asked = RuleEngine.of(
                new RuleLoader(Limits.DEFAULT).load(ShippedRules.files()).rules(),
                ofContainers,
                RuleEngine.Matching.ALL);
        Wishes narrow = KernelSource.wanted(asked, KernelSource.Use.JUDGED);
        assertThat(narrow.kinds()).contains(Kind.OPENAT, Kind.CONNECT);
        assertThat(narrow.ofHost().kinds()).isEmpty();
    }

    /** Shells look for a program along the PATH, and so try many that are not there: they are told only to who asks for them. */
    @Test
    void executionsThatFailedAreWantedByRulesThatLookAtTheOutcome() throws Exception {
        assertThat(wanted(ShippedRules.files()).kinds())
                .isNotEmpty()
                .doesNotContain(Kind.FAILED_EXECVE, Kind.FAILED_EXECVEAT);
        Wishes wishes = wanted(List.of(new RuleFile("r", """
                - rule: refused
                  desc: d
                  output: o
                  priority: INFO
                  condition: evt.type = execve and evt.res = EACCES and container.id != host
                """)));
        assertThat(wishes.kinds()).containsExactly(Kind.FAILED_EXECVE);
        assertThat(wishes.isOfContainers(Kind.FAILED_EXECVE)).isTrue();
    }

    @Test
    void rulesAboutWritingWantNothingElse() throws Exception {
        Wishes wishes = wanted(List.of(new RuleFile("r", """
                - rule: written
                  desc: d
                  output: o
                  priority: INFO
                  condition: evt.type in (openat, unlink) and (evt.type = unlink or evt.is_open_write=true) and fd.num>=0
                """)));
        assertThat(wishes.kinds()).containsExactlyInAnyOrder(Kind.OPENAT, Kind.UNLINK);
        for (int aspect = 1; aspect < OpenAspect.COUNT; aspect++) {
            Value writes = new Value();
            Value failed = new Value();
            OpenAspect.read(aspect, "evt.is_open_write", writes, new Value());
            OpenAspect.read(aspect, "evt.failed", failed, new Value());
            assertThat((wishes.ofAny().opened(Kind.OPENAT) >> aspect - 1 & 1) != 0)
                    .as("aspect %d", aspect)
                    .isEqualTo(writes.isTrue() && !failed.isTrue());
        }
    }
}
