package dev.holdfast.advisory.feed.rpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.fact.Statement;
import dev.holdfast.advisory.fact.Statement.Qualifiers;
import dev.holdfast.advisory.fact.Statement.Status;
import dev.holdfast.advisory.feed.ArchTracker;
import dev.holdfast.advisory.feed.Collected;
import dev.holdfast.advisory.feed.Samples;
import dev.holdfast.advisory.feed.Statements;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RpmSamplesTest {
    @Test
    void readsTheUpdatesOfAmazon() throws Exception {
        Collected facts = Samples.read(new UpdateInfo("updateinfo", ""), "fixtures/updateinfo_AL2023.xml.gz");
        assertThat(facts.advisories).singleElement().satisfies(it -> {
            assertThat(it.id()).isEqualTo("ALAS2023-2023-001");
            assertThat(it.bundled()).containsExactly("CVE-2014-3634", "CVE-2022-24903");
            assertThat(it.published()).isEqualTo("2023-02-17");
        });
        assertThat(facts.statements)
                .contains(about("CVE-2022-24903", "amzn:2023", "rsyslog", "important")
                        .fixedIn("8.2204.0-3.amzn2023.0.2"));
        assertThat(Samples.read(new UpdateInfo("updateinfo", ""), "fixtures/updateinfo_AL2022.xml.gz").statements)
                .allMatch(it -> it.namespace().equals("amzn:2022"));
    }

    @Test
    void qualifiesAnExtraOfAmazonByItsName() throws Exception {
        Collected facts = Collected.from(new UpdateInfo("updateinfo", ""), "updateinfo.xml", """
                <updates><update type="security"><id>ALAS2DOCKER-2021-001</id>
                <references><reference id="CVE-2021-1111" type="cve"/></references>
                <pkglist><collection short="amazon-linux-2"><name>Amazon Linux 2</name>
                <package name="docker" epoch="0" version="20.10.7" release="2.amzn2" arch="x86_64"/>
                </collection></pkglist></update></updates>
                """);
        assertThat(facts.statements)
                .containsExactly(new Statements(
                                "CVE-2021-1111",
                                "amzn:2",
                                "docker",
                                new Qualifiers("", List.of("x86_64"), "docker"),
                                "")
                        .fixedIn("20.10.7-2.amzn2"));
    }

    @Test
    void readsTheSecurityUpdatesOfRockyOnly() throws Exception {
        Collected facts =
                Samples.read(new UpdateInfo("updateinfo", ""), "rocky/testdata/fixtures/happy/updateinfo.xml");
        assertThat(facts.advisories)
                .extracting(it -> it.id())
                .containsExactly("RLSA-2021:2575", "RLSA-2021:3057", "RLSA-2019:1972");
        assertThat(facts.statements)
                .filteredOn(it -> it.advisory().equals("CVE-2019-8324"))
                .allMatch(it -> it.qualifiers().module().equals("ruby:2.6"), "of the module")
                .isNotEmpty();
    }

    @Test
    void readsBottlerocket() throws Exception {
        Collected facts = Samples.read(new UpdateInfo("updateinfo", ""), "bottlerocket/testdata/updateinfo.xml.gz");
        assertThat(facts.statements)
                .contains(about("CVE-2025-15281", "bottlerocket", "glibc", "medium")
                        .fixedIn("1:2.43-1.1773716061.e2e9d7a9.br1"));
    }

    @Test
    void readsBulletinsOfSuseAndOpenEuler() throws Exception {
        Collected suse = Samples.read(new Cvrf("cvrf", ""), "suse/cvrf/testdata/cvrf/cvrf-suse-su-2019-14018-1.xml");
        Statements python = new Statements(
                "CVE-2019-9636", "sles:11.4", "python-xml", new Qualifiers("", List.of(), "ltss"), "important");
        assertThat(suse.statements).contains(python.fixedIn("2.6.9-40.24.1"));
        assertThat(suse.advisories)
                .filteredOn(it -> it.id().equals("SUSE-SU-2019:14018-1"))
                .singleElement()
                .satisfies(it -> assertThat(it.bundled()).containsExactly("CVE-2019-9636", "CVE-2019-9948"));
        Collected euler = Samples.read(new Cvrf("cvrf", ""), "openeuler/testdata/cvrf-openEuler-SA-2022-1693.xml");
        assertThat(euler.statements)
                .extracting(Statement::packageName)
                .containsExactly("python3-XStatic-jquery-ui", "python-XStatic-jquery-ui-help");
    }

    @Test
    void readsABulletinWhoseProseIsBrokenUtf8() throws Exception {
        Collected facts =
                Samples.read(new Cvrf("cvrf", ""), "suse/cvrf/testdata/cvrf/cvrf-opensuse-su-2016-0874-1.xml");
        assertThat(facts.advisories).extracting(it -> it.id()).contains("openSUSE-SU-2016:0874-1");
        assertThat(facts.statements).as("the bulletin names no product").isEmpty();
    }

    @Test
    void readsWhatRedHatPlansForSources() throws Exception {
        Collected facts = Samples.read(new RedHatSecurityData(), "csaf/hydra/cve-2021-25220.json");
        Qualifiers source = new Qualifiers("", List.of("src"), "");
        assertThat(facts.statements)
                .contains(
                        new Statements("CVE-2021-25220", "rhel:8", "bind", source, "moderate")
                                .fixedIn("32:9.11.36-5.el8"),
                        new Statements("CVE-2021-25220", "rhel:8.6+eus", "bind", source, "moderate")
                                .fixedIn("32:9.11.36-3.el8_6.7"));
    }

    @Test
    void readsTheErrataOfAlmaLinux() throws Exception {
        Collected facts = Samples.read(new AlmaErrata(), "alma/testdata/errata.json");
        assertThat(facts.advisories)
                .filteredOn(it -> it.id().equals("ALSA-2021:3253"))
                .singleElement()
                .satisfies(it -> assertThat(it.published()).isEqualTo("2021-08-24"));
        assertThat(facts.statements)
                .contains(new Statements(
                                "CVE-2021-3246",
                                "almalinux:8",
                                "libsndfile",
                                new Qualifiers("", List.of("i686", "x86_64"), ""),
                                "important")
                        .fixedIn("1.0.28-10.el8_4.1"));
    }

    @Test
    void readsTheUpdatesOfFedora() throws Exception {
        Collected facts = Samples.read(new FedoraBodhi(), "merge-input/FEDORA-2023-f6ff3f85eb.json");
        assertThat(facts.statements)
                .contains(new Statements(
                                "CVE-2022-37436",
                                "fedora:37",
                                "httpd",
                                new Qualifiers("", List.of("src"), ""),
                                "medium")
                        .fixedIn("2.4.55-1.fc37"));
        assertThat(Samples.read(new FedoraBodhi(), "merge-input/FEDORA-EPEL-2014-4901.json").statements)
                .allMatch(it -> it.namespace().equals("rhel:7")
                        && it.qualifiers().repository().equals("epel"));
    }

    @Test
    void readsTheFlawsOfPhoton() throws Exception {
        Collected facts = Samples.read(new PhotonCves(), "photon/test-fixtures/input/cve_data_photon4.0.json");
        assertThat(facts.statements)
                .contains(
                        about("CVE-2023-38545", "photon:4.0", "curl", "").fixedIn("7.88.1-4.ph4"),
                        about("CVE-2023-44487", "photon:4.0", "httpd", "").notAffected());
        assertThat(facts.dropped).containsExactly("photon:4.0 python3 CVE-2023-50447: fixed without a version");
        assertThat(Samples.read(new PhotonCves(), "cve_data_photon3.0_invalid_cveid.json").statements)
                .isEmpty();
    }

    @Test
    void readsTheGroupsOfArch() throws Exception {
        Collected facts = Samples.read(new ArchTracker(), "input/arch-advisories/all.json");
        assertThat(facts.statements)
                .contains(
                        about("CVE-2024-1234", "arch", "curl", "high").fixedIn("8.5.0-1"),
                        about("CVE-2025-6020", "arch", "pam", "medium").ofEvery(Status.UNFIXED),
                        about("AVG-2222", "arch", "test-pkg", "low").fixedIn("1.0.0-1"));
    }

    @Test
    void partsNamesFromVersionsAtTheLastTwoHyphens() {
        assertThat(Nevra.parse("compat-openssl098-0.9.8j-106.12.1"))
                .contains(new Nevra("compat-openssl098", "0.9.8j-106.12.1", ""));
        assertThat(Nevra.parse("bind-32:9.11.36-5.el8")).contains(new Nevra("bind", "32:9.11.36-5.el8", ""));
        assertThat(Nevra.parseFile("kpartx-0.8.7-16.amzn2023.0.1.aarch64"))
                .contains(new Nevra("kpartx", "0.8.7-16.amzn2023.0.1", "aarch64"));
        for (String bad : List.of("", "-", "--", "a-b", "a--1", "-1-2", "a-1-", "openshift4/ose-cli:v4.8")) {
            assertThat(Nevra.parse(bad)).as(bad).isEqualTo(Optional.empty());
        }
    }

    @Test
    void knowsTheNamesOfReleases() {
        assertThat(Products.ofName("SUSE Linux Enterprise Server 15 SP1")).contains("sles:15.1");
        assertThat(Products.ofName("SUSE Linux Enterprise Module for Basesystem 15 SP3"))
                .contains("sles:15.3");
        assertThat(Products.ofName("SUSE Linux Enterprise Server 15-LTSS")).contains("sles:15");
        assertThat(Products.ofName("SUSE Linux Enterprise Micro 5.3")).contains("sle-micro:5.3");
        assertThat(Products.ofName("openSUSE Leap 15.0")).contains("opensuse-leap:15.0");
        assertThat(Products.ofName("openSUSE Tumbleweed")).contains("opensuse-tumbleweed");
        assertThat(Products.ofName("openEuler-20.03-LTS-SP3")).contains("openeuler:20.03-LTS-SP3");
        assertThat(Products.ofName("SUSE Manager Server 4.1")).isEmpty();
        assertThat(Products.ofCpe("cpe:/a:redhat:enterprise_linux:9::appstream"))
                .contains("rhel:9");
        assertThat(Products.ofCpe("cpe:/o:redhat:enterprise_linux:10.0")).contains("rhel:10");
        assertThat(Products.ofCpe("cpe:/a:redhat:rhel_eus:9.2::appstream")).contains("rhel:9.2+eus");
        assertThat(Products.ofCpe("cpe:/o:suse:sles:15:sp5")).contains("sles:15.5");
        assertThat(Products.ofCpe("cpe:/a:redhat:openshift:4.16::el9")).isEmpty();
    }

    private static Statements about(String flaw, String namespace, String packageName, String rating) {
        return Statements.of(flaw, namespace, packageName, rating);
    }
}
