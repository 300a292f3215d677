package dev.holdfast.advisory.feed.osv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class OsvRecordTest {
    @Test
    void sortsEventsThatComeInAnyOrder() throws Exception {
        Statement statement = only("PyPI", """
                "ranges": [{"type": "ECOSYSTEM", "events": [
                    {"introduced": "4.0"}, {"fixed": "3.2.5"}, {"introduced": "0"}, {"fixed": "4.0.1"}]}]""");
        assertThat(statement.ranges()).containsExactly(Range.below("3.2.5"), new Range("4.0", true, "4.0.1", false));
        assertThat(statement.fixedIn()).containsExactly("3.2.5", "4.0.1");
        assertThat(statement.status()).isEqualTo(Status.FIXED);
    }

    @Test
    void leavesARangeWithoutAFixOpen() throws Exception {
        Statement statement = only("Go", """
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]""");
        assertThat(statement.ranges()).containsExactly(Range.ALL);
        assertThat(statement.status()).isEqualTo(Status.UNFIXED);
        assertThat(statement.namespace()).isEqualTo("golang");
    }

    @Test
    void countsTheLastAffectedVersionIn() throws Exception {
        Statement statement = only("Bitnami", """
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "5.0.0"}, {"last_affected": "5.15.11"}]}]""");
        assertThat(statement.ranges()).containsExactly(new Range("5.0.0", true, "5.15.11", true));
        assertThat(statement.fixedIn()).isEmpty();
    }

    @Test
    void aVersionIntroducedAndLastAffectedIsThatOne() throws Exception {
        Statement statement = only("npm", """
                "ranges": [{"type": "SEMVER", "events": [{"last_affected": "1.0.4"}, {"introduced": "1.0.4"}]}]""");
        assertThat(statement.ranges()).containsExactly(new Range("1.0.4", true, "1.0.4", true));
    }

    @Test
    void goesOnWhereItIsFixedAndIntroducedAtOnce() throws Exception {
        Statement statement = only("npm", """
                "ranges": [{"type": "SEMVER", "events": [
                    {"introduced": "1.0.0"}, {"fixed": "2.0.0"}, {"introduced": "2.0.0"}, {"fixed": "2.3.0"}]}]""");
        assertThat(statement.ranges()).containsExactly(new Range("1.0.0", true, "2.3.0", false));
        assertThat(statement.fixedIn()).containsExactly("2.3.0");
    }

    @Test
    void endsAtTheLimit() throws Exception {
        Statement statement = only("npm", """
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "1.0.0"}, {"limit": "2.0.0"}]}]""");
        assertThat(statement.ranges()).containsExactly(new Range("1.0.0", true, "2.0.0", false));
    }

    @Test
    void neverTakesAnEmptyRangeForEveryVersion() throws Exception {
        Collected facts = record("Debian:12", """
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "0"}]}]""");
        assertThat(facts.statements).isEmpty();
        assertThat(facts.dropped).hasSize(1);
    }

    @Test
    void usesTheListOfVersionsWhereRangesAreOfCommits() throws Exception {
        Statement statement = only("PyPI", """
                "ranges": [{"type": "GIT", "repo": "https://x", "events": [{"introduced": "0"}, {"fixed": "abcdef"}]}],
                "versions": ["1.0", "1.1"]""");
        assertThat(statement.ranges()).isEmpty();
        assertThat(statement.versions()).containsExactly("1.0", "1.1");
    }

    @Test
    void usesTheListOfVersionsWhereRangesCannotBeOrdered() throws Exception {
        Statement statement = only("PyPI", """
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "the next one"}]}],
                "versions": ["1.0"]""");
        assertThat(statement.ranges()).isEmpty();
        assertThat(statement.versions()).containsExactly("1.0");
    }

    @Test
    void keepsOnlyListedVersionsOutsideTheRanges() throws Exception {
        Statement statement = only("PyPI", """
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.0"}, {"fixed": "2.0"}]}],
                "versions": ["0.9", "1.0", "1.5", "2.0"]""");
        assertThat(statement.versions()).containsExactly("0.9", "2.0");
    }

    @Test
    void dropsAnEntryOfWhichNoVersionCanBeTold() throws Exception {
        Collected facts = record("PyPI", """
                "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]""");
        assertThat(facts.statements).isEmpty();
        assertThat(facts.dropped).hasSize(1);
        assertThat(facts.advisories).hasSize(1);
    }

    @Test
    void closesGithubsOpenRangesWithTheLastKnownVersion() throws Exception {
        Statement statement = only("npm", """
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "1.0.0"}]}],
                "database_specific": {"last_known_affected_version_range": "<= 1.4.2"}""");
        assertThat(statement.ranges()).containsExactly(new Range("1.0.0", true, "1.4.2", true));
    }

    @Test
    void statesABulletinUnderEachOfItsFlaws() throws Exception {
        Collected facts = read("""
                {"id": "ALSA-2023:6938", "summary": "Moderate: container-tools:4.0 security update",
                 "published": "2023-11-14T00:00:00Z", "modified": "2023-11-23T10:00:00Z",
                 "related": ["CVE-2022-3064", "CVE-2022-41723"],
                 "affected": [{"package": {"ecosystem": "AlmaLinux:8", "name": "buildah"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"},
                     {"fixed": "1:1.24.6-7.module_el8.9.0+3627+db8ec155"}]}]}]}""");
        assertThat(facts.statements).extracting(Statement::advisory).containsExactly("CVE-2022-3064", "CVE-2022-41723");
        assertThat(facts.statements).allSatisfy(statement -> {
            assertThat(statement.namespace()).isEqualTo("almalinux:8");
            assertThat(statement.qualifiers()).isEqualTo(new Qualifiers("?", List.of(), ""));
            assertThat(statement.rating()).isEqualTo("moderate");
        });
        assertThat(facts.advisories)
                .containsExactly(new Advisory(
                        "ALSA-2023:6938",
                        Advisory.Kind.VULNERABILITY,
                        List.of(),
                        List.of("CVE-2022-3064", "CVE-2022-41723"),
                        "2023-11-14",
                        "2023-11-23",
                        false,
                        List.of(new Rating("almalinux", "", "moderate")),
                        List.of()));
    }

    @Test
    void statesADistributionsNameForAFlawUnderTheFlaw() throws Exception {
        Collected facts = read("""
                {"id": "UBUNTU-CVE-2021-3782", "upstream": ["CVE-2021-3782"], "related": ["USN-5614-1"],
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:H"},
                              {"type": "Ubuntu", "score": "medium"}],
                 "affected": [{"package": {"ecosystem": "Ubuntu:Pro:16.04:LTS", "name": "wayland",
                     "purl": "pkg:deb/ubuntu/wayland@1.12?arch=source&distro=esm-infra/xenial"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.12.0-1+esm1"}]}],
                   "ecosystem_specific": {"availability": "Available with Ubuntu Pro (Infra-only): https://ubuntu.com/pro"}}]}""");
        Statement statement = facts.statements.getFirst();
        assertThat(statement.advisory()).isEqualTo("CVE-2021-3782");
        assertThat(statement.qualifiers().repository()).isEqualTo("esm-infra");
        assertThat(statement.rating()).isEqualTo("medium");
        assertThat(facts.advisories.getFirst().aliases()).containsExactly("CVE-2021-3782");
        assertThat(facts.advisories.getFirst().ratings())
                .containsExactly(
                        new Rating("ubuntu", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:H", ""),
                        new Rating("ubuntu", "", "medium"));
    }

    @Test
    void relatedFlawsAreNoAliases() throws Exception {
        Collected facts = read("""
                {"id": "GO-2023-1989", "aliases": ["CVE-2023-1", "GHSA-xxxx"], "related": ["CVE-2023-2222"], "affected": []}""");
        assertThat(facts.advisories.getFirst().aliases()).containsExactly("CVE-2023-1", "GHSA-xxxx");
        assertThat(facts.advisories.getFirst().bundled()).isEmpty();
    }

    @Test
    void keepsWithdrawnRecordsMarked() throws Exception {
        assertThat(read("{\"id\": \"GO-2022-1\", \"withdrawn\": \"2022-11-01T00:00:00Z\"}")
                        .advisories
                        .getFirst()
                        .withdrawn())
                .isTrue();
        assertThat(read("{\"id\": \"PYSEC-2019-156\", \"withdrawn\": \"3001-06-06T10:37:00Z\"}")
                        .advisories
                        .getFirst()
                        .withdrawn())
                .isFalse();
        assertThat(read("{\"id\": \"GO-2022-1\", \"published\": \"0001-01-01T00:00:00Z\"}")
                        .advisories
                        .getFirst()
                        .published())
                .isEmpty();
    }

    @Test
    void knowsWhatIsNoVulnerability() throws Exception {
        assertThat(read("{\"id\": \"MAL-2023-1\"}").advisories.getFirst().kind())
                .isEqualTo(Advisory.Kind.MALWARE);
        assertThat(read("""
                                {"id": "RUSTSEC-2020-1", "affected": [{"package": {"ecosystem": "crates.io", "name": "x"},
                                  "versions": ["1.0.0"], "database_specific": {"informational": "unsound"}}]}""").advisories.getFirst().kind()).isEqualTo(Advisory.Kind.UNSOUND);
    }

    @Test
    void normalisesNamesAsTheEcosystemDoes() throws Exception {
        assertThat(only("PyPI", "\"versions\": [\"1\"]").packageName()).isEqualTo("some-package");
        assertThat(only("NuGet", "\"versions\": [\"1\"]").packageName()).isEqualTo("some_.package");
        assertThat(only("npm", "\"versions\": [\"1.0.0\"]").packageName()).isEqualTo("Some_.Package");
    }

    @Test
    void dropsAnEcosystemThatItDoesNotKnow() throws Exception {
        Collected facts = record("Linux", "\"versions\": [\"1\"]");
        assertThat(facts.statements).isEmpty();
        assertThat(facts.dropped.getFirst()).contains("ecosystem Linux");
    }

    @Test
    void saysWhichRangeItCouldNotOrder() throws Exception {
        Collected facts = record("npm", """
                "ranges": [{"type": "SEMVER", "events": [{"introduced": "nightly"}, {"fixed": "1.0.0"}]},
                    {"type": "SEMVER", "events": [{"introduced": "2.0.0"}, {"fixed": "2.1.0"}]}]""");
        assertThat(facts.statements.getFirst().ranges()).containsExactly(new Range("2.0.0", true, "2.1.0", false));
        assertThat(facts.dropped).hasSize(1);
    }

    /** A few hundred kilobytes of packages and of flaws must not multiply to millions of statements. */
    @Test
    void refusesABulletinThatMultiplies() {
        StringBuilder flaws = new StringBuilder("\"CVE-2020-0000\"");
        StringBuilder packages = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            flaws.append(", \"CVE-2020-").append(10_000 + i).append('"');
            packages.append(i == 0 ? "" : ", ")
                    .append("{\"package\": {\"ecosystem\": \"AlmaLinux:9\", \"name\": \"p")
                    .append(i)
                    .append("\"}, \"versions\": [\"1\"]}");
        }
        assertThatThrownBy(() ->
                        read("{\"id\": \"ALSA-1\", \"related\": [" + flaws + "], \"affected\": [" + packages + "]}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("100000");
    }

    @Test
    void refusesARecordWithoutAnIdentifier() {
        for (String text :
                List.of("{}", "[]", "{\"id\": 7}", "{\"id\": \"\"}", "{\"id\": \"a b\"}", "{\"id\": \"a\\u0000\"}")) {
            assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void bearsMembersOfTheWrongKind() throws Exception {
        Collected facts = read("""
                {"id": "GHSA-1", "aliases": {"a": 1}, "related": "CVE-2020-1111", "severity": "high", "withdrawn": 5,
                 "database_specific": [], "affected": [7, null, [], {"package": "x"}, {"package": {"ecosystem": "npm"}},
                   {"package": {"ecosystem": "npm", "name": "a"}, "ranges": {"events": 1}, "versions": [1, null]},
                   {"package": {"ecosystem": "npm", "name": "b"}, "ranges": [{"events": [null, 4, {"introduced": []}]}]}]}""");
        assertThat(facts.statements).isEmpty();
        assertThat(facts.advisories).hasSize(1);
    }

    private static Statement only(String ecosystem, String members) throws InputException {
        Collected facts = record(ecosystem, members);
        assertThat(facts.dropped).isEmpty();
        assertThat(facts.statements).hasSize(1);
        return facts.statements.getFirst();
    }

    private static Collected record(String ecosystem, String members) throws InputException {
        return read("{\"id\": \"X-1\", \"affected\": [{\"package\": {\"ecosystem\": \"" + ecosystem
                + "\", \"name\": \"Some_.Package\"}, " + members + "}]}");
    }

    private static Collected read(String text) throws InputException {
        Collected facts = new Collected();
        OsvRecord.read("record.json", Json.parse(text, Limits.DEFAULT), facts);
        return facts;
    }
}
