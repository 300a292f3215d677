package dev.holdfast.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.SourceTerms.Use;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.core.Gap;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTermsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    @Test
    void everyFeedHasTerms() {
        for (Feed feed : Feeds.all()) {
            assertThat(SourceTerms.of(feed.name()).licence()).as(feed.name()).isNotEqualTo("unknown");
            assertThat(SourceTerms.of(feed.name()).attribution())
                    .as(feed.name())
                    .isNotEmpty();
        }
    }

    @Test
    void sourceIsTooOldOnlyAfterItsUsefulAge() {
        assertThat(Staleness.gap(source("debian-tracker", "2026-11-11"), TODAY)).isEmpty();
        assertThat(Staleness.gap(source("debian-tracker", "2026-11-10"), TODAY))
                .contains(new Gap(
                        Gap.Code.STALE_SOURCE,
                        "debian-tracker",
                        "is 15 days old (2026-11-10), too old after 14 days; run: holdfast db update"));
        assertThat(Staleness.gap(source("epss", "2026-11-17"), TODAY)).isPresent();
        assertThat(Staleness.gap(source("distro-info", "2026-01-01"), TODAY)).isEmpty();
    }

    @Test
    void sourceWithoutDayOrFromTheFutureIsAGapToo() {
        assertThat(Staleness.gaps(List.of(source("kev", ""), source("nvd", "2026-11-26")), TODAY))
                .extracting(Gap::subject)
                .containsExactly("kev", "nvd");
    }

    @Test
    void archiveDoesNotAge() {
        assertThat(SourceTerms.of("victims").use()).isEqualTo(Use.ARCHIVE);
        assertThat(Staleness.gap(source("victims", "2019-01-01"), TODAY)).isEmpty();
    }

    private static Source source(String name, String date) {
        return new Source(name, date, "", "", 1, 0);
    }
}
