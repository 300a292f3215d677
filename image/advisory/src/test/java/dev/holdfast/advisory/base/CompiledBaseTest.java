package dev.holdfast.advisory.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.KnownAdvisory;
import dev.holdfast.advisory.KnownStatement;
import dev.holdfast.advisory.NamespaceScheme;
import dev.holdfast.advisory.Source;
import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Advisory.Kind;
import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.version.VersionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledBaseTest {
    @TempDir
    Path folder;

    private CompiledBase base;

    @BeforeEach
    void compile() throws Exception {
        Path file = Facts.small().write(folder.resolve("small.hfdb"));
        BaseVerifier.verify(file);
        base = CompiledBase.open(file);
    }

    @AfterEach
    void close() {
        base.close();
    }

    @Test
    void findsEveryStatementAboutAPackage() {
        List<KnownStatement> about = base.about("debian:12", "openssl");

        assertThat(about).extracting(KnownStatement::advisory).containsExactly("CVE-2024-0001", "CVE-2024-0002");
        assertThat(about.getFirst().ranges()).containsExactly(Range.below("3.0.11-1"));
        assertThat(about.getFirst().fixedIn()).containsExactly("3.0.11-1");
        assertThat(about.getFirst().source().name()).isEqualTo("debian-tracker");
        assertThat(about.getLast().status()).isEqualTo(Status.UNFIXED);
        assertThat(base.about("debian:13", "openssl")).isEmpty();
        assertThat(base.about("debian:12", "openssh")).isEmpty();
        assertThat(base.speaksOf("debian:12")).isTrue();
        assertThat(base.speaksOf("debian:13")).isFalse();
    }

    @Test
    void comparesVersionsWithRangesAndSingleVersions() {
        KnownStatement statement = base.about("maven", "org.example:lib").getFirst();

        assertThat(List.of("0.5", "0.7", "1.0", "1.5", "1.9", "2.0", "2.3.9"))
                .allSatisfy(inside ->
                        assertThat(statement.covers(key("maven", inside))).isTrue());
        assertThat(List.of("0.4", "0.6", "0.9", "1.9.1", "2.4", "3"))
                .allSatisfy(outside ->
                        assertThat(statement.covers(key("maven", outside))).isFalse());
    }

    @Test
    void coversEveryVersionWhereTheStatementNamesNone() {
        assertThat(base.about("debian:12", "openssl").getLast().covers(key("debian:12", "99")))
                .isTrue();
    }

    @Test
    void keepsWhatNarrowsAStatement() {
        KnownStatement statement = base.about("almalinux:8", "nodejs").getFirst();

        assertThat(statement.qualifiers()).isEqualTo(new Qualifiers("nodejs:18", List.of("aarch64", "x86_64"), ""));
        assertThat(statement.rating()).isEqualTo("important");
    }

    @Test
    void tellsWhichNamespacesListFlawsThatAreNotFixed() {
        assertThat(base.tellsUnfixed("debian:12")).isTrue();
        assertThat(base.tellsUnfixed("debian:11")).isFalse();
        assertThat(base.tellsUnfixed("nowhere")).isFalse();
    }

    @Test
    void bringsTogetherWhatSourcesSayOfAFlawUnderSeveralNames() {
        KnownAdvisory advisory = base.advisory("CVE-2024-0004").orElseThrow();

        assertThat(advisory.aliases()).containsExactly("GHSA-aaaa-bbbb-cccc", "GO-2024-0001");
        assertThat(advisory.published()).isEqualTo("2024-01-05");
        assertThat(advisory.modified()).isEqualTo("2024-01-09");
        assertThat(advisory.ratings())
                .containsExactly(new Rating("ghsa", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "critical"));
        assertThat(advisory.weaknesses()).containsExactly("CWE-20", "CWE-79");
        assertThat(base.under("CVE-2024-0004"))
                .extracting(KnownStatement::toString)
                .containsExactly(
                        "GO-2024-0001 golang example.org/lib UNFIXED",
                        "GHSA-aaaa-bbbb-cccc maven org.example:lib FIXED");
    }

    @Test
    void findsABulletinByTheFlawsItCloses() {
        assertThat(base.under("CVE-2024-0003"))
                .extracting(KnownStatement::advisory)
                .containsExactly("ALSA-2024:0010");
        assertThat(base.advisory("CVE-2024-0003").orElseThrow().aliases()).isEmpty();
        assertThat(base.advisory("ALSA-2024:0010").orElseThrow().bundled())
                .containsExactly("CVE-2024-0001", "CVE-2024-0003");
        assertThat(base.under("CVE-2024-0001")).hasSize(3);
        assertThat(base.under("CVE-1999-0001")).isEmpty();
        assertThat(base.advisory("CVE-1999-0001")).isEmpty();
    }

    @Test
    void callsAnIdentifierWithdrawnWhenAllWhoDescribeItTookItBack() throws Exception {
        Advisory live = Facts.advisory("GHSA-1");
        Advisory dead =
                new Advisory("GHSA-1", Kind.VULNERABILITY, List.of(), List.of(), "", "", true, List.of(), List.of());
        Path one = new Facts().add("a", to -> to.accept(dead)).write(folder.resolve("one"));
        Path two = new Facts()
                .add("a", to -> to.accept(dead))
                .add("b", to -> to.accept(live))
                .write(folder.resolve("two"));

        try (CompiledBase first = CompiledBase.open(one);
                CompiledBase second = CompiledBase.open(two)) {
            assertThat(first.advisory("GHSA-1").orElseThrow().withdrawn()).isTrue();
            assertThat(second.advisory("GHSA-1").orElseThrow().withdrawn()).isFalse();
        }
    }

    @Test
    void knowsExploitationAndScores() {
        assertThat(base.exploited("CVE-2024-0004")).contains(new Exploited("CVE-2024-0004", "2024-01-20", true));
        assertThat(base.exploited("CVE-2023-9999")).contains(new Exploited("CVE-2023-9999", "2023-12-01", false));
        assertThat(base.exploited("CVE-2024-0001")).isEmpty();
        assertThat(base.score("CVE-2024-0004")).contains(new ExploitScore("CVE-2024-0004", 0.97531, 0.99999));
        assertThat(base.score("CVE-2023-1007")).contains(new ExploitScore("CVE-2023-1007", 0.001, 0.005));
        assertThat(base.score("CVE-2023-2400")).contains(new ExploitScore("CVE-2023-2400", 0.2, 1));
        assertThat(base.score("CVE-2023-1008")).isEmpty();
        assertThat(base.score("CVE-1999-0001")).isEmpty();
        assertThat(base.score("GHSA-aaaa-bbbb-cccc")).isEmpty();
    }

    @Test
    void takesTheNewestEditionOfAListThatIsReplacedWhole() throws Exception {
        Facts facts = new Facts()
                .add("epss", to -> {
                    to.dated("2024-01-02");
                    to.accept(new ExploitScore("CVE-2020-0001", 0.2, 0.2));
                })
                .add("epss", to -> {
                    to.dated("2024-01-01");
                    to.accept(new ExploitScore("CVE-2020-0001", 0.1, 0.1));
                    to.accept(new ExploitScore("CVE-2020-0002", 0.1, 0.1));
                });

        try (CompiledBase newest = CompiledBase.open(facts.write(folder.resolve("epss")))) {
            assertThat(newest.score("CVE-2020-0001").orElseThrow().probability())
                    .isEqualTo(0.2);
            assertThat(newest.score("CVE-2020-0002")).isEmpty();
            assertThat(newest.sources().getFirst().date()).isEqualTo("2024-01-02");
        }
    }

    @Test
    void prefersTheFirstSourceOfALifecycleAndSortsReleasesByDate() {
        assertThat(base.lifecycle("debian", "12").orElseThrow().codename()).isEqualTo("bookworm");
        assertThat(base.lifecycles("debian")).extracting(Lifecycle::release).containsExactly("9", "12");
        assertThat(base.lifecycle("debian", "13")).isEmpty();
        assertThat(base.lifecycles("beos")).isEmpty();
    }

    @Test
    void findsVexStatementsByProductAndBySubcomponent() {
        assertThat(base.exonerations("golang", "example.org/lib"))
                .extracting(Exoneration::advisory)
                .containsExactlyInAnyOrder("CVE-2024-0004", "CVE-2024-0005");
        assertThat(base.exonerations("golang", "example.org/app"))
                .extracting(Exoneration::subcomponent)
                .containsExactly("pkg:golang/example.org/lib@v0.9.0");
        assertThat(base.exonerations("golang", "example.org/lib", "CVE-2024-0005"))
                .extracting(Exoneration::status)
                .containsExactly("fixed");
        assertThat(base.exonerations("npm", "lib")).isEmpty();
    }

    @Test
    void describesItsSources() {
        assertThat(base.sources())
                .extracting(Source::name)
                .containsExactly(
                        "almalinux",
                        "debian-tracker",
                        "distro-info",
                        "endoflife-date",
                        "epss",
                        "ghsa",
                        "go-vulndb",
                        "kev",
                        "vex");
        assertThat(base.sources().get(0))
                .isEqualTo(new Source("almalinux", "2024-02-03", "CC0-1.0", "credit almalinux", 2, 0));
        assertThat(base.sources().get(4).records()).isEqualTo(201);
        assertThat(base.sources().get(1).date()).isEqualTo("2024-03-01");
    }

    @Test
    void countsWhatItCannotCompare() throws Exception {
        Facts facts = new Facts()
                .add("a", to -> to.accept(Facts.fixed("CVE-2020-0001", "cpe", "vendor:product", "...")))
                .add("a", to -> to.accept(new ExploitScore("CVE-2020-1", 0.5, 0.5)))
                .add("a", to -> to.accept(new ExploitScore("CVE-2020-0001", 1.5, 0.5)))
                .add("a", to -> to.accept(new Exoneration("CVE-2020-0001", "no purl", "", "fixed", "", "")))
                .add("a", to -> to.accept(Facts.advisory("x".repeat(5_000))));
        Compilation compilation = facts.compilation();

        try (CompiledBase dropped = CompiledBase.open(Files.write(folder.resolve("d"), Facts.bytes(compilation)))) {
            assertThat(dropped.about("cpe", "vendor:product")).isEmpty();
            assertThat(dropped.sources().getFirst().dropped()).isEqualTo(5);
            assertThat(dropped.sources().getFirst().records()).isZero();
        }
        assertThat(compilation.droppedExamples())
                .contains("a: CVE-2020-0001 cpe vendor:product: \"...\" is not a generic version");
    }

    @Test
    void opensABaseWithoutAnyFact() throws Exception {
        Path file = new Facts().write(folder.resolve("empty"));
        BaseVerifier.verify(file);
        try (CompiledBase empty = CompiledBase.open(file)) {
            assertThat(empty.about("debian:12", "openssl")).isEmpty();
            assertThat(empty.under("CVE-2024-0001")).isEmpty();
            assertThat(empty.score("CVE-2024-0001")).isEmpty();
            assertThat(empty.exploited("CVE-2024-0001")).isEmpty();
            assertThat(empty.lifecycles("debian")).isEmpty();
            assertThat(empty.exonerations("golang", "stdlib")).isEmpty();
            assertThat(empty.sources()).isEmpty();
        }
    }

    @Test
    void sameFactsInAnyOrderGiveTheSameBytes() throws IOException {
        long seed = Long.getLong("holdfast.seed", 1);
        byte[] expected = Facts.small().bytes();
        for (int round = 0; round < 20; round++) {
            Facts shuffled = new Facts();
            List<Facts.Given> order = new ArrayList<>(Facts.small().list());
            order.addAll(order.subList(0, round % order.size())); // said twice is said once
            Collections.shuffle(order, new Random(seed + round));
            order.forEach(one -> shuffled.add(one.source(), one.fact()));

            assertThat(shuffled.bytes()).as("seed %d", seed + round).isEqualTo(expected);
        }
    }

    @Test
    void replayedFactsGiveTheSameBytes() throws Exception {
        assertThat(Facts.bytes(new Replay(base).without(Set.of())))
                .isEqualTo(Facts.small().bytes());
    }

    @Test
    void withoutASourceTheBaseIsAsIfItHadNeverBeen() throws Exception {
        Facts rest = new Facts();
        Facts.small().list().stream()
                .filter(one -> !one.source().equals("ghsa"))
                .forEach(one -> rest.add(one.source(), one.fact()));

        assertThat(Facts.bytes(new Replay(base).without(Set.of("ghsa")))).isEqualTo(rest.bytes());
    }

    private static VersionKey key(String namespace, String version) {
        return NamespaceScheme.of(namespace).key(version).orElseThrow();
    }
}
