package dev.holdfast.watch.scap;

import static dev.holdfast.watch.scap.CaptureBuilder.number;
import static dev.holdfast.watch.scap.CaptureBuilder.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileCaptureTest {
    private static CaptureBuilder small() {
        return CaptureBuilder.begun()
                .process(500, 1, "sh", "/bin/sh", "/", "")
                .event(
                        3,
                        500,
                        number(3, 8),
                        string("/etc/passwd"),
                        number(1, 4),
                        number(0, 4),
                        number(0, 4),
                        number(0, 8))
                .event(5, 500, number(0, 8), number(3, 8))
                .event(5, 500, number(0, 8), number(3, 8));
    }

    private record Outcome(int events, List<Gap> gaps) {}

    private static Outcome play(byte[] capture) throws InputException, IOException {
        return play(capture, Limits.DEFAULT);
    }

    private static Outcome play(byte[] capture, Limits limits) throws InputException, IOException {
        try (CaptureReplay replay = CaptureReplay.open("x.scap", new ByteArrayInputStream(capture), limits, true)) {
            int events = 0;
            while (replay.next().isPresent()) {
                events++;
            }
            return new Outcome(events, replay.gaps());
        }
    }

    @Test
    void playsWhatIsBeforeACut() throws Exception {
        byte[] whole = small().bytes();
        Outcome outcome = play(Arrays.copyOf(whole, whole.length - 10));
        assertThat(outcome.events()).isEqualTo(2);
        assertThat(outcome.gaps())
                .singleElement()
                .satisfies(
                        gap -> assertThat(gap.detail()).contains("cut off").endsWith("the 2 events before were read"));
    }

    @Test
    void playsWhatIsBeforeACutOfTheGzipStream() throws Exception {
        byte[] whole = small().compressed();
        Outcome outcome = play(Arrays.copyOf(whole, whole.length - 4));
        assertThat(outcome.events()).isEqualTo(3);
        assertThat(outcome.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).contains("gzip stream is cut off"));
    }

    @Test
    void refusesWhatEndsBeforeTheFirstEvent() {
        byte[] whole = small().bytes();
        assertThatThrownBy(() -> play(Arrays.copyOf(whole, 60)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("x.scap: the capture is cut off");
        assertThatThrownBy(() -> play(Arrays.copyOf(small().compressed(), 12)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("x.scap: ");
    }

    @Test
    void refusesWhatIsNoCapture() {
        assertThatThrownBy(
                        () -> play("no capture at all, only words".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no capture");
    }

    @Test
    void refusesCapturesOfBigEndianMachines() {
        byte[] capture = new CaptureBuilder()
                .block(CaptureReader.SECTION, number(0x4D3C2B1A, 4), number(1, 2), number(2, 2), number(-1, 8))
                .bytes();
        assertThatThrownBy(() -> play(capture)).hasMessageContaining("big-endian");
    }

    @Test
    void refusesCapturesThatAreBigEndianThroughout() {
        byte[] capture = java.nio.ByteBuffer.allocate(28)
                .putInt(CaptureReader.SECTION)
                .putInt(28)
                .putInt(0x1A2B3C4D)
                .putShort((short) 1)
                .putShort((short) 2)
                .putLong(-1)
                .putInt(28)
                .array();
        assertThatThrownBy(() -> play(capture)).hasMessageContaining("big-endian");
    }

    @Test
    void doesNotBelieveABlockThatClaimsGigabytes() {
        byte[] capture = CaptureBuilder.joined(
                CaptureBuilder.begun().bytes(), number(0x216, 4), number(0x7fff_ffffL, 4), new byte[40]);
        assertThatThrownBy(() -> play(capture)).hasMessageContaining("a block of 2147483647 bytes");
    }

    @Test
    void doesNotBelieveAnEventThatClaimsMoreThanItsBlock() throws Exception {
        byte[] capture = small().block(
                        0x216,
                        number(0, 2),
                        number(9, 8),
                        number(500, 8),
                        number(1L << 20, 4),
                        number(5, 2),
                        number(1, 4))
                .event(5, 500, number(0, 8), number(3, 8))
                .bytes();
        Outcome outcome = play(capture);
        assertThat(outcome.events()).isEqualTo(4);
        assertThat(outcome.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).contains("1 damaged events"));
    }

    @Test
    void doesNotBelieveAMillionParameters() throws Exception {
        byte[] capture = small().block(
                        0x216,
                        number(0, 2),
                        number(9, 8),
                        number(500, 8),
                        number(26, 4),
                        number(5, 2),
                        number(1_000_000, 4))
                .bytes();
        assertThat(play(capture).gaps()).singleElement().extracting(Gap::code).isEqualTo(Gap.Code.UNREADABLE);
    }

    @Test
    void saysHowManyEventsAreNewerThanItself() throws Exception {
        Outcome outcome = play(small().event(9_001, 500, number(1, 8)).bytes());
        assertThat(outcome.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.code()).isEqualTo(Gap.Code.UNSUPPORTED);
            assertThat(gap.detail()).startsWith("1 events of kinds");
        });
    }

    @Test
    void survivesAProcessThatIsItsOwnAncestor() throws Exception {
        List<List<String>> events = CaptureBuilder.begun()
                .process(10, 11, "a", "/a", "/", "")
                .process(11, 10, "b", "/b", "/", "")
                .event(5, 10, number(0, 8), number(3, 8))
                .read(false, "proc.aname", "proc.aname[7]", "proc.sname");
        assertThat(events).containsExactly(List.of("close", "(b,a)", "b", "a"));
    }

    @Test
    void stopsAtTheLimitOfUnfoldedBytes() throws Exception {
        Outcome outcome = play(small().compressed(), Limits.DEFAULT.withTotalBytes(small().bytes().length - 1));
        assertThat(outcome.gaps()).extracting(Gap::code).contains(Gap.Code.LIMIT);
    }

    @Test
    void answersWithAnInputErrorOrAGapWhateverTheBytes() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        byte[] whole = small().event(272, 500, string("{\"container\":{\"id\":\"abc\",\"Mounts\":[{}]}}"))
                .event(293, 500, number(0, 8), string("x"), string("y"))
                .event(23, 500, number(0, 8), new byte[] {2, 1, 1, 1, 1, 80, 0, 2, 2, 2, 2, 90, 0}, number(3, 8))
                .bytes();
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                damaged[28 + random.nextInt(damaged.length - 28)] = (byte) random.nextInt(256);
            }
            try {
                CaptureBuilder.read(
                        damaged, true, "evt.args", "proc.cmdline", "fd.name", "container.mounts", "evt.arg[0]");
            } catch (InputException refused) {
                assertThat(refused.getMessage())
                        .as("seed %s, round %s", seed, round)
                        .doesNotContain("\n");
            }
        }
    }
}
