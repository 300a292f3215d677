package dev.holdfast.watch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.watch.Alerts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Throttle.Limit A_MINUTE = new Throttle.Limit(Duration.ofSeconds(60), 0, 0);

    @Test
    void tellsEverythingWithoutALimit() {
        Throttle throttle = new Throttle(Throttle.Limit.NONE);
        assertThat(throttle.offer(Alerts.at(0, "a", "sh"))).hasSize(1);
        assertThat(throttle.offer(Alerts.at(0, "a", "sh"))).hasSize(1);
        assertThat(throttle.end()).isEmpty();
    }

    @Test
    void tellsWhatRepeatsByOneThatStandsForTheOthers() {
        Throttle throttle = new Throttle(A_MINUTE);
        assertThat(throttle.offer(Alerts.at(0, "a", "sh"))).hasSize(1);
        assertThat(throttle.offer(Alerts.at(10_000, "a", "sh"))).isEmpty();
        assertThat(throttle.offer(Alerts.at(20_000, "a", "sh"))).isEmpty();
        assertThat(throttle.offer(Alerts.at(20_000, "a", "bash")))
                .as("another process")
                .hasSize(1);
        assertThat(throttle.offer(Alerts.at(61_000, "a", "sh")))
                .extracting(Alert::heldBack)
                .containsExactly(2L, 0L);
    }

    @Test
    void tellsAtTheEndWhatItStillHolds() {
        Throttle throttle = new Throttle(A_MINUTE);
        throttle.offer(Alerts.at(0, "a", "sh"));
        throttle.offer(Alerts.at(1, "a", "sh"));
        assertThat(throttle.end()).extracting(Alert::heldBack).containsExactly(1L);
        assertThat(throttle.end()).isEmpty();
    }

    @Test
    void keepsTheRateOfARule() {
        Throttle throttle = new Throttle(new Throttle.Limit(Duration.ZERO, 1, 2));
        List<Alert> told = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            told.addAll(throttle.offer(Alerts.at(i, "a", "sh")));
        }
        assertThat(told).hasSize(2);
        assertThat(throttle.offer(Alerts.at(0, "b", "sh"))).as("another rule").hasSize(1);
        assertThat(throttle.offer(Alerts.at(2_000, "a", "sh")))
                .extracting(Alert::heldBack)
                .containsExactly(3L, 0L);
    }

    /** What was held back is told when its time has come, although nothing like it comes again. */
    @Test
    void tellsInSilence() {
        Throttle grouped = new Throttle(A_MINUTE);
        grouped.offer(Alerts.at(0, "a", "sh"));
        grouped.offer(Alerts.at(1, "a", "sh"));
        long start = Alerts.at(0, "a", "sh").time();
        assertThat(grouped.isDue(start + 59_000_000_000L)).isFalse();
        assertThat(grouped.isDue(start + 60_000_000_000L)).isTrue();
        assertThat(grouped.pass(start + 60_000_000_000L))
                .extracting(Alert::heldBack)
                .containsExactly(1L);
        assertThat(grouped.end()).isEmpty();

        Throttle slow = new Throttle(new Throttle.Limit(Duration.ZERO, 1, 1));
        for (int i = 0; i < 3; i++) {
            slow.offer(Alerts.at(0, "a", "sh"));
        }
        assertThat(slow.isDue(start + 900_000_000L)).isFalse();
        assertThat(slow.pass(start + 1_000_000_000L))
                .extracting(Alert::heldBack)
                .containsExactly(2L);
        assertThat(slow.isDue(Long.MAX_VALUE - 1)).isFalse();
    }

    /** Whatever the limits and the times: each alert is told, or counted by one that is. */
    @Test
    void losesNone() {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Throttle throttle = new Throttle(new Throttle.Limit(
                    Duration.ofMillis(random.nextInt(50)), random.nextInt(3) * 40.0, random.nextInt(4)));
            int offered = random.nextInt(200);
            long covered = 0;
            long time = 0;
            for (int i = 0; i < offered; i++) {
                time += random.nextInt(20) - 4;
                long now = Alerts.at(time, "", "").time();
                if (throttle.isDue(now)) {
                    for (Alert alert : throttle.pass(now)) {
                        covered += alert.heldBack();
                    }
                }
                for (Alert alert :
                        throttle.offer(Alerts.at(time, "rule " + random.nextInt(3), "process " + random.nextInt(3)))) {
                    covered += alert.heldBack() == 0 ? 1 : alert.heldBack();
                }
            }
            for (Alert alert : throttle.end()) {
                covered += alert.heldBack();
            }
            assertThat(covered).as("seed %s, round %s", seed, round).isEqualTo(offered);
        }
    }
}
