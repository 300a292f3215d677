package dev.holdfast.advisory.feed.csaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Samples;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsafTest {
    @Test
    void keepsStreamsOfMinorReleasesApart() throws Exception {
        Collected facts = Samples.read(new Csaf("csaf", ""), "rhel/vex/testdata/cve-2023-38545.json");
        assertThat(facts.advisories).singleElement().satisfies(it -> {
            assertThat(it.published()).isEqualTo("2023-10-11");
            assertThat(it.weaknesses()).containsExactly("CWE-119");
            assertThat(it.ratings())
                    .contains(
                            new Rating("redhat", "", "important"),
                            new Rating("redhat", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H", ""));
        });
        assertThat(facts.statements)
                .contains(
                        about("CVE-2023-38545", "rhel:9", "curl", "important").fixedIn("7.76.1-23.el9_2.4"),
                        about("CVE-2023-38545", "rhel:9.0+eus", "curl", "important")
                                .fixedIn("7.76.1-14.el9_0.9"),
                        about("CVE-2023-38545", "rhel:8", "libcurl", "important")
                                .notAffected())
                .noneMatch(it -> it.packageName().equals("puppet-agent"))
                .noneMatch(it -> it.packageName().endsWith("-debuginfo"));
    }

    @Test
    void tellsTheStreamOfAModule() throws Exception {
        Collected facts = Samples.read(new Csaf("csaf", ""), "csaf/advisories/rhsa-2023_7025.json");
        assertThat(facts.advisories).extracting(it -> it.id()).contains("RHSA-2023:7025", "CVE-2021-33621");
        Qualifiers module = new Qualifiers("ruby:2.5", List.of(), "");
        assertThat(facts.statements)
                .contains(new Statements("CVE-2021-33621", "rhel:8", "ruby", module, "moderate")
                        .fixedIn("2.5.9-111.module+el8.9.0+19193+435404ae"))
                .allMatch(it -> it.qualifiers().module().equals("ruby:2.5"));
    }

    @Test
    void keepsTheEpochAndTheSourceOfWhatIsNotFixed() throws Exception {
        assertThat(Samples.read(new Csaf("csaf", ""), "csaf/advisories/2025/rhsa-2025_23414.json").statements)
                .contains(new Statements(
                                "CVE-2021-25220",
                                "rhel:6+els",
                                "bind",
                                new Qualifiers("", List.of("i686", "s390x", "x86_64"), ""),
                                "moderate")
                        .fixedIn("32:9.8.2-0.68.rc1.el6_10.17"));
        Collected illegal = Samples.read(new Csaf("csaf", ""), "vex/testdata/cve-2024-24786-illegal-module.json");
        assertThat(illegal.statements)
                .containsExactly(new Statements(
                                "CVE-2024-24786",
                                "rhel:8",
                                "go-toolset",
                                new Qualifiers("go-toolset:rhel8", List.of("src"), ""),
                                "moderate")
                        .ofEvery(Status.UNFIXED));
    }

    @Test
    void leavesOutAFlatpakAndAnotherProduct() throws Exception {
        assertThat(Samples.read(new Csaf("csaf", ""), "vex/testdata/cve-2024-24786-bad-rpmmod.json").statements)
                .extracting(Statement::packageName)
                .containsExactly("cri-tools", "good-pkg");
        assertThat(Samples.read(new Csaf("csaf", ""), "vex/testdata/cve-2024-24786-simple.json").statements)
                .isEmpty();
        assertThat(Samples.read(new Csaf("csaf", ""), "vex/testdata/cve-2022-38752.json").statements)
                .isEmpty();
    }

    @Test
    void refinesAffectedByItsRemediation() throws Exception {
        Collected facts = Collected.from(new Csaf("csaf", ""), "cve-2024-1.json", affected());
        assertThat(facts.statements)
                .extracting(Statement::status)
                .containsExactly(
                        Status.WILL_NOT_FIX,
                        Status.END_OF_LIFE,
                        Status.DEFERRED,
                        Status.UNFIXED,
                        Status.UNDER_INVESTIGATION);
    }

    @Test
    void survivesReleasesThatContainEachOther() throws Exception {
        String loop = """
                {"document": {"csaf_version": "2.0", "tracking": {"id": "CVE-2024-1"}},
                 "product_tree": {"branches": [{"product": {"product_id": "p",
                     "product_identification_helper": {"purl": "pkg:rpm/redhat/p"}}}],
                  "relationships": [
                     {"full_product_name": {"product_id": "a"}, "product_reference": "p", "relates_to_product_reference": "b"},
                     {"full_product_name": {"product_id": "b"}, "product_reference": "p", "relates_to_product_reference": "a"}]},
                 "vulnerabilities": [{"cve": "CVE-2024-1", "product_status": {"known_affected": ["a", "b"]}}]}
                """;
        assertThat(Collected.from(new Csaf("csaf", ""), "loop.json", loop).statements)
                .isEmpty();
    }

    @Test
    void refusesADocumentWithoutTrackingId() {
        assertThatThrownBy(() ->
                        Collected.from(new Csaf("csaf", ""), "x.json", "{\"document\": {\"csaf_version\": \"2.0\"}}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("without a tracking id");
    }

    private static String affected() {
        StringBuilder products = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        for (String name : List.of("a", "b", "c", "d", "e")) {
            products.append(
                    ", {\"product\": {\"product_id\": \"%s\", \"product_identification_helper\": {\"purl\": \"pkg:rpm/redhat/%s\"}}}"
                            .formatted(name, name));
            relations
                    .append(relations.isEmpty() ? "" : ", ")
                    .append(
                            "{\"full_product_name\": {\"product_id\": \"r:%s\"}, \"product_reference\": \"%s\", \"relates_to_product_reference\": \"r\"}"
                                    .formatted(name, name));
        }
        return """
               {"document": {"csaf_version": "2.0", "tracking": {"id": "CVE-2024-1"}},
                "product_tree": {"branches": [{"product": {"product_id": "r",
                    "product_identification_helper": {"cpe": "cpe:/o:redhat:enterprise_linux:9"}}}%s],
                 "relationships": [%s]},
                "vulnerabilities": [{"cve": "CVE-2024-1",
                 "product_status": {"known_affected": ["r:a", "r:b", "r:c", "r:d"], "under_investigation": ["r:e"]},
                 "remediations": [
                   {"category": "no_fix_planned", "details": "Will not fix", "product_ids": ["r:a"]},
                   {"category": "no_fix_planned", "details": "Out of support scope", "product_ids": ["r:b"]},
                   {"category": "none_available", "details": "Fix deferred", "product_ids": ["r:c"]},
                   {"category": "none_available", "details": "Affected", "product_ids": ["r:d"]}]}]}
               """.formatted(products, relations);
    }

    private static Statements about(String flaw, String namespace, String packageName, String rating) {
        return Statements.of(flaw, namespace, packageName, rating);
    }
}
