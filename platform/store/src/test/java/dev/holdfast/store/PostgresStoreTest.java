package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreContract {
    @Override
    StoreSettings freshSettings() {
        return RealPostgres.freshDatabase();
    }

    @Test
    void twoServersShareOneStore() throws Exception {
        StoreSettings settings = RealPostgres.freshDatabase();
        try (Store one = Store.open(settings);
                Store other = Store.open(settings)) {
            one.scans().want("web:1", "", NOW);
            WantedScan taken =
                    other.scans().take(java.time.Duration.ofMinutes(1), NOW).orElseThrow();
            assertThat(one.scans().take(java.time.Duration.ofMinutes(1), NOW)).isEmpty();
            assertThat(other.scans().done(taken)).isTrue();
        }
    }

    @Test
    void saysThatTheServerIsAwayAndNotThePassword() {
        StoreSettings nobody =
                new StoreSettings("postgresql://127.0.0.1:1/holdfast?ssl=false", "ann", "correct-horse-battery");
        assertThatThrownBy(() -> Store.open(nobody))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "the store postgresql://127.0.0.1:1/holdfast: could not bring its tables up to date")
                .hasMessageNotContaining("correct-horse-battery");
    }
}
