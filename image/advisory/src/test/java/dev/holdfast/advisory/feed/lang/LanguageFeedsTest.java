package dev.holdfast.advisory.feed.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.advisory.fact.Advisory;
import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Feed;
import dev.holdfast.core.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanguageFeedsTest {
    @Test
    void readsARubyAdvisory() throws Exception {
        Collected facts = Collected.from(new RubySecFeed(), "gems/RedCloth/CVE-2023-31606.yml", """
                ---
                gem: RedCloth
                cve: 2023-31606
                ghsa: qcm3-vfq5-wfr2
                url: https://example.org
                date: 2023-06-06
                cvss_v3: 7.5
                unaffected_versions:
                  - "< 4.0.0"
                patched_versions:
                  - ">= 4.3.3"
                """);
        assertThat(facts.statements)
                .containsExactly(new Statement(
                        "CVE-2023-31606",
                        "gem",
                        "RedCloth",
                        Status.FIXED,
                        List.of(new Range("4.0.0", true, "4.3.3", false)),
                        List.of(),
                        List.of("4.3.3"),
                        Statement.Qualifiers.NONE,
                        ""));
        Advisory advisory = facts.advisories.getFirst();
        assertThat(advisory.aliases()).containsExactly("GHSA-qcm3-vfq5-wfr2");
        assertThat(advisory.published()).isEqualTo("2023-06-06");
        assertThat(advisory.ratings()).containsExactly(new Rating("rubysec", "", "high"));
    }

    @Test
    void readsAnAdvisoryOfRubyItself() throws Exception {
        Collected facts = Collected.from(
                new RubySecFeed(),
                "rubies/ruby/OSVDB-1.yml",
                "engine: ruby\nosvdb: 112683\nurl: x\npatched_versions:\n  - ~> 2.1.5\n  - '>= 2.2.0'\n");
        Statement statement = facts.statements.getFirst();
        assertThat(statement.namespace()).isEqualTo("generic");
        assertThat(statement.packageName()).isEqualTo("ruby");
        assertThat(statement.advisory()).isEqualTo("OSVDB-112683");
        assertThat(statement.fixedIn()).containsExactly("2.1.5", "2.2.0");
    }

    @Test
    void aGemWithoutAPatchIsUnfixed() throws Exception {
        Statement statement = Collected.from(
                        new RubySecFeed(), "gems/a/CVE-2015-0001.yml", "gem: a\ncve: 2015-0001\nurl: x\n")
                .statements
                .getFirst();
        assertThat(statement.status()).isEqualTo(Status.UNFIXED);
        assertThat(statement.ranges()).containsExactly(Range.ALL);
    }

    @Test
    void readsARustAdvisory() throws Exception {
        Collected facts = Collected.from(new RustSecFeed(), "crates/time/RUSTSEC-2020-0071.md", """
                ```toml
                [advisory]
                id = "RUSTSEC-2020-0071"
                package = "time"
                aliases = ["CVE-2020-26235"]
                cvss = "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H"
                date = "2020-11-18"

                [versions]
                patched = [">= 0.2.23"]
                unaffected = ["=0.2.0", "< 0.1.0", "=0.2.1"]
                ```

                # A title

                Text with [versions]
                """);
        Statement statement = facts.statements.getFirst();
        assertThat(statement.ranges())
                .containsExactly(
                        new Range("0.1.0", true, "0.2.0", false),
                        new Range("0.2.0", false, "0.2.1", false),
                        new Range("0.2.1", false, "0.2.23", false));
        assertThat(statement.fixedIn()).containsExactly("0.2.23");
        assertThat(facts.advisories.getFirst().ratings())
                .containsExactly(new Rating("rustsec", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H", ""));
    }

    @Test
    void partsOfTheRustToolchainAreNoCrates() throws Exception {
        String text =
                "```toml\n[advisory]\nid = \"CVE-2018-1000657\"\npackage = \"std\"\n[versions]\npatched = [\"^1.22\"]\n```\n";
        Statement statement = Collected.from(new RustSecFeed(), "rust/std/CVE-2018-1000657.md", text)
                .statements
                .getFirst();
        assertThat(statement.namespace()).isEqualTo("generic");
        assertThat(statement.packageName()).isEqualTo("rust-std");
    }

    @Test
    void readsAPhpAdvisoryOfWhichABranchIsNotFixed() throws Exception {
        Collected facts = Collected.from(new FriendsOfPhpFeed(), "Vendor/Package/2017-05-15.yaml", """
                title: X
                cve: ~
                branches:
                    1.x:
                        time: ~
                        versions: ['>=1.0.0', '<2.0.0']
                    3.x:
                        time: 2017-05-15 09:09:00
                        versions: ['>=3.0.0', '<3.1.2']
                reference: composer://Vendor/Package
                """);
        Statement statement = facts.statements.getFirst();
        assertThat(statement.advisory()).isEqualTo("FOP-vendor-package-2017-05-15");
        assertThat(statement.packageName()).isEqualTo("vendor/package");
        assertThat(statement.ranges())
                .containsExactly(new Range("1.0.0", true, "2.0.0", false), new Range("3.0.0", true, "3.1.2", false));
        assertThat(statement.fixedIn()).containsExactly("3.1.2");
        assertThat(facts.advisories.getFirst().published()).isEqualTo("2017-05-15");
    }

    @Test
    void aNodeLineIsAffectedUpToItsPatch() throws Exception {
        Collected facts = Collected.from(new NodeSecurityFeed(), "vuln/core/100.json", """
                {"cve": ["CVE-2022-35256"], "vulnerable": "14.x || 16.x || 18.x",
                 "patched": "^14.20.1 || ^16.17.1 || ^18.9.1", "severity": "medium"}""");
        Statement statement = facts.statements.getFirst();
        assertThat(statement.namespace()).isEqualTo("generic");
        assertThat(statement.packageName()).isEqualTo("node");
        assertThat(statement.ranges())
                .containsExactly(
                        new Range("14.0.0", true, "14.20.1", false),
                        new Range("16.0.0", true, "16.17.1", false),
                        new Range("18.0.0", true, "18.9.1", false));
        assertThat(statement.fixedIn()).containsExactly("14.20.1", "16.17.1", "18.9.1");
        assertThat(facts.advisories.getFirst().aliases()).containsExactly("NSWG-COR-100");
    }

    @Test
    void anNpmAdvisoryPatchedBelowZeroHasNoFix() throws Exception {
        Collected facts = Collected.from(new NodeSecurityFeed(), "vuln/npm/223.json", """
                {"id": 223, "created_at": "2017-01-01", "module_name": "x", "cves": [], "vulnerable_versions": "*",
                 "patched_versions": "<0.0.0"}""");
        Statement statement = facts.statements.getFirst();
        assertThat(statement.advisory()).isEqualTo("NSWG-ECO-223");
        assertThat(statement.status()).isEqualTo(Status.UNFIXED);
        assertThat(statement.fixedIn()).isEmpty();
    }

    @Test
    void readsBothFormsOfRetireJsAlike() throws Exception {
        String identifiers =
                "\"severity\": \"medium\", \"identifiers\": {\"CVE\": [\"CVE-2012-6708\"], \"githubID\": \"GHSA-2pqj-h3vj-pqgw\"}";
        Collected single = Collected.from(
                new RetireJsFeed(),
                "jsrepository.json",
                "{\"jquery\": {\"npmname\": \"jquery\", \"vulnerabilities\": [{\"below\": \"1.9.0b1\", " + identifiers
                        + "}]}}");
        Collected several = Collected.from(
                new RetireJsFeed(),
                "jsrepository-master.json",
                "{\"jquery\": {\"npmname\": \"jquery\", \"vulnerabilities\": [{\"ranges\": [{\"below\": \"1.9.0b1\"}], "
                        + identifiers + "}]}}");
        assertThat(several.statements).isEqualTo(single.statements);
        assertThat(several.advisories).isEqualTo(single.advisories);
        assertThat(single.statements.getFirst().ranges()).containsExactly(Range.below("1.9.0-b1"));
        assertThat(single.advisories.getFirst().aliases()).containsExactly("GHSA-2pqj-h3vj-pqgw");
    }

    @Test
    void readsVerdictsOnSingleVersions() throws Exception {
        Collected facts = Collected.from(new ProjectKbFeed(), "statements/CVE-2011-1475/statement.yaml", """
                vulnerability_id: CVE-2011-1475
                artifacts:
                - id: pkg:maven/org.apache.tomcat/coyote@7.0.11
                  affected: true
                - id: pkg:maven/org.apache.tomcat/coyote@7.0.69
                  affected: false
                - id: pkg:npm/x@1
                  affected: true
                """);
        assertThat(facts.statements).extracting(Statement::status).containsExactly(Status.UNFIXED, Status.NOT_AFFECTED);
        assertThat(facts.statements.getFirst().packageName()).isEqualTo("org.apache.tomcat:coyote");
        assertThat(facts.statements.getFirst().versions()).containsExactly("7.0.11");
        assertThat(facts.dropped).hasSize(1);
    }

    @Test
    void readsVersionsOfASeries() throws Exception {
        Collected facts = Collected.from(new VictimsFeed(), "database/java/2009/1190.yaml", """
                cve: 2009-1190
                cvss_v2: 5.0
                affected:
                    - groupId: "org.springframework"
                      artifactId: "spring-core"
                      version:
                        - "<=1.2.9,1"
                        - "<=2.5.6,2"
                        - "<=3.0.0.M2,3.0"
                      fixedin:
                        - ">=2.5.6.SEC01,2"
                        - ">=3.0.1.RELEASE,3.0"
                """);
        Statement statement = facts.statements.getFirst();
        assertThat(statement.packageName()).isEqualTo("org.springframework:spring-core");
        assertThat(statement.ranges())
                .containsExactly(
                        new Range("1-alpha", true, "1.2.9", true),
                        new Range("2-alpha", true, "2.5.6", true),
                        new Range("3.0-alpha", true, "3.0.0.M2", true));
        assertThat(statement.fixedIn()).containsExactly("2.5.6.SEC01", "3.0.1.RELEASE");
    }

    @Test
    void refusesDocumentsThatAreNoAdvisories() {
        for (Feed feed : List.of(
                new RubySecFeed(),
                new RustSecFeed(),
                new FriendsOfPhpFeed(),
                new NodeSecurityFeed(),
                new RetireJsFeed(),
                new ProjectKbFeed(),
                new VictimsFeed())) {
            for (String text : List.of("", "{}", "[]", "a: b", "\u0000\u0001", "```toml\n```", "foobarbaz")) {
                assertThatThrownBy(() -> Collected.from(feed, "1.json", text))
                        .as(feed.name() + " of " + text)
                        .isInstanceOf(InputException.class);
            }
        }
    }
}
