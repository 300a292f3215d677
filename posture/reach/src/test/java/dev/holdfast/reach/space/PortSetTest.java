package dev.holdfast.reach.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortSetTest {
    /** The sets of ranges are those of a bit for each port. */
    @Test
    void countsAsBitsDo() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            BitSet one = new BitSet();
            BitSet other = new BitSet();
            PortSet first = filled(random, one);
            PortSet second = filled(random, other);
            BitSet both = (BitSet) one.clone();
            both.or(other);
            assertThat(bits(first.plus(second))).as("seed %d", seed).isEqualTo(both);
            both.and(other);
            BitSet common = (BitSet) one.clone();
            common.and(other);
            assertThat(bits(first.and(second))).as("seed %d", seed).isEqualTo(common);
            BitSet rest = (BitSet) one.clone();
            rest.andNot(other);
            assertThat(bits(first.minus(second))).as("seed %d", seed).isEqualTo(rest);
            assertThat(first.minus(second).plus(first.and(second))).isEqualTo(first);
        }
    }

    private static PortSet filled(Random random, BitSet bits) {
        PortSet set = PortSet.NONE;
        int ranges = random.nextInt(5);
        for (int i = 0; i < ranges; i++) {
            int from = random.nextInt(40);
            int to = random.nextInt(10) == 0 ? 65_535 : from + random.nextInt(8);
            set = set.plus(PortSet.of(from, to));
            bits.set(Math.max(1, from), Math.max(1, to + 1));
        }
        return set;
    }

    private static BitSet bits(PortSet set) {
        BitSet bits = new BitSet();
        for (String range : set.texts()) {
            String[] ends = range.split("-");
            bits.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }
        return bits;
    }

    @Test
    void leavesOutWhatIsNoPort() {
        assertThat(PortSet.of(0, 0)).isEqualTo(PortSet.NONE);
        assertThat(PortSet.of(-5, 99_999)).isEqualTo(PortSet.ALL);
        assertThat(PortSet.of(7, 6)).isEqualTo(PortSet.NONE);
    }
}
