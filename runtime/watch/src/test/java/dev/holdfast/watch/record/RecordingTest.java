package dev.holdfast.watch.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.ExecutionAspect;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.GivenEvent;
import dev.holdfast.rules.event.OpenAspect;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.audit.AuditEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static GivenEvent given(long number) throws InputException {
        return new GivenEvent(Event.SYSCALL, EventType.of("openat").orElseThrow(), 1_000 + number, number)
                .with("proc.name", "sh")
                .with("proc.aname", List.of("bash", "sshd"))
                .with("proc.env", "PATH=/bin HOME=/root")
                .with("fd.name", "/etc/passwd")
                .with("fd.cip", "10.0.0.1")
                .with("fd.num", "-1")
                .with("evt.is_open_read", "true")
                .with("container.labels", "a:1, b:x y")
                .with("container.mounts", "/etc:/host:ro:false:rprivate")
                .with("evt.arg[flags]", "O_RDONLY");
    }

    private static byte[] recorded(Event... events) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordingWriter writer = new RecordingWriter(bytes, line -> {})) {
            for (Event event : events) {
                writer.write(event);
            }
        }
        return bytes.toByteArray();
    }

    private record Outcome(List<Event> events, List<Gap> gaps) {}

    private static Outcome play(byte[] recording) throws InputException, IOException {
        try (RecordingReader reader =
                RecordingReader.open("r.hfe", new ByteArrayInputStream(recording), Limits.DEFAULT)) {
            List<Event> events = new ArrayList<>();
            Optional<Event> event = reader.next();
            while (event.isPresent()) {
                events.add(event.get());
                event = reader.next();
            }
            return new Outcome(events, reader.gaps());
        }
    }

    private static String value(Event event, String name, String... argument) {
        Value value = new Value();
        FieldCatalogue catalogue = FieldCatalogue.standard();
        FieldUse use = (argument.length == 0
                        ? catalogue.use(event.source(), name)
                        : catalogue.use(event.source(), name, argument[0]))
                .orElseThrow();
        event.read(use, value);
        return value.toString();
    }

    @Test
    void playsWhatWasWrittenDown() throws Exception {
        Outcome outcome = play(recorded(given(1), given(2)));
        assertThat(outcome.gaps()).isEmpty();
        assertThat(outcome.events()).hasSize(2);
        Event event = outcome.events().getLast();
        assertThat(event.number()).isEqualTo(2);
        assertThat(event.time()).isEqualTo(1_002);
        assertThat(event.type().name()).isEqualTo("openat");
        assertThat(value(event, "fd.name")).isEqualTo("/etc/passwd");
        assertThat(value(event, "fd.cip")).isEqualTo("10.0.0.1");
        assertThat(value(event, "fd.num")).isEqualTo("-1");
        assertThat(value(event, "evt.is_open_read")).isEqualTo("true");
        assertThat(value(event, "evt.arg", "flags")).isEqualTo("O_RDONLY");
        assertThat(value(event, "user.name")).isEqualTo("<NA>");
    }

    @Test
    void answersForArgumentsThatNobodyWroteDown() throws Exception {
        Event event = play(recorded(given(1))).events().getFirst();
        assertThat(value(event, "proc.aname", "2")).isEqualTo("sshd");
        assertThat(value(event, "proc.aname", "0")).isEqualTo("sh");
        assertThat(value(event, "proc.aname", "3")).isEqualTo("<NA>");
        assertThat(value(event, "proc.env", "HOME")).isEqualTo("/root");
        assertThat(value(event, "proc.env", "OME")).isEqualTo("<NA>");
        assertThat(value(event, "container.label", "b")).isEqualTo("x y");
        assertThat(value(event, "container.mount.dest", "/e*")).isEqualTo("/host");
    }

    /** Captures know such a call by its number only; what the sensor tells besides is kept, too. */
    @Test
    void keepsTheArgumentsOfCallsWithoutAnEventOfTheirOwn() throws Exception {
        GivenEvent given = new GivenEvent(
                        Event.SYSCALL, EventType.of("setxattr").orElseThrow(), 1_000, 1)
                .with("evt.arg[ID]", "setxattr")
                .with("evt.arg[path]", "/usr/bin/x")
                .with("evt.arg[name]", "security.capability");
        Event event = play(recorded(given)).events().getFirst();
        assertThat(event.type().name()).isEqualTo("setxattr");
        assertThat(value(event, "evt.arg", "ID")).isEqualTo("setxattr");
        assertThat(value(event, "evt.arg", "path")).isEqualTo("/usr/bin/x");
        assertThat(value(event, "evt.arg", "name")).isEqualTo("security.capability");
    }

    @Test
    void keepsThatAProgramCouldNotBeExecuted() throws Exception {
        EventType execve = EventType.of("execve").orElseThrow();
        GivenEvent failed = new GivenEvent(Event.SYSCALL, execve, 1_000, 1)
                .with("evt.failed", "true")
                .with("evt.arg[filename]", "/opt/none");
        GivenEvent done = new GivenEvent(Event.SYSCALL, execve, 1_000, 2).with("evt.failed", "false");
        List<Event> events = play(recorded(failed, done)).events();
        assertThat(events.getFirst().aspect()).isEqualTo(ExecutionAspect.FAILED);
        assertThat(value(events.getFirst(), "evt.arg", "filename")).isEqualTo("/opt/none");
        assertThat(events.getLast().aspect()).isEqualTo(OpenAspect.UNKNOWN);
    }

    @Test
    void keepsAuditEventsWhole() throws Exception {
        String json = "{\"kind\":\"Event\",\"auditID\":\"x\",\"stage\":\"Panic\",\"n\":1.50}";
        AuditEvent event = new AuditEvent(Json.parse(json, Limits.DEFAULT), 77, 1);
        assertThat(play(recorded(event)).events()).containsExactly(event);
    }

    @Test
    void playsWhatIsBeforeTheProgramWasKilled() throws Exception {
        byte[] whole = recorded(given(1));
        Outcome outcome = play(Arrays.copyOf(whole, whole.length - 16));
        assertThat(outcome.events()).hasSize(1);
        assertThat(outcome.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).contains("was cut off"));
    }

    @Test
    void losesOnlyThePartThatIsDamaged() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int damage;
        try (RecordingWriter writer = new RecordingWriter(bytes, line -> {})) {
            writer.write(given(1));
            writer.flush();
            damage = bytes.size() + 30;
            writer.write(given(2));
            writer.flush();
            writer.write(given(3));
        }
        byte[] damaged = bytes.toByteArray();
        damaged[damage] ^= 0x55;
        Outcome outcome = play(damaged);
        assertThat(outcome.events()).extracting(Event::number).containsExactly(1L, 3L);
        assertThat(outcome.gaps())
                .extracting(Gap::detail)
                .contains(
                        "part 2 is damaged: its checksum is wrong; its events are lost",
                        "3 events were recorded, 2 of them were read");
    }

    @Test
    void refusesALaterVersion() throws Exception {
        byte[] recording = recorded(given(1));
        recording[11] = 2;
        assertThatThrownBy(() -> play(recording)).hasMessageContaining("a recording of version 2");
    }

    @Test
    void answersWithAnInputErrorOrAGapWhateverTheBytes() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        byte[] whole = recorded(given(1), given(2));
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                damaged[12 + random.nextInt(damaged.length - 12)] = (byte) random.nextInt(256);
            }
            try {
                play(Arrays.copyOf(damaged, 12 + random.nextInt(damaged.length - 12)));
            } catch (InputException refused) {
                assertThat(refused.getMessage())
                        .as("seed %s, round %s", seed, round)
                        .doesNotContain("\n");
            }
        }
    }

    /** Damage behind a right checksum: what a hostile writer would make. */
    @Test
    void answersWithAnInputErrorOrAGapWhateverTheRecords() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] records = new byte[random.nextInt(60)];
            random.nextBytes(records);
            RecordParser parser = new RecordParser(records);
            try {
                while (parser.hasMore()) {
                    parser.next();
                }
            } catch (InputException refused) {
                assertThat(refused.getMessage())
                        .as("seed %s, round %s", seed, round)
                        .isNotBlank();
            }
        }
    }
}
