package dev.holdfast.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.core.json.Json;
import dev.holdfast.core.json.JsonValue;
import dev.holdfast.inventory.PackageRecord.Source;
import dev.holdfast.oci.Target;
import dev.holdfast.oci.testing.Images;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that others made, against what is known of them. */
class CorpusImagesTest {
    private final Gaps gaps = new Gaps();

    @Test
    void agreesWithAPeersListOfAlpine() throws Exception {
        List<String> expected = new ArrayList<>();
        for (JsonValue each : Json.parse(Corpus.bytes("inventories/alpine-310.json.golden"), Limits.DEFAULT)
                .elements()) {
            expected.add(String.join(
                    " ",
                    text(each, "Name"),
                    text(each, "Version"),
                    text(each, "Arch"),
                    text(each, "SrcName"),
                    text(each, "SrcVersion")));
        }
        InventoryReport report = of("alpine-3.10.2.tar.gz");

        assertThat(report.components())
                .extracting(each -> each.record().name() + " " + each.record().version() + " "
                        + each.record().architecture().orElseThrow() + " "
                        + each.record().source().map(Source::name).orElseThrow() + " "
                        + each.record().source().map(Source::version).orElseThrow())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(report.distribution()).hasValueSatisfying(each -> {
            assertThat(each.id()).isEqualTo("alpine");
            assertThat(each.version()).isEqualTo("3.10.2");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "alpine-3.10.2.tar.gz, 14",
        "alpine-3.11.5.tar.gz, 14",
        "snyk-alpine.tar, 14",
        "snyk-npm7-with-package-lock-file.tar, 15",
        "snyk-yarn-with-node-modules-only.tar, 15",
        "snyk-pnpmlockv9.tar, 15"
    })
    void countsPackagesOfDistributions(String image, int packages) throws Exception {
        assertThat(of(image).components())
                .filteredOn(each -> each.record().type().isOfDistribution())
                .hasSize(packages);
        assertThat(gaps.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "busybox-docker.tar",
                "busybox-jib.tar",
                "hello-world-v25.tar",
                "snyk-kaniko-busybox.tar",
                "snyk-busybox.armv7.tar"
            })
    void findsNoDistributionAndMissesNoneWhereThereIsNone(String image) throws Exception {
        InventoryReport report = of(image);

        assertThat(report.distribution()).isEmpty();
        // A busybox that nobody installed, and the C library beside it, are told by their own bytes.
        assertThat(report.components())
                .allMatch(each ->
                        List.of("busybox", "glibc").contains(each.record().name()));
        assertThat(gaps.list()).extracting(Gap::code).doesNotContain(Gap.Code.UNKNOWN_DISTRIBUTION);
    }

    private InventoryReport of(String image) throws Exception {
        try (Target target =
                Images.open(Corpus.path("images/" + image), Limits.DEFAULT).getFirst()) {
            return new Inventory(Limits.DEFAULT).of(target, gaps);
        }
    }

    private static String text(JsonValue value, String name) {
        return value.get(name).text().orElseThrow();
    }
}
