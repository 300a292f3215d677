package dev.holdfast.inventory.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord.Source;
import dev.holdfast.oci.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that other producers made, against what can be counted in them. */
class CorpusBillsTest {
    private static BillOfMaterials read(String name) throws Exception {
        return new BillReader(Limits.DEFAULT).read(Corpus.path("sbom/" + name), name);
    }

    @ParameterizedTest
    @CsvSource({
        "alpine-syft.json,Syft JSON,14,alpine 3.14.2",
        "alpine.cdx.xml,CycloneDX 1.4,14,alpine 3.17.2",
        "postgres-stretch.cdx.xml,CycloneDX 1.4,136,debian 9",
        "centos-7-cyclonedx.json,CycloneDX 1.5,2,centos 7.6.1810",
        "centos-7-cyclonedx.intoto.jsonl,CycloneDX 1.4,2,centos 7.6.1810",
        "centos-7-spdx.json,SPDX-2.2,2,centos 7.6.1810",
        "centos-7-spdx.txt,SPDX-2.2,2,centos 7.6.1810",
        "distroless-static-debian12.spdx.json,SPDX-2.3,3,debian 12",
        "dtrack-apiserver-4.5.0.bom.json,CycloneDX 1.4,132,",
        "fluentd-multiple-lockfiles.cdx.json.golden,CycloneDX 1.7,160,debian 10.2",
        "minikube-kbom.json,CycloneDX 1.5,1,ubuntu 22.04.2",
        "ubi_latest_spdx.json,SPDX-2.3,1525,rhel 9.6",
    })
    void readsEveryEntryOfEveryProducer(String name, String format, int entries, String system) throws Exception {
        BillOfMaterials bill = read(name);
        assertThat(bill.format()).isEqualTo(format);
        assertThat(bill.distribution()
                        .map(found -> found.id() + " " + found.version())
                        .orElse(""))
                .isEqualTo(system == null ? "" : system);
        assertThat(bill.components()).hasSize(entries);
    }

    @Test
    void takesTheSourceFromTrivysProperties() throws Exception {
        Component pcre = component(read("fluentd-multiple-lockfiles.cdx.json.golden"), "libpcre3");
        assertThat(pcre.record().version()).isEqualTo("2:8.39-12");
        assertThat(pcre.record().source()).contains(new Source("pcre3", "2:8.39-12"));
    }

    @Test
    void takesTheSourceFromSyftsNotes() throws Exception {
        assertThat(component(read("postgres-stretch.cdx.xml"), "zstd").record().source())
                .map(Source::name)
                .contains("libzstd");
        assertThat(component(read("alpine-syft.json"), "libcrypto1.1").record().source())
                .map(Source::name)
                .contains("openssl");
    }

    @Test
    void takesTheEpochFromTheQualifier() throws Exception {
        assertThat(component(read("centos-7-cyclonedx.json"), "openssl-libs")
                        .record()
                        .version())
                .isEqualTo("1:1.0.2k-16.el7");
        assertThat(component(read("centos-7-spdx.txt"), "openssl-libs").record().version())
                .isEqualTo("1:1.0.2k-16.el7");
    }

    @Test
    void namesTheLayerThatTheProducerNoted() throws Exception {
        BillOfMaterials bill = read("centos-7-cyclonedx.json");
        Layer layer =
                bill.layers().get(component(bill, "bash").locations().getFirst().layer());
        assertThat(layer.diffId().orElseThrow().hex()).startsWith("89169d87dbe2");
    }

    @Test
    void tellsTypeByTheDatabaseThatClairNames() throws Exception {
        assertThat(read("distroless-static-debian12.spdx.json").components())
                .extracting(component -> component.purl().toString())
                .containsExactly(
                        "pkg:deb/debian/base-files@12.4%2Bdeb12u9",
                        "pkg:deb/debian/netbase@6.4", "pkg:deb/debian/tzdata@2024b-0%2Bdeb12u1");
    }

    @Test
    void whatHasNoPackageUrlIsAGapWithItsLine() throws Exception {
        assertThat(read("alpine.cdx.xml").gaps())
                .containsExactly(new Gap(
                        Gap.Code.UNREADABLE,
                        "alpine.cdx.xml",
                        "1 component without a package URL, not matched: busybox 1.35.0 (line 172)"));
    }

    @Test
    void aBillOfImagesAloneIsNotAnEmptyAnswer() throws Exception {
        assertThat(read("konflux-manifest.spdx.json").gaps())
                .extracting(Gap::detail)
                .containsExactly("it names no package that could be matched");
    }

    private static Component component(BillOfMaterials bill, String name) {
        List<Component> found = bill.components().stream()
                .filter(component -> component.record().name().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
