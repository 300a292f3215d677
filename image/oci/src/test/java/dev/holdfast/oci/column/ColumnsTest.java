package dev.holdfast.oci.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Columns against the plain collections that they stand in for. */
class ColumnsTest {
    private static final int ROUNDS = 20_000;
    private static final int MOST = 30_000;

    private final long seed = Long.getLong("holdfast.seed", 1);
    private final Random random = new Random(seed);

    @Test
    void intColumnHoldsWhatWasSetLast() {
        IntColumn column = new IntColumn(-7);
        Map<Integer, Integer> model = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            int at = random.nextInt(1 + random.nextInt(MOST));
            int number = random.nextInt();
            column.set(at, number);
            model.put(at, number);
        }
        for (int at = 0; at < MOST + IntColumn.CHUNK; at++) {
            assertThat(column.get(at)).as("seed %d, at %d", seed, at).isEqualTo(model.getOrDefault(at, -7));
        }
    }

    @Test
    void longColumnHoldsWhatIsNearAndWhatIsFar() {
        LongColumn column = new LongColumn(-1);
        Map<Integer, Long> model = new HashMap<>();
        long[] edges = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, 1L << 31, 1L << 40
        };
        for (int i = 0; i < ROUNDS; i++) {
            int at = random.nextInt(1 + random.nextInt(MOST));
            boolean isFar = at < IntColumn.CHUNK * 2 && random.nextInt(100) == 0;
            long number = isFar ? edges[random.nextInt(edges.length)] : at * 1024L + random.nextInt(1000);
            column.set(at, number);
            model.put(at, number);
        }
        for (int at = 0; at < MOST + IntColumn.CHUNK; at++) {
            assertThat(column.get(at)).as("seed %d, at %d", seed, at).isEqualTo(model.getOrDefault(at, -1L));
        }
    }

    @Test
    void ropeHoldsBytesAcrossItsChunks() {
        ByteRope rope = new ByteRope();
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            byte[] bytes = new byte[random.nextInt(1 + random.nextInt(9000))];
            random.nextBytes(bytes);
            rope.append(bytes, 0, bytes.length);
            model.writeBytes(bytes);
            rope.append(i);
            model.write(i);
        }
        byte[] all = model.toByteArray();
        assertThat(rope.length()).isEqualTo(all.length);
        for (int i = 0; i < 1000; i++) {
            int from = random.nextInt(all.length);
            int to = from + random.nextInt(all.length - from);
            byte[] copy = new byte[to - from];
            rope.copy(from, copy.length, copy, 0);
            assertThat(copy).as("seed %d", seed).isEqualTo(Arrays.copyOfRange(all, from, to));
            assertThat(rope.at(from)).isEqualTo(all[from]);
            assertThat(rope.holds(from, all, from, to)).isTrue();
            if (to > from) {
                copy[random.nextInt(copy.length)] ^= 1;
                assertThat(rope.holds(from, copy, 0, copy.length)).isFalse();
            }
        }
    }

    @Test
    void ropeKeepsWhatStandsBehindWhatItForgot() {
        ByteRope rope = new ByteRope();
        byte[] bytes = new byte[300_000];
        random.nextBytes(bytes);
        rope.append(bytes, 0, bytes.length);
        rope.forgetBefore(200_000);
        byte[] rest = new byte[100_000];
        rope.copy(200_000, rest.length, rest, 0);
        assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes, 200_000, bytes.length));
    }

    @Test
    void intMapHoldsWhatWasPutLast() {
        IntMap map = new IntMap();
        Map<Integer, Integer> model = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            int key = random.nextInt(MOST) * (random.nextBoolean() ? 1 : 65_536);
            int value = random.nextInt(MOST) - 1;
            map.put(key & Integer.MAX_VALUE, value);
            model.put(key & Integer.MAX_VALUE, value);
        }
        model.forEach(
                (key, value) -> assertThat(map.get(key)).as("seed %d", seed).isEqualTo(value));
        assertThat(map.get(Integer.MAX_VALUE - 1)).isEqualTo(IntMap.NONE);
    }
}
