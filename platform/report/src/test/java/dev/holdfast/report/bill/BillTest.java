package dev.holdfast.report.bill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.inventory.Component;
import dev.holdfast.inventory.sbom.BillOfMaterials;
import dev.holdfast.inventory.sbom.BillReader;
import dev.holdfast.report.OfficialSchema;
import dev.holdfast.report.SampleReport;
import dev.holdfast.scan.ScanReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Bills of materials as written: valid, the same every time, and read back as what they were written of. */
class BillTest {
    private static final Instant MADE = Instant.parse("2026-10-01T12:00:00Z");

    private static BillContents contents() {
        ScanReport report = SampleReport.report();
        return new BillContents(
                "0.1.0",
                report.target(),
                Optional.of(MADE),
                report.contents().layers(),
                report.contents().support().map(support -> support.distribution()),
                report.contents().components(),
                report.gaps(),
                report.findings());
    }

    private static byte[] cycloneDx(BillContents contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CycloneDxBill.write(contents, out);
        return out.toByteArray();
    }

    private static byte[] spdx(BillContents contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SpdxBill.write(contents, out);
        return out.toByteArray();
    }

    @Test
    void cycloneDxIsValidByItsOfficialSchema() throws Exception {
        assertThat(OfficialSchema.CYCLONEDX_1_6.violations(cycloneDx(contents())))
                .isEmpty();
    }

    @Test
    void spdxIsValidByItsOfficialSchema() throws Exception {
        assertThat(OfficialSchema.SPDX_2_3.violations(spdx(contents()))).isEmpty();
    }

    @Test
    void theSchemasFindWhatIsWrong() throws Exception {
        assertThat(OfficialSchema.CYCLONEDX_1_6.violations(
                        "{\"bomFormat\":\"Other\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isNotEmpty();
        assertThat(OfficialSchema.SPDX_2_3.violations(
                        "{\"packages\":[{}]}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isNotEmpty();
    }

    @Test
    void theSameContentsGiveTheSameBytes() {
        assertThat(cycloneDx(contents())).isEqualTo(cycloneDx(contents()));
        assertThat(spdx(contents())).isEqualTo(spdx(contents()));
    }

    @Test
    void otherContentsHaveAnotherSerialNumber() {
        BillContents other = new BillContents(
                "0.1.0",
                contents().target(),
                Optional.of(MADE),
                contents().layers(),
                contents().distribution(),
                List.of(),
                contents().gaps(),
                List.of());
        assertThat(other.uuid("CycloneDX")).isNotEqualTo(contents().uuid("CycloneDX"));
        assertThat(contents().uuid("CycloneDX")).isNotEqualTo(contents().uuid("SPDX"));
        assertThat(contents().uuid("CycloneDX"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void neverWritesATimeThatNobodyGave() {
        BillContents timeless = new BillContents(
                "0.1.0",
                contents().target(),
                Optional.empty(),
                contents().layers(),
                contents().distribution(),
                contents().components(),
                contents().gaps(),
                List.of());
        assertThat(new String(cycloneDx(timeless), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("timestamp");
        assertThat(new String(spdx(timeless), java.nio.charset.StandardCharsets.UTF_8))
                .contains("1970-01-01T00:00:00Z");
    }

    @Test
    void whatCouldNotBeSeenIsWrittenDown() throws Exception {
        JsonValue document = Json.parse(cycloneDx(contents()), Limits.DEFAULT);
        assertThat(document.at("metadata").get("properties").elements()).anySatisfy(property -> {
            assertThat(property.get("name").text()).contains("holdfast:gap:encrypted");
            assertThat(property.get("value").text()).contains("/srv/closed.zip: 1 entry is encrypted");
        });
        assertThat(document.get("compositions")
                        .elements()
                        .getFirst()
                        .get("aggregate")
                        .text())
                .contains("incomplete");
        assertThat(new String(spdx(contents()), java.nio.charset.StandardCharsets.UTF_8))
                .contains("holdfast:gap:encrypted: /srv/closed.zip: 1 entry is encrypted");
    }

    @Test
    void leavesOutWhatALaterLayerRemoved() {
        Component there = SampleReport.report().contents().components().getFirst();
        Component gone = new Component(
                there.purl(),
                there.record(),
                Component.State.REMOVED,
                Optional.empty(),
                there.locations(),
                Optional.of(1));
        BillContents contents = new BillContents(
                "0.1.0",
                contents().target(),
                Optional.empty(),
                contents().layers(),
                contents().distribution(),
                List.of(gone),
                List.of(),
                List.of());
        assertThat(contents.components()).isEmpty();
    }

    @Test
    void bothFormatsAreReadBackAsTheyWereWritten() throws Exception {
        for (byte[] document : List.of(cycloneDx(contents()), spdx(contents()))) {
            BillOfMaterials bill = new BillReader(Limits.DEFAULT).read(new ByteArrayInputStream(document), "bill.json");
            assertThat(bill.subject()).isEqualTo("shop:1.4");
            assertThat(bill.created()).isEqualTo("2026-10-01T12:00:00Z");
            assertThat(bill.gaps()).isEmpty();
            assertThat(bill.distribution().orElseThrow().id()).isEqualTo("debian");
            assertThat(bill.distribution().orElseThrow().version()).isEqualTo("12");
            Component component = bill.components().getFirst();
            assertThat(component.purl())
                    .isEqualTo(contents().components().getFirst().purl());
            assertThat(component.record().name()).isEqualTo("org.apache.logging.log4j:log4j-core");
            Component.Location location = component.locations().getFirst();
            assertThat(location.path()).isEqualTo(SampleReport.HOSTILE);
            assertThat(bill.layers().get(location.layer()).diffId())
                    .isEqualTo(contents().layers().get(1).diffId());
        }
    }
}
