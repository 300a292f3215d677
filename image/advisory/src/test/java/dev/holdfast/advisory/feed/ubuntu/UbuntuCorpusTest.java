package dev.holdfast.advisory.feed.ubuntu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Corpus;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.advisory.feed.Feed.FeedFile;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.Limits;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The figures that the corpus is known to hold, counted from what the importer makes of it. */
class UbuntuCorpusTest {
    private final Feed feed = new UbuntuTracker();
    private final Map<String, Integer> words = new TreeMap<>();
    private final Set<String> packages = new HashSet<>();
    private final Collected facts = new Collected();

    @Test
    void readsEveryFileAndStateOfTheTracker() throws Exception {
        Corpus.walk("ubuntu-cve-tracker.tar.zst", (path, bytes) -> {
            byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, 4_096));
            if (feed.recognises(path, head)) {
                TrackerFile file =
                        TrackerFile.read(new FeedFile(path, new ByteArrayInputStream(bytes), Limits.DEFAULT));
                count(file);
                UbuntuTracker.state(file, facts);
            }
        });
        assertThat(facts.advisories).hasSize(47_152);
        assertThat(packages).hasSize(5_054);
        assertThat(words)
                .containsEntry("released", 216_082)
                .containsEntry("not-affected", 386_235)
                .containsEntry("ignored", 349_945)
                .containsEntry("deferred", 3_339)
                .containsEntry("pending", 1_846)
                .containsEntry("needed", 18_717)
                .containsEntry("needs-triage", 72_687);
        assertThat(words.values().stream().mapToInt(it -> it).sum()).isEqualTo(1_048_851);
        assertThat(facts.statements).hasSize(639_132);
        assertThat(facts.dropped).hasSize(6).allMatch(it -> it.endsWith("released without a version"));
        statesTheFixOfAPocketBesideTheRelease();
    }

    /** OpenSSL's X.400 confusion, as the file reads. */
    private void statesTheFixOfAPocketBesideTheRelease() {
        Statements trusty = new Statements("CVE-2023-0286", "ubuntu:14.04", "openssl", Qualifiers.NONE, "high");
        Statements pocket = new Statements(
                "CVE-2023-0286", "ubuntu:14.04", "openssl", new Qualifiers("", List.of(), "esm"), "high");
        String fix = "1.0.1f-1ubuntu2.27+esm6";
        assertThat(facts.statements)
                .contains(
                        trusty.below(Status.END_OF_LIFE, fix),
                        pocket.fixedIn(fix),
                        Statements.of("CVE-2023-0286", "ubuntu:22.04", "openssl", "high")
                                .fixedIn("3.0.2-0ubuntu1.8"),
                        Statements.of("CVE-2023-0286", "ubuntu:22.04", "edk2", "low")
                                .ofEvery(Status.UNDER_INVESTIGATION),
                        Statements.of("CVE-2023-0286", "ubuntu:22.04", "nodejs", "high")
                                .fixedIn("12.22.9~dfsg-1ubuntu3.3"))
                .noneMatch(it -> it.qualifiers().repository().startsWith("fips"));
    }

    private void count(TrackerFile file) {
        file.packages()
                .forEach((name, states) -> states.forEach((release, state) -> {
                    if (!state.isSilent() && !release.equals("upstream")) {
                        words.merge(state.word(), 1, Integer::sum);
                        packages.add(name);
                    }
                }));
    }
}
