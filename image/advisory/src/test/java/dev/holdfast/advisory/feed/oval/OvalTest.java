package dev.holdfast.advisory.feed.oval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.advisory.fact.Rating;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Range;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Samples;
import dev.holdfast.advisory.feed.Statements;
import dev.holdfast.core.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OvalTest {
    @Test
    void readsABulletinOfOracle() throws Exception {
        Collected facts = Samples.read(new Oval("oval", ""), "oracle/oval/testdata/ELSA-2007-0057.xml");
        assertThat(facts.advisories).singleElement().satisfies(it -> {
            assertThat(it.id()).isEqualTo("ELSA-2007-0057");
            assertThat(it.bundled()).containsExactly("CVE-2007-0493", "CVE-2007-0494");
            assertThat(it.ratings()).containsExactly(new Rating("oracle", "", "moderate"));
        });
        assertThat(facts.statements)
                .hasSize(16)
                .contains(about("CVE-2007-0493", "ol:5", "bind", "moderate").fixedIn("30:9.3.3-8.el5"));
        assertThat(facts.dropped).isEmpty();
    }

    @Test
    void tellsVersionsOfTwoArchitecturesApart() throws Exception {
        Collected facts = Samples.read(new Oval("oval", ""), "oracle/test-fixtures/mock_per_arch_data");
        Statements arm = new Statements(
                "CVE-2022-24903", "ol:7", "rsyslog", new Qualifiers("", List.of("aarch64"), ""), "important");
        assertThat(facts.statements)
                .filteredOn(it ->
                        it.packageName().equals("rsyslog") && it.namespace().equals("ol:7"))
                .extracting(it -> it.qualifiers().architectures() + " " + it.fixedIn())
                .contains("[aarch64] [8.24.0-57.0.4.el7_9.3]", "[x86_64] [8.24.0-57.0.1.el7_9.3]");
        assertThat(arm.fixedIn("8.24.0-57.0.4.el7_9.3").qualifiers().architectures())
                .containsExactly("aarch64");
    }

    @Test
    void leavesOutBuildsForLivePatching() throws Exception {
        Collected facts = Samples.read(new Oval("oval", ""), "oracle/test-fixtures/mock_ksplice_data");
        assertThat(facts.advisories).isNotEmpty();
        assertThat(facts.statements).isEmpty();
    }

    @Test
    void readsWhatSuseFixedAndWhatItCleared() throws Exception {
        Collected facts = Samples.read(new Oval("oval", ""), "sles/test-fixtures/suse_truncated.xml");
        assertThat(facts.statements)
                .contains(
                        about("CVE-2010-1323", "sles:15", "krb5", "moderate").fixedIn("1.15.2-4.25"),
                        about("CVE-2026-34073", "sles:15", "python3-cryptography", "moderate")
                                .notAffected())
                .noneMatch(it ->
                        it.advisory().equals("CVE-2010-1323") && it.namespace().equals("sles:15.1"));
        assertThat(facts.statements)
                .filteredOn(it -> it.advisory().equals("CVE-2021-29154")
                        && it.packageName().equals("kernel-default"))
                .extracting(it -> it.namespace() + " " + it.qualifiers().repository() + " " + it.fixedIn())
                .contains("sles:15.1 ltss [4.12.14-197.89.2]", "sles:15 ltss [4.12.14-150.72.1]");
    }

    @Test
    void readsWhatMicrosoftSaysOfSources() throws Exception {
        Collected facts = Samples.read(new Oval("oval", ""), "mariner/test-fixtures/mariner-truncated-2.0-oval.xml");
        Range since = new Range("1.19.0.cm2", false, "1.20.7-1.cm2", false);
        Range upTo = new Range("", true, "9.16.33-1.cm2", true);
        assertThat(facts.statements)
                .contains(
                        source("CVE-2023-29404", "golang", "critical")
                                .statement(Status.FIXED, List.of(since), List.of("1.20.7-1.cm2")),
                        source("CVE-2023-0687", "glibc", "critical").notAffected(),
                        source("CVE-2022-3736", "bind", "high").statement(Status.UNFIXED, List.of(upTo), List.of()));
        assertThat(Samples.read(new Oval("oval", ""), "mariner/test-fixtures/azure-linux-truncated-3.0-oval.xml")
                        .statements)
                .allMatch(it -> it.namespace().equals("azurelinux:3.0"))
                .hasSize(3);
    }

    @Test
    void readsEveryBulletinOfPhoton() throws Exception {
        Collected facts = Samples.read(new Oval("oval", ""), "photon/testdata/com.vmware.phsa-photon3.xml");
        assertThat(facts.dropped).isEmpty();
        assertThat(facts.advisories).hasSize(222).allMatch(it -> it.id().startsWith("PHSA-"));
        assertThat(facts.statements)
                .allMatch(it -> it.namespace().equals("photon:3.0"))
                .contains(about("CVE-2019-16168", "photon:3.0", "sqlite-libs", "important")
                        .fixedIn("3.27.2-5.ph3"));
    }

    @Test
    void takesRedHatsPlansAndClearances() throws Exception {
        Collected facts = Collected.from(new Oval("oval", ""), "rhel-8-including-unpatched.oval.xml", RED_HAT);
        assertThat(facts.statements)
                .containsExactlyInAnyOrder(
                        about("CVE-2020-1111", "rhel:8", "left-alone", "low").ofEvery(Status.WILL_NOT_FIX),
                        new Statements(
                                        "CVE-2020-1111",
                                        "rhel:8",
                                        "modular",
                                        new Qualifiers("nodejs:20", List.of(), ""),
                                        "low")
                                .ofEvery(Status.DEFERRED),
                        about("CVE-2020-2222", "rhel:8", "left-alone", "low").notAffected());
    }

    @Test
    void refusesAnotherKindOfXml() {
        assertThatThrownBy(() -> Collected.from(new Oval("oval", ""), "x.xml", "<oval_results/>"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("oval_definitions was expected");
    }

    private static final String RED_HAT = """
            <oval_definitions><definitions>
             <definition class="vulnerability" id="oval:com.redhat.cve:def:20201">
              <metadata><title>CVE-2020-1111 x (low)</title>
               <reference ref_id="CVE-2020-1111" source="CVE"/>
               <advisory><severity>Low</severity><affected>
                <resolution state="Will not fix"><component>left-alone</component></resolution>
                <resolution state="Fix deferred"><component>nodejs:20/modular</component></resolution>
               </affected></advisory></metadata>
              <criteria operator="OR"><criterion comment="Red Hat Enterprise Linux must be installed" test_ref="t:9"/>
               <criteria operator="AND"><criterion comment="Red Hat Enterprise Linux 8 is installed" test_ref="t:8"/>
                <criteria operator="OR">
                 <criterion comment="left-alone is installed" test_ref="t:1"/>
                 <criteria operator="AND"><criterion comment="Module nodejs:20 is enabled" test_ref="t:7"/>
                  <criterion comment="modular is installed" test_ref="t:2"/>
                  <criterion comment="modular is signed with Red Hat redhatrelease2 key" test_ref="t:3"/></criteria>
                </criteria></criteria></criteria>
             </definition>
             <definition class="vulnerability" id="oval:com.redhat.unaffected:def:20202">
              <metadata><title>Unaffected components for: CVE-2020-2222 x (low)</title>
               <reference ref_id="CVE-2020-2222" source="CVE"/><advisory><severity>Low</severity></advisory></metadata>
              <criteria operator="AND"><criterion comment="Red Hat Enterprise Linux 8 is installed" test_ref="t:8"/>
               <criterion comment="left-alone is installed" test_ref="t:1"/>
               <criterion comment="left-alone is not installed" test_ref="t:4"/></criteria>
             </definition>
            </definitions><tests>
             <rpminfo_test id="t:1"><object object_ref="o:1"/></rpminfo_test>
             <rpminfo_test id="t:2"><object object_ref="o:2"/></rpminfo_test>
             <rpminfo_test id="t:4" check_existence="none_exist"><object object_ref="o:1"/></rpminfo_test>
             <rpmverifyfile_test id="t:8"><object object_ref="o:8"/></rpmverifyfile_test>
             <rpmverifyfile_test id="t:9"><object object_ref="o:8"/></rpmverifyfile_test>
            </tests><objects>
             <rpminfo_object id="o:1"><name>left-alone</name></rpminfo_object>
             <rpminfo_object id="o:2"><name>modular</name></rpminfo_object>
            </objects></oval_definitions>
            """;

    private static Statements about(String flaw, String namespace, String packageName, String rating) {
        return Statements.of(flaw, namespace, packageName, rating);
    }

    private static Statements source(String flaw, String packageName, String rating) {
        return new Statements(flaw, "mariner:2.0", packageName, new Qualifiers("", List.of("src"), ""), rating);
    }
}
