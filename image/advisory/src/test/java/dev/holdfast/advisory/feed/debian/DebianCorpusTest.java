package dev.holdfast.advisory.feed.debian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Corpus;
import dev.holdfast.advisory.feed.DistroInfo;
import dev.holdfast.advisory.feed.TextLines;
import dev.holdfast.core.Limits;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The figures that the corpus is known to hold, counted from what the importers make of it. */
class DebianCorpusTest {
    @Test
    void readsEveryBulletinOfTheLists() throws Exception {
        Collected lists = Corpus.read("debian-tracker-lists.tar.zst", List.of(new DebianBulletins()));
        assertThat(lists.advisories)
                .filteredOn(it -> it.id().startsWith("DSA-"))
                .hasSize(5_406);
        assertThat(lists.advisories)
                .filteredOn(it -> it.id().startsWith("DLA-"))
                .hasSize(3_534);
        assertThat(lists.dropped).isEmpty();
        Set<String> flaws = new TreeSet<>();
        for (Advisory advisory : lists.advisories) {
            if (!advisory.id().startsWith("DTSA-")) {
                flaws.addAll(advisory.bundled());
            }
        }
        assertThat(flaws).hasSize(18_317);
    }

    @Test
    void readsEveryFixOfTheLists() throws Exception {
        int[] lines = new int[1];
        Set<String> packages = new TreeSet<>();
        Corpus.walk("debian-tracker-lists.tar.zst", (path, bytes) -> {
            if (path.endsWith("DSA/list") || path.endsWith("DLA/list")) {
                TextLines text = new TextLines(new ByteArrayInputStream(bytes), Limits.DEFAULT);
                while (text.advance()) {
                    Optional<PackageNote> note = PackageNote.parse(text.text().strip())
                            .filter(it -> it.codename().isPresent());
                    lines[0] += note.isPresent() ? 1 : 0;
                    note.filter(PackageNote::isFixed).ifPresent(it -> packages.add(it.packageName()));
                }
            }
        });
        assertThat(lines[0]).isEqualTo(10_523);
        assertThat(packages).hasSize(2_108);
    }

    @Test
    void readsEveryFixOfTheChangelogs() throws Exception {
        Collected fixes = Corpus.read(
                "debian-bookworm-changelog-fixes.json.zst", List.of(new DebianTracker("debian-tracker", "")));
        assertThat(fixes.statements)
                .hasSize(1_831)
                .allMatch(it -> it.namespace().equals("debian:12") && it.status() == Status.FIXED);
        assertThat(fixes.dropped).isEmpty();
        assertThat(fixes.days).containsExactly("2026-11-19");
    }

    @Test
    void readsTheLifecycles() throws Exception {
        Collected lives =
                Corpus.read("debian-ubuntu-lifecycle.tar.zst", List.of(new DistroInfo(), new DebianSupport()));
        assertThat(lives.lifecycles)
                .contains(
                        new Lifecycle("debian", "12", "bookworm", "2023-06-10", "2026-07-11", "2028-06-30"),
                        new Lifecycle("debian", "6", "squeeze", "2011-02-06", "2014-05-31", "2016-02-29"),
                        new Lifecycle("debian", "sid", "sid", "", "", ""),
                        new Lifecycle("ubuntu", "22.04", "jammy", "2022-04-21", "2027-06-01", "2032-04-21"),
                        new Lifecycle("ubuntu", "23.10", "mantic", "2023-10-12", "2024-07-11", ""));
        assertThat(lives.advisories).allMatch(it -> it.kind() == Kind.UNMAINTAINED);
        assertThat(lives.statements)
                .filteredOn(it -> it.packageName().equals("wolfssl"))
                .singleElement()
                .satisfies(it -> assertThat(it.status()).isEqualTo(Status.END_OF_LIFE));
        assertThat(lives.dropped).as("names that are patterns").hasSize(2);
    }
}
