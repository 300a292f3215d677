package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.version.VersionRange.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionRangeTest {
    private static final long SEED = Long.getLong("holdfast.seed", 20_261_125L);

    @Test
    void mergesWhatOverlapsOrTouches() {
        VersionRange range = VersionRange.of(List.of(
                Interval.between(key(5), key(7)),
                Interval.between(key(1), key(3)),
                Interval.between(key(3), key(4)),
                Interval.between(key(6), key(6)),
                Interval.between(key(6), key(8))));

        assertThat(range.intervals())
                .containsExactly(Interval.between(key(1), key(4)), Interval.between(key(5), key(8)));
    }

    @Test
    void keepsApartWhatOnlyAPointSeparates() {
        VersionRange range = VersionRange.of(List.of(Interval.below(key(3)), Interval.above(key(3))));

        assertThat(range.intervals()).hasSize(2);
        assertThat(range.contains(key(3))).isFalse();
        assertThat(range.complement()).isEqualTo(VersionRange.of(List.of(Interval.exactly(key(3)))));
    }

    @Test
    void allAndNoneComplementEachOther() {
        assertThat(VersionRange.all().complement()).isEqualTo(VersionRange.none());
        assertThat(VersionRange.none().complement()).isEqualTo(VersionRange.all());
        assertThat(VersionRange.none().isEmpty()).isTrue();
    }

    @Test
    void computesWithSetsAsLogicDoes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            VersionRange a = random(random);
            VersionRange b = random(random);
            for (int n = 0; n < 12; n++) {
                boolean inA = a.contains(key(n));
                boolean inB = b.contains(key(n));
                assertThat(a.union(b).contains(key(n))).as("seed %d", SEED).isEqualTo(inA || inB);
                assertThat(a.intersect(b).contains(key(n))).as("seed %d", SEED).isEqualTo(inA && inB);
                assertThat(a.complement().contains(key(n))).as("seed %d", SEED).isEqualTo(!inA);
            }
            assertThat(a.complement().complement()).isEqualTo(a);
        }
    }

    @Test
    void keysSurviveBeingStored() {
        VersionKey key = Scheme.DEB.key("1:2.3~rc1-4").orElseThrow();

        assertThat(VersionKey.ofBytes(key.bytes())).isEqualTo(key).isEqualByComparingTo(key);
        assertThat(key.length()).isEqualTo(key.bytes().length);
    }

    private static VersionRange random(Random random) {
        List<Interval> intervals = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            intervals.add(new Interval(bound(random), random.nextBoolean(), bound(random), random.nextBoolean()));
        }
        return VersionRange.of(intervals);
    }

    private static Optional<VersionKey> bound(Random random) {
        return random.nextInt(5) == 0 ? Optional.empty() : Optional.of(key(random.nextInt(12)));
    }

    private static VersionKey key(int number) {
        return Scheme.HACKAGE.key(String.valueOf(number)).orElseThrow();
    }
}
