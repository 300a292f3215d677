package dev.holdfast.sensor.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostGroupsTest {
    private final HostGroups groups = new HostGroups();

    private List<Long> at(int place) {
        ByteBuffer bytes = ByteBuffer.wrap(groups.at(place)).order(ByteOrder.nativeOrder());
        List<Long> found = new ArrayList<>(List.of(bytes.getLong(), bytes.getLong()));
        assertThat(bytes.hasRemaining()).isFalse();
        found.removeIf(each -> each == 0);
        return found;
    }

    private boolean has(long group) {
        return at(HostGroups.place(group)).contains(group);
    }

    /** Numbers of groups of a machine with 65 of them, and of one whose kernel counts generations. */
    @Test
    void placesAreThoseOfTheKernelsPrograms() {
        assertThat(HostGroups.place(1)).isEqualTo(0x9e3);
        assertThat(HostGroups.place(2)).isEqualTo(0x3c6);
        assertThat(HostGroups.place(0)).isZero();
        assertThat(HostGroups.place(-1)).isBetween(0, 4095);
    }

    @Test
    void isEmptyAtFirst() {
        for (int place = 0; place < 4096; place++) {
            assertThat(at(place)).isEmpty();
        }
        assertThat(groups.add(0)).as("no group has this number").isFalse();
        assertThat(groups.remove(7)).isFalse();
    }

    @Test
    void holdsNearlyAllGroupsOfAMachine() {
        int held = 0;
        for (long group = 1; group < 50 * 300; group += 50) {
            groups.add(group);
        }
        for (long group = 1; group < 50 * 300; group += 50) {
            held += has(group) ? 1 : 0;
        }
        assertThat(held).isEqualTo(300);
    }

    /** What is left out by mistake would be an alert that nobody gets: so a place never holds what was not put there, or was taken out. */
    @Test
    void neverHoldsAnythingElse() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        Set<Long> added = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            long group = 1L + random.nextInt(20_000);
            if (random.nextBoolean()) {
                groups.add(group);
                added.add(group);
                assertThat(has(group)).isTrue();
            } else {
                groups.remove(group);
                added.remove(group);
            }
            if (i % 16 == 0) {
                List<Long> held = at(HostGroups.place(group));
                assertThat(held.stream().allMatch(added::contains))
                        .as("seed %d", seed)
                        .isTrue();
                assertThat(held).as("seed %d", seed).doesNotHaveDuplicates();
            }
        }
    }
}
