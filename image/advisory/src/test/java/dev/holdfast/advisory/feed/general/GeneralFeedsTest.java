package dev.holdfast.advisory.feed.general;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Exoneration;
import dev.holdfast.advisory.fact.ExploitScore;
import dev.holdfast.advisory.fact.Exploited;
import dev.holdfast.advisory.fact.Lifecycle;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.core.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneralFeedsTest {
    @Test
    void readsScoresAndTheirDay() throws Exception {
        Collected facts = Collected.from(new EpssFeed(), "epss.csv", """
                #model_version:v2023.03.01,score_date:2025-02-20T00:00:00+0000
                cve,epss,percentile
                CVE-1999-0001,0.00383,0.73075
                CVE-1999-0002,1.5,0.1
                CVE-1999-0003,NaN,0.1
                X,0.1,0.1
                CVE-1999-0004,0.1
                """);
        assertThat(facts.scores).containsExactly(new ExploitScore("CVE-1999-0001", 0.00383, 0.73075));
        assertThat(facts.days).containsExactly("2025-02-20");
        assertThat(facts.dropped).hasSize(4);
    }

    @Test
    void refusesScoresUnderOtherColumns() {
        for (String text : List.of(
                "",
                "#model_version:v1,score_date:2024-02-20\ninvalid,header,format\nCVE-2024-6775,0.1,0.1\n",
                "#model_version:v1")) {
            assertThatThrownBy(() -> Collected.from(new EpssFeed(), "epss.csv", text))
                    .isInstanceOf(InputException.class);
        }
    }

    @Test
    void readsAnExploitedEntryWhoseTextHoldsCommasQuotesAndLines() throws Exception {
        Collected facts = Collected.from(new KevFeed(), "kev.csv", """
                cveID,vendorProject,dateAdded,shortDescription,knownRansomwareCampaignUse
                CVE-2021-44228,Apache,2021-12-10,"a, ""b""
                c",Known
                CVE-2024-8068,Citrix,2025-08-25,x,Unknown
                broken
                """.replace("\n", "\r\n"));
        assertThat(facts.exploited)
                .containsExactly(
                        new Exploited("CVE-2021-44228", "2021-12-10", true),
                        new Exploited("CVE-2024-8068", "2025-08-25", false));
        assertThat(facts.dropped).hasSize(1);
    }

    @Test
    void refusesATruncatedCatalog() {
        String text =
                "{\"catalogVersion\": \"1\", \"vulnerabilities\": [{\"cveID\": \"CVE-2021-44228\", \"dateAdded\": \"2021-12-10\"}";
        assertThatThrownBy(() -> Collected.from(new KevFeed(), "kev.json", text))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Collected.from(new KevFeed(), "kev.json", "")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Collected.from(new KevFeed(), "kev.csv", "a,b\n1,2\n"))
                .isInstanceOf(InputException.class);
    }

    @Test
    void readsBothGenerationsOfOpenVex() throws Exception {
        Collected facts = Collected.from(OpenVexFeed.all().getLast(), "x.openvex.json", """
                {"@context": "https://openvex.dev/ns/v0.2.0", "statements": [
                  {"vulnerability": {"name": "CVE-2024-1"}, "status": "not_affected", "justification": "vulnerable_code_not_present",
                   "products": [{"@id": "x", "identifiers": {"purl": "pkg:golang/a/b@v1.0"},
                     "subcomponents": [{"@id": "pkg:golang/c/d"}, {"@id": "[ERROR] type not mapped"}]}]},
                  {"vulnerability": "CVE-2023-2", "status": "fixed", "products": ["pkg:oci/y"], "subcomponents": ["pkg:apk/z"]},
                  {"vulnerability": "CVE-2023-3", "status": "affected", "products": ["pkg:oci/y"]},
                  {"vulnerability": "CVE-2023-4", "status": "maybe", "products": ["pkg:oci/y"]}],
                 "author": "Somebody", "timestamp": "2026-03-18T00:00:00Z"}""");
        assertThat(facts.exonerations)
                .containsExactly(
                        new Exoneration(
                                "CVE-2024-1",
                                "pkg:golang/a/b@v1.0",
                                "pkg:golang/c/d",
                                "not_affected",
                                "vulnerable_code_not_present",
                                "Somebody"),
                        new Exoneration("CVE-2023-2", "pkg:oci/y", "pkg:apk/z", "fixed", "", "Somebody"),
                        new Exoneration("CVE-2023-3", "pkg:oci/y", "", "affected", "", "Somebody"));
        assertThat(facts.days).containsExactly("2026-03-18");
        assertThat(facts.dropped).hasSize(2);
    }

    @Test
    void dropsAStatementThatMultiplies() throws Exception {
        String products = "\"pkg:oci/a\",".repeat(5_000) + "\"pkg:oci/a\"";
        Collected facts = Collected.from(
                OpenVexFeed.all().getLast(),
                "x.json",
                "{\"@context\": \"https://openvex.dev/ns\", \"author\": \"x\", \"statements\": [{\"vulnerability\": \"CVE-2024-1\","
                        + "\"status\": \"fixed\", \"products\": [" + products + "], \"subcomponents\": [" + products
                        + "]}]}");
        assertThat(facts.exonerations).isEmpty();
        assertThat(facts.dropped).hasSize(1);
    }

    @Test
    void knowsTheIndexOfAVexRepository() throws Exception {
        String index =
                "{\"updated_at\": \"2026-03-23T00:48:43Z\", \"packages\": [{\"id\": \"pkg:oci/a\", \"location\": \"pkg/oci/a.json\"}, {}]}";
        assertThat(new VexIndexFeed()
                        .recognises("hub/index.json", index.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(Collected.from(new VexIndexFeed(), "hub/index.json", index).dropped)
                .hasSize(1);
    }

    @Test
    void readsAnEntryOfTheNvdsApi() throws Exception {
        Collected facts = Collected.from(new NvdApiFeed(), "page.json", """
                {"resultsPerPage": 1, "format": "NVD_CVE", "version": "2.0", "timestamp": "2024-06-01T00:00:00.000",
                 "vulnerabilities": [{"cve": {"id": "CVE-2023-0001", "published": "2023-02-08T18:15:11.523",
                   "lastModified": "2024-01-01T00:00:00.000", "vulnStatus": "Modified",
                   "metrics": {"cvssMetricV31": [
                     {"source": "nvd@nist.gov", "type": "Primary",
                      "cvssData": {"vectorString": "CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H"}},
                     {"source": "psirt@example.com", "type": "Secondary",
                      "cvssData": {"vectorString": "CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:N"}}]},
                   "weaknesses": [{"description": [{"lang": "en", "value": "CWE-319"}, {"value": "NVD-CWE-noinfo"}]}],
                   "configurations": [{"nodes": [{"operator": "OR", "cpeMatch": [
                     {"vulnerable": true, "criteria": "cpe:2.3:a:vendor:pro\\\\:duct:*:*:*:*:*:*:*:*",
                      "versionStartIncluding": "5.0", "versionEndExcluding": "5.0.12"},
                     {"vulnerable": true, "criteria": "cpe:2.3:a:vendor:pro\\\\:duct:7.0:rc1:*:*:*:*:*:*"},
                     {"vulnerable": true, "criteria": "cpe:2.3:a:vendor:pro\\\\:duct:-:*:*:*:*:*:*:*"},
                     {"vulnerable": true, "criteria": "cpe:2.3:o:vendor:firmware:*:*:*:*:*:*:*:*"},
                     {"vulnerable": false, "criteria": "cpe:2.3:a:other:platform:*:*:*:*:*:*:*:*"}]}]}]}},
                  {"cve": {"id": "CVE-2023-0002", "vulnStatus": "Rejected"}}, {"cve": {}}]}""");
        assertThat(facts.statements)
                .containsExactly(new Statement(
                        "CVE-2023-0001",
                        "cpe",
                        "vendor:pro:duct",
                        Status.FIXED,
                        List.of(new Range("5.0", true, "5.0.12", false)),
                        List.of("7.0-rc1"),
                        List.of("5.0.12"),
                        Statement.Qualifiers.NONE,
                        ""));
        Advisory first = facts.advisories.getFirst();
        assertThat(first.ratings()).extracting(Rating::by).containsExactly("nvd", "psirt@example.com");
        assertThat(first.weaknesses()).containsExactly("CWE-319");
        assertThat(first.modified()).isEqualTo("2024-01-01");
        assertThat(facts.advisories.getLast().withdrawn()).isTrue();
        assertThat(facts.dropped).hasSize(1);
        assertThat(facts.days).containsExactly("2024-06-01");
    }

    @Test
    void readsSingleEntriesOfTheNvd() throws Exception {
        String cve =
                "{\"id\": \"CVE-2020-0001\", \"sourceIdentifier\": \"security@android.com\", \"vulnStatus\": \"Analyzed\"}";
        for (String text : List.of(cve, "{\"cve\": " + cve + "}")) {
            assertThat(new NvdApiFeed().recognises("x.json", text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .isTrue();
            assertThat(Collected.from(new NvdApiFeed(), "x.json", text).advisories)
                    .extracting(Advisory::id)
                    .containsExactly("CVE-2020-0001");
        }
    }

    @Test
    void readsAnAnswerOfGithub() throws Exception {
        Collected facts = Collected.from(new GithubApiFeed(), "answer.json", """
                {"data": {"securityAdvisories": {"nodes": [{"ghsaId": "GHSA-73qr-pfmq-6rp8", "classification": "MALWARE",
                  "severity": "CRITICAL", "identifiers": [{"type": "GHSA", "value": "GHSA-73qr-pfmq-6rp8"}, {"type": "CVE", "value": "CVE-2021-1"}],
                  "publishedAt": "2021-11-04T16:13:35Z", "withdrawnAt": null, "cwes": {"nodes": [{"cweId": "CWE-506"}]},
                  "vulnerabilities": {"nodes": [
                    {"package": {"ecosystem": "NPM", "name": "coa"}, "vulnerableVersionRange": ">= 2.0.3, < 2.1.0",
                     "firstPatchedVersion": {"identifier": "2.1.0"}},
                    {"package": {"ecosystem": "PIP", "name": "Foo_Bar"}, "vulnerableVersionRange": "= 1.0", "firstPatchedVersion": null},
                    {"package": {"ecosystem": "VSCODE", "name": "x"}, "vulnerableVersionRange": "= 1.0"}]}}]}}}""");
        assertThat(facts.advisories)
                .containsExactly(new Advisory(
                        "GHSA-73qr-pfmq-6rp8",
                        Advisory.Kind.MALWARE,
                        List.of("CVE-2021-1"),
                        List.of(),
                        "2021-11-04",
                        "",
                        false,
                        List.of(new Rating("ghsa", "", "critical")),
                        List.of("CWE-506")));
        assertThat(facts.statements).extracting(Statement::packageName).containsExactly("coa", "foo-bar");
        assertThat(facts.statements.getFirst().ranges()).containsExactly(new Range("2.0.3", true, "2.1.0", false));
        assertThat(facts.statements.getLast().ranges()).containsExactly(new Range("1.0", true, "1.0", true));
        assertThat(facts.dropped).hasSize(1);
    }

    @Test
    void readsEndsOfLifeAlikeFromBothForms() throws Exception {
        Collected source = Collected.from(new EndOfLifeFeed(), "products/oracle-linux.md", """
                ---
                title: Oracle Linux
                permalink: /oracle-linux
                releases:
                  - releaseCycle: "9"
                    releaseDate: 2022-07-06
                    eol: 2032-06-30
                    eoes: 2035-06-30
                  - releaseCycle: "4"
                    releaseDate: 2006-11-01
                    latestReleaseDate: 2011-02-16
                    eol: true
                    eoes: false
                ---
                text
                """);
        Collected api = Collected.from(new EndOfLifeApiFeed(), "full.json", """
                {"schema_version": "1.2.0", "generated_at": "2026-08-22T10:00:00+00:00", "result": [
                  {"name": "oracle-linux", "releases": [
                   {"name": "9", "codename": null, "releaseDate": "2022-07-06", "isEol": false, "eolFrom": "2032-06-30",
                    "isEoes": false, "eoesFrom": "2035-06-30"},
                   {"name": "4", "releaseDate": "2006-11-01", "isEol": true, "eolFrom": null, "latest": {"date": "2011-02-16"}}]}]}""");
        assertThat(source.lifecycles)
                .containsExactly(
                        new Lifecycle("ol", "9", "", "2022-07-06", "2032-06-30", "2035-06-30"),
                        new Lifecycle("ol", "4", "", "2006-11-01", "2011-02-16", ""));
        assertThat(source.days).containsExactly("2011-02-16");
        assertThat(api.lifecycles).isEqualTo(source.lifecycles);
        assertThat(api.days).containsExactly("2026-08-22");
    }

    @Test
    void namesReleasesAsOsReleaseDoes() throws Exception {
        String releases = "releases:\n  - releaseCycle: \"%s\"\n    releaseDate: 2020-01-01\n    eol: false\n---\n";
        assertThat(lifecycle("sles", releases.formatted("15.0")).release()).isEqualTo("15");
        assertThat(lifecycle("sles", releases.formatted("15.3")).release()).isEqualTo("15.3");
        assertThat(lifecycle("sles", releases.formatted("16.0")).release()).isEqualTo("16.0");
        assertThat(lifecycle("opensuse", releases.formatted("15.6")).product()).isEqualTo("opensuse-leap");
        assertThat(lifecycle("vmware-photon", releases.formatted("5.0")).product())
                .isEqualTo("photon");
        assertThat(lifecycle("nginx", releases.formatted("1.27")).product()).isEqualTo("nginx");
        assertThat(lifecycle("nginx", releases.formatted("1.27")).endOfSupport())
                .isEmpty();
    }

    private static Lifecycle lifecycle(String key, String releases) throws Exception {
        return Collected.from(new EndOfLifeFeed(), "products/x.md", "---\npermalink: /" + key + "\n" + releases)
                .lifecycles
                .getFirst();
    }

    @Test
    void refusesDocumentsThatAreNotWhatTheyClaim() {
        assertThatThrownBy(() -> Collected.from(new EndOfLifeFeed(), "a.md", "# no head"))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Collected.from(new EndOfLifeFeed(), "a.md", "---\na: [\n---\n"))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Collected.from(new EndOfLifeApiFeed(), "a.json", "{"))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Collected.from(OpenVexFeed.all().getLast(), "a.json", "{\"author\": \"x\"}"))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Collected.from(new NvdApiFeed(), "a.json", "{\"format\": \"NVD\"}"))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Collected.from(new NvdLegacyFeed(), "a.json", "[]"))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Collected.from(new GithubApiFeed(), "a.json", "{\"errors\": []}"))
                .isInstanceOf(InputException.class);
    }

    @Test
    void readsCpeNames() {
        assertThat(CpeName.parse("cpe:2.3:a:v:p:1.0:u:*:*:*:*:*:*")).contains(new CpeName("a", "v", "p", "1.0", "u"));
        assertThat(CpeName.parse("cpe:2.3:a:v\\:w:p\\/q:*:*:*:*:*:*:*:*"))
                .contains(new CpeName("a", "v:w", "p/q", "*", "*"));
        for (String text : List.of("", "cpe:2.3:", "cpe:2.3:a:v", "cpe:/a:v:p:1", "cpe:2.3:a:::1:*", "cpe:2.3:a:v\\")) {
            assertThat(CpeName.parse(text)).as(text).isEmpty();
        }
    }
}
