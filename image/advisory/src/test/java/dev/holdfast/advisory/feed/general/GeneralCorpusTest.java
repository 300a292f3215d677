package dev.holdfast.advisory.feed.general;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.Feeds;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Corpus;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The figures that the corpus is known to hold, counted from what the importers make of it. */
class GeneralCorpusTest {
    @Test
    void readsEveryExploitedVulnerabilityAlikeFromJsonAndCsv() throws Exception {
        Collected kev = Corpus.read("kev.tar.zst", Feeds.all());
        assertThat(kev.exploited).hasSize(2 * 1_404);
        assertThat(new HashSet<>(kev.exploited)).hasSize(1_404);
        assertThat(kev.days).containsExactly("2025-08-25");
        assertThat(kev.exploited).contains(new Exploited("CVE-2021-44228", "2021-12-10", true));
    }

    @Test
    void readsEveryExploitScore() throws Exception {
        Collected epss = Corpus.read("epss_scores-2026-08-16.csv.gz", Feeds.all());
        assertThat(epss.dropped).isEmpty();
        assertThat(epss.scores.size()).isEqualTo(360_142);
        assertThat(epss.days).containsExactly("2026-08-16");
        assertThat(epss.scores.getFirst()).isEqualTo(new ExploitScore("CVE-1999-0001", 0.03351, 0.8765));
    }

    @Test
    void readsEveryEntryOfTheNvd() throws Exception {
        Collected nvd = Corpus.read("nvd-legacy-1.1-2022.json.zst", Feeds.all());
        assertThat(nvd.advisories.size()).isEqualTo(15_454);
        assertThat(nvd.advisories.stream().filter(Advisory::withdrawn).count()).isEqualTo(196);
        assertThat(nvd.statements.size()).isEqualTo(13_823);
        assertThat(nvd.dropped.size()).isEqualTo(6); // Cisco's "12.5(1)" up to "12.5(1)su6", and such
        assertThat(nvd.days).containsExactly("2022-10-20");
    }

    @Test
    void readsEveryVexStatement() throws Exception {
        Collected aqua = Corpus.read("vexhub-aqua.tar.zst", OpenVexFeed.all());
        // 15,304 statements, some about several products or parts of them.
        assertThat(aqua.exonerations.size()).isEqualTo(15_546);
        Collected rancher = Corpus.read("vexhub-rancher.tar.zst", OpenVexFeed.all());
        assertThat(rancher.dropped.size()).isEqualTo(15); // "[ERROR] CVE type not mapped" where a part should be
        assertThat(rancher.exonerations.size() + rancher.dropped.size()).isEqualTo(296_659);
        assertThat(rancher.exonerations).allMatch(it -> it.status().equals("not_affected"));
        assertThat(rancher.exonerations).allMatch(it -> it.author().equals("Rancher Security team"));
    }

    @Test
    void readsEveryReleaseOfEveryProduct() throws Exception {
        Collected ends = Corpus.read("endoflife-date.tar.zst", Feeds.all());
        assertThat(ends.dropped).isEmpty();
        Set<String> products = new HashSet<>();
        for (Lifecycle lifecycle : ends.lifecycles) {
            products.add(lifecycle.product());
        }
        // 464 products, one of them of two identifiers.
        assertThat(products.size()).isEqualTo(465);
        // 8,351 cycles, and CentOS Stream 9 and 10 under the name that they give themselves.
        assertThat(ends.lifecycles.size()).isEqualTo(8_351 + 2);
        assertThat(ends.lifecycles)
                .contains(
                        new Lifecycle("alpine", "3.22", "", "2025-05-30", "2027-05-01", ""),
                        new Lifecycle("debian", "12", "Bookworm", "2023-06-10", "2026-07-11", "2028-06-30"),
                        new Lifecycle("ubuntu", "25.04", "Plucky Puffin", "2025-04-17", "2026-01-17", ""),
                        new Lifecycle("rhel", "9", "", "2022-05-18", "2032-05-31", "2036-05-31"),
                        new Lifecycle("rocky", "9", "", "2022-07-14", "2032-05-31", ""),
                        new Lifecycle("amzn", "2023", "", "2023-03-01", "2029-06-30", ""),
                        new Lifecycle("ol", "9", "", "2022-07-06", "2032-06-30", "2035-06-30"),
                        new Lifecycle("opensuse-leap", "15.6", "", "2024-06-12", "2026-04-30", ""));
    }
}
