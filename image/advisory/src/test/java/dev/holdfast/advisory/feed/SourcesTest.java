package dev.holdfast.advisory.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.advisory.Feeds;
import dev.holdfast.core.InputException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which source a publisher's file becomes: sources differ in terms, date and authority, so one may not be taken for another. */
class SourcesTest {
    @ParameterizedTest
    @CsvSource({
        "rhel/vex/testdata/cve-2023-38545.json, redhat-csaf",
        "csaf/hydra/cve-2021-25220.json, redhat-security-data",
        "oracle/oval/testdata/ELSA-2007-0057.xml, oracle-oval",
        "sles/test-fixtures/suse_truncated.xml, suse-oval",
        "mariner/testdata/happy/azurelinux-3.0-oval.xml, azurelinux-oval",
        "photon/testdata/com.vmware.phsa-photon3.xml, photon-oval",
        "photon/testdata/cve_data_photon3.0.json, photon",
        "cvrf/cvrf-suse-su-2019-1608-1.xml, suse-cvrf",
        "openeuler/testdata/cvrf-openEuler-SA-2022-1693.xml, openeuler",
        "fixtures/updateinfo_AL2023.xml.gz, amazon-alas",
        "bottlerocket/testdata/updateinfo.xml.gz, bottlerocket",
        "rocky/testdata/fixtures/happy/updateinfo.xml, rocky-updateinfo",
        "alma/testdata/errata.json, almalinux-errata",
        "alpine/testdata/edge-main.json, alpine-secdb",
        "debian/test-fixtures/input/debian.json, debian-tracker",
        "osv/cve/2013/UBUNTU-CVE-2013-2208.json, ubuntu-osv",
        "vex/cve/2016/CVE-2016-20013.json, ubuntu-vex",
        "ubuntu/testdata/include_pending, ubuntu-cve-tracker",
        "merge-input/FEDORA-2014-15583.json, fedora",
        "input/arch-advisories/all.json, arch"
    })
    void namesTheSourceOfASample(String end, String source) throws Exception {
        assertThat(source(end, Samples.all())).isEqualTo(source);
    }

    @ParameterizedTest
    @CsvSource({
        "debian-bookworm-changelog-fixes.json.zst, debian-changelogs",
        "wolfi-advisories.tar.zst, wolfi-advisories",
        "alpine-secdb-2020.tar.zst, alpine-secdb",
        "alpine-secdb-rebuilt-2023.tar.zst, alpine-secdb",
        "osv-go.zip, go-vulndb",
        "osv-pypi.zip, pypa",
        "pypa-advisory-db.tar.zst, pypa",
        "osv-almalinux.zip, almalinux",
        "osv-malicious-sample.zip, malicious-packages",
        "sap-project-kb.tar.zst, sap-project-kb",
        "php-security-advisories.tar.zst, friendsofphp"
    })
    void namesTheSourceOfAnArchive(String archive, String source) throws Exception {
        Corpus.walk(archive, (path, bytes) -> {
            if (path.endsWith(".json") || path.endsWith(".yaml")) {
                assertThat(source(path, Map.of(path, bytes))).as(path).isEqualTo(source);
            }
        });
    }

    private static String source(String end, Map<String, byte[]> files) throws InputException, IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (file.getKey().endsWith(end)) {
                byte[] bytes = file.getValue();
                byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, 4_096));
                for (Feed feed : Feeds.all()) {
                    if (feed.recognises(file.getKey(), head)) {
                        return feed.name();
                    }
                }
            }
        }
        return "";
    }
}
