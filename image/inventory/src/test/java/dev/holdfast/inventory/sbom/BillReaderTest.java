package dev.holdfast.inventory.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.Distribution;
import dev.holdfast.inventory.PackageRecord.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What documents say and how they go wrong. */
class BillReaderTest {
    @TempDir
    Path folder;

    private static BillOfMaterials read(String text) throws InputException, IOException {
        return read(text, Limits.DEFAULT);
    }

    private static BillOfMaterials read(String text, Limits limits) throws InputException, IOException {
        return new BillReader(limits).read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "bom");
    }

    private static String cycloneDx(String... components) {
        return "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"components\":["
                + String.join(",", components) + "]}";
    }

    private static String component(String purl) {
        return "{\"type\":\"library\",\"name\":\"x\",\"version\":\"9\",\"purl\":\"" + purl + "\"}";
    }

    private static Component only(String purl) throws Exception {
        BillOfMaterials bill = read(cycloneDx(component(purl)));
        assertThat(bill.components()).hasSize(1);
        return bill.components().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:maven/org.example/a@1.0,org.example:a,1.0",
        "pkg:npm/%40angular/core@12.3.1,@angular/core,12.3.1",
        "pkg:golang/github.com/Masterminds/semver/v3@v3.1.0,github.com/Masterminds/semver/v3,v3.1.0",
        "pkg:pypi/Django_x@1.0,django-x,1.0",
        "pkg:deb/debian/libc6@2.36-9?arch=amd64,libc6,2.36-9",
        "pkg:deb/debian/perl@5.36.0-7?epoch=1,perl,1:5.36.0-7",
        "pkg:deb/debian/perl@1%3A5.36.0-7,perl,1:5.36.0-7",
        "pkg:rpm/fedora/curl@7.50.3-1.fc25?epoch=0,curl,7.50.3-1.fc25",
        "pkg:rpm/redhat/bind@9.11-1.el8?epoch=32,bind,32:9.11-1.el8",
    })
    void namesAPackageAsItsWorldDoes(String purl, String name, String version) throws Exception {
        assertThat(only(purl).record().name()).isEqualTo(name);
        assertThat(only(purl).record().version()).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:deb/debian/libc6@2.36-9?upstream=glibc,glibc,2.36-9",
        "pkg:deb/debian/libgcc-s1@12.2.0-14?upstream=gcc-12%4012.2.0-13,gcc-12,12.2.0-13",
        "pkg:deb/debian/bash@5.2.15-2%2Bb7,bash,5.2.15-2",
        "pkg:apk/alpine/libcrypto3@3.1.0-r0?upstream=openssl,openssl,3.1.0-r0",
        "pkg:rpm/rhel/glibc-common@2.34-28.el9?upstream=glibc-2.34-28.el9.src.rpm,glibc,2.34-28.el9",
    })
    void takesTheSourceFromTheUpstreamQualifier(String purl, String name, String version) throws Exception {
        assertThat(only(purl).record().source()).contains(new Source(name, version));
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:deb/debian/a@1?distro=debian-12,debian,12",
        "pkg:deb/debian/a@1?distro=bookworm,debian,12",
        "pkg:deb/debian/a@1?distro=debian-bookworm,debian,12",
        "pkg:deb/ubuntu/a@1?distro=jammy,ubuntu,22.04",
        "pkg:apk/alpine/a@1?distro=3.17.2,alpine,3.17.2",
        "pkg:apk/alpine/a@1?distro=alpine-3.17.2,alpine,3.17.2",
        "pkg:rpm/redhat/a@1?distro=redhat-8.4,rhel,8.4",
        "pkg:rpm/opensuse/a@1?distro=opensuse-leap-15.4,opensuse-leap,15.4",
        "pkg:rpm/opensuse.leap/a@1?distro=opensuse.leap-15.4,opensuse-leap,15.4",
        "pkg:rpm/amazon/a@1?distro=amazon-2,amzn,2",
        "pkg:rpm/oracle/a@1?distro=oracle-9.2,ol,9.2",
        "pkg:rpm/alma/a@1?distro=alma-9.2,almalinux,9.2",
        "pkg:rpm/suse/a@1?distro=suse%20linux%20enterprise%20server-15.3,sles,15.3",
        "pkg:rpm/redhat/a@5.3.28-57.el9_6,rhel,9",
        "pkg:rpm/amzn/a@2.34-52.amzn2023.0.3,amzn,2023",
        "pkg:rpm/photon/a@1-2.ph5,photon,5.0",
        "pkg:deb/debian/a@12.4%2Bdeb12u9,debian,12",
    })
    void tellsTheDistributionFromPackageUrls(String purl, String id, String version) throws Exception {
        Distribution found = read(cycloneDx(component(purl))).distribution().orElseThrow();
        assertThat(found.id()).isEqualTo(id);
        assertThat(found.version()).isEqualTo(version);
    }

    @Test
    void anUnmarkedPackageTellsNoDistribution() throws Exception {
        assertThat(read(cycloneDx(component("pkg:deb/debian/a@1"))).distribution())
                .isEmpty();
    }

    @Test
    void packagesOfTwoReleasesAreAGap() throws Exception {
        BillOfMaterials bill = read(cycloneDx(
                component("pkg:deb/debian/a@1?distro=debian-12"),
                component("pkg:deb/debian/b@1?distro=debian-12"),
                component("pkg:deb/debian/c@1?distro=debian-11")));
        assertThat(bill.distribution().orElseThrow().version()).isEqualTo("12");
        assertThat(bill.gaps()).extracting(Gap::code).containsExactly(Gap.Code.UNKNOWN_DISTRIBUTION);
    }

    @Test
    void oneComponentNamedTwiceIsOneWithTwoPlaces() throws Exception {
        BillOfMaterials bill = read(cycloneDx(component("pkg:pypi/a@1") + "\n", component("pkg:pypi/A@1")));
        assertThat(bill.components()).hasSize(1);
        assertThat(bill.components().getFirst().locations())
                .extracting(Component.Location::line)
                .containsExactly(1, 2);
    }

    @Test
    void aComponentWithinAComponentCounts() throws Exception {
        BillOfMaterials bill = read(cycloneDx(
                "{\"type\":\"application\",\"name\":\"shop\",\"components\":[" + component("pkg:pypi/a@1") + "]}"));
        assertThat(bill.components()).hasSize(1);
        assertThat(bill.gaps()).isEmpty();
    }

    @Test
    void theVersionBesideTheUrlCountsWhereTheUrlHasNone() throws Exception {
        Component component = only("pkg:pypi/a");
        assertThat(component.record().version()).isEqualTo("9");
        assertThat(component.purl().toString()).isEqualTo("pkg:pypi/a@9");
    }

    @Test
    void membersMayComeInAnyOrder() throws Exception {
        BillOfMaterials bill = read(
                "{\"components\":[" + component("pkg:pypi/a@1")
                        + "],\"metadata\":{\"component\":{\"name\":\"shop\"}},\"specVersion\":\"1.4\",\"bomFormat\":\"CycloneDX\"}");
        assertThat(bill.format()).isEqualTo("CycloneDX 1.4");
        assertThat(bill.subject()).isEqualTo("shop");
        assertThat(bill.components()).hasSize(1);
    }

    @Test
    void readsAnEnvelopeAroundAStatement() throws Exception {
        String statement = "{\"predicateType\":\"https://cyclonedx.org/bom\",\"predicate\":"
                + cycloneDx(component("pkg:pypi/a@1")) + "}";
        String payload = Base64.getEncoder().encodeToString(statement.getBytes(StandardCharsets.UTF_8));
        assertThat(read("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"" + payload + "\"}")
                        .components())
                .hasSize(1);
    }

    @Test
    void readsAGithubSnapshot() throws Exception {
        BillOfMaterials bill = read("""
                {"version":0,"detector":{"name":"d"},"manifests":{"package-lock.json":{"name":"n","file":{"source_location":"app/package-lock.json"},
                "resolved":{"a":{"package_url":"pkg:npm/a@1.0.0","scope":"runtime"},"b":{"package_url":"pkg:npm/b@2.0.0","scope":"development"}}}}}
                """);
        assertThat(bill.components())
                .extracting(component -> component.locations().getFirst().path())
                .containsExactly("app/package-lock.json", "app/package-lock.json");
    }

    @Test
    void readsSpdx3() throws Exception {
        BillOfMaterials bill = read("""
                {"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[
                {"type":"CreationInfo","@id":"_:c","specVersion":"3.0.1","created":"2026-01-01T00:00:00Z"},
                {"type":"SpdxDocument","spdxId":"u:d","name":"shop"},
                {"type":"software_Package","spdxId":"u:1","name":"a","software_packageVersion":"1","software_packageUrl":"pkg:pypi/a@1"},
                {"type":"software_Package","spdxId":"u:2","name":"b","software_packageVersion":"2",
                 "externalIdentifier":[{"type":"ExternalIdentifier","externalIdentifierType":"packageUrl","identifier":"pkg:pypi/b@2"}]},
                {"type":"software_Package","spdxId":"u:3","name":"debian","software_packageVersion":"12","software_primaryPurpose":"operatingSystem"}]}
                """);
        assertThat(bill.format()).isEqualTo("SPDX-3.0.1");
        assertThat(bill.subject()).isEqualTo("shop");
        assertThat(bill.components()).hasSize(2);
        assertThat(bill.distribution().orElseThrow().id()).isEqualTo("debian");
    }

    @Test
    void aMalformedUrlIsAGapAndTheOthersCount() throws Exception {
        BillOfMaterials bill =
                read(cycloneDx(component("pkg:pypi"), component("pkg:pypi/a@1"), component("pkg:npm/%zz@1")));
        assertThat(bill.components()).hasSize(1);
        assertThat(bill.gaps())
                .containsExactly(new Gap(
                        Gap.Code.UNREADABLE,
                        "bom",
                        "2 components with a malformed package URL, not matched: x 9 (line 1), x 9 (line 1)"));
    }

    @Test
    void anUnknownVersionOfTheFormatIsSaid() throws Exception {
        BillOfMaterials bill = read(cycloneDx(component("pkg:pypi/a@1")).replace("1.6", "2.0"));
        assertThat(bill.components()).hasSize(1);
        assertThat(bill.gaps()).extracting(Gap::code).containsExactly(Gap.Code.UNSUPPORTED);
    }

    @Test
    void refusesOtherJsonAndSaysWhatItHas() {
        assertThatThrownBy(() -> read("{\"name\":\"x\",\"dependencies\":{},\"scripts\":{}}"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no bill of materials")
                .hasMessageContaining("dependencies, scripts");
    }

    @Test
    void tellsLineAndColumnOfBrokenJson() {
        assertThatThrownBy(() -> read("{\"bomFormat\":\"CycloneDX\",\n  \"components\": [ {] }"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2, column 20")
                .hasMessageNotContaining("Source");
    }

    @Test
    void tellsLineAndColumnOfBrokenXml() {
        assertThatThrownBy(
                        () -> read(
                                "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.4\">\n<components><component></components></bom>"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void tellsTheLineOfABrokenTag() {
        assertThatThrownBy(() -> read("SPDXVersion: SPDX-2.3\nPackageName: a\nno tag here\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 3: expected 'Tag: value'");
    }

    @Test
    void refusesATextBlockThatNeverEnds() {
        assertThatThrownBy(() -> read("SPDXVersion: SPDX-2.3\nPackageComment: <text>for ever\nand ever\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2: <text>");
    }

    @Test
    void refusesEntitiesThatExpandToBillions() {
        assertThatThrownBy(() -> read("<!DOCTYPE bom [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>"
                        + "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.4\"><components>&b;</components></bom>"))
                .isInstanceOf(InputException.class);
    }

    @Test
    void refusesNestingWithoutEnd() {
        assertThatThrownBy(() -> read(cycloneDx("{\"components\":[".repeat(10_000))))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> read("<bom xmlns=\"http://cyclonedx.org/schema/bom/1.4\"><components>"
                        + "<component><components>".repeat(10_000)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void refusesEnvelopesWithinEnvelopes() {
        String inner = cycloneDx();
        for (int i = 0; i < 5; i++) {
            inner = "{\"payload\":\"" + Base64.getEncoder().encodeToString(inner.getBytes(StandardCharsets.UTF_8))
                    + "\"}";
        }
        String text = inner;
        assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class).hasMessageContaining("envelopes");
    }

    @Test
    void refusesMoreComponentsThanTheBudget() {
        assertThatThrownBy(() -> read(
                        cycloneDx(component("pkg:pypi/a@1"), component("pkg:pypi/b@1"), component("pkg:pypi/c@1")),
                        Limits.DEFAULT.withEntries(2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more than 2 components");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hello", "[]", "{}", "<html/>", "<bom/>", "# a comment\n", "PK\u0003\u0004"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InputException.class);
    }

    /** Every document cut off or with bytes turned over is read or refused, never anything else. */
    @Test
    void noDamageLetsAnUncheckedExceptionOut() throws Exception {
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        String[] documents = {
            cycloneDx(component("pkg:deb/debian/a@1?distro=debian-12&upstream=b%402"), component("pkg:golang/A/b@v1")),
            """
            SPDXVersion: SPDX-2.3
            PackageName: a
            SPDXID: SPDXRef-1
            PackageVersion: 1
            ExternalRef: PACKAGE-MANAGER purl pkg:rpm/redhat/a@1-1.el9?upstream=a-1-1.el9.src.rpm
            PackageChecksum: SHA1: aa
            """,
            "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.4\"><components><component type=\"library\"><name>a</name>"
                    + "<purl>pkg:pypi/a@1</purl></component></components></bom>",
            "{\"artifacts\":[{\"name\":\"a\",\"purl\":\"pkg:apk/alpine/a@1\",\"locations\":[{\"path\":\"/x\",\"layerID\":\"sha256:1\"}]}],"
                    + "\"distro\":{\"id\":\"alpine\",\"versionID\":\"3.1\"}}",
        };
        for (int i = 0; i < 4_000; i++) {
            byte[] bytes = documents[i % documents.length].getBytes(StandardCharsets.UTF_8);
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
            try {
                new BillReader(Limits.DEFAULT).read(new ByteArrayInputStream(bytes, 0, length), "bom");
            } catch (InputException refused) {
                assertThat(refused.getMessage())
                        .as("seed %d, round %d", seed, i)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void knowsTextFromImagesByLooking() throws Exception {
        assertThat(BillReader.mayBeOne(Files.writeString(folder.resolve("a"), "\ufeff\n {}")))
                .isTrue();
        assertThat(BillReader.mayBeOne(Files.writeString(folder.resolve("b"), "<bom/>")))
                .isTrue();
        assertThat(BillReader.mayBeOne(Files.writeString(folder.resolve("c"), "# x\nSPDXVersion: SPDX-2.3\n")))
                .isTrue();
        assertThat(BillReader.mayBeOne(Files.writeString(folder.resolve("d"), "manifest.json")))
                .isFalse();
        assertThat(BillReader.mayBeOne(Files.writeString(folder.resolve("e"), "")))
                .isFalse();
        assertThat(BillReader.mayBeOne(folder)).isFalse();
    }
}
