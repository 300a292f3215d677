package dev.holdfast.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bills of materials that lie in an image, against what was found there. */
class HintsTest {
    private static final String BILL = "/opt/bitnami/shop/.spdx-shop.spdx";
    private static final String METADATA = "/usr/lib/python3/dist-packages/a-1.0.dist-info/METADATA";

    private final Gaps gaps = new Gaps();

    private static String bill(String... purls) {
        StringBuilder text = new StringBuilder("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[");
        for (String purl : purls) {
            text.append(text.charAt(text.length() - 1) == '[' ? "" : ",")
                    .append("{\"type\":\"library\",\"name\":\"x\",\"purl\":\"")
                    .append(purl)
                    .append("\"}");
        }
        return text.append("]}").toString();
    }

    private List<String> inventory(Layers layers) throws Exception {
        return new Inventory(Limits.DEFAULT)
                .of(layers, gaps).components().stream()
                        .map(component -> component.purl() + " "
                                + component.record().confidence().word() + " "
                                + component.locations().size())
                        .toList();
    }

    @Test
    void whatOnlyTheBillNamesIsListedWithLowConfidence() throws Exception {
        assertThat(inventory(new Layers().file(BILL, bill("pkg:pypi/a@1.0")))).containsExactly("pkg:pypi/a@1.0 low 1");
        assertThat(gaps.list()).isEmpty();
    }

    @Test
    void whatWasFoundCountsOnceAndAsItWasFound() throws Exception {
        assertThat(inventory(new Layers()
                        .file(METADATA, "Metadata-Version: 2.1\nName: a\nVersion: 1.0\n")
                        .file(BILL, bill("pkg:pypi/a@1.0"))))
                .containsExactly("pkg:pypi/a@1.0 high 1");
        assertThat(gaps.list()).isEmpty();
    }

    @Test
    void aBillThatIsOutOfDateDoesNotHideOrAddAVersion() throws Exception {
        assertThat(inventory(new Layers()
                        .file(METADATA, "Metadata-Version: 2.1\nName: a\nVersion: 1.0\n")
                        .file(BILL, bill("pkg:pypi/a@2.0"))))
                .containsExactly("pkg:pypi/a@1.0 high 1");
        assertThat(gaps.list())
                .containsExactly(new Gap(
                        Gap.Code.UNSUPPORTED,
                        BILL,
                        "this bill of materials names 1 package otherwise than found; what was found counts"));
    }

    @Test
    void aDistributionsPackagesAreBelievedToItsDatabase() throws Exception {
        assertThat(inventory(new Layers()
                        .file("/etc/os-release", "ID=debian\nVERSION_ID=12\n")
                        .file("/var/lib/dpkg/status", "Package: bash\nStatus: install ok installed\nVersion: 5\n\n")
                        .file(BILL, bill("pkg:deb/debian/zsh@1"))))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "not json", "{\"bomFormat\":\"CycloneDX\",\"components\":[{]}"})
    void anUnreadableBillIsNoReasonNotToTell(String text) throws Exception {
        assertThat(inventory(new Layers().file("/srv/x.cdx.json", text))).isEmpty();
        assertThat(gaps.list()).extracting(Gap::code).containsOnly(Gap.Code.UNSUPPORTED);
    }

    @Test
    void otherJsonIsNotLookedAt() throws Exception {
        assertThat(inventory(new Layers().file("/srv/data.json", bill("pkg:pypi/a@1.0"))))
                .isEmpty();
    }
}
