package dev.holdfast.inventory.chisel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChiselTest {
    @Test
    void readsPackagesOfChiselledImage() throws Exception {
        Cataloged cataloged =
                Cataloged.of(new ChiselCataloger(), Manifest.PATH, Corpus.bytes("osdb/chisel-openssl.wall"));

        assertThat(cataloged.namesAndVersions())
                .containsExactly(
                        "base-files 13ubuntu10.2",
                        "libc6 2.39-0ubuntu8.4",
                        "libssl3t64 3.0.13-0ubuntu3.5",
                        "openssl 3.0.13-0ubuntu3.5");
        assertThat(cataloged.named("openssl").architecture()).contains("amd64");
        assertThat(cataloged.named("openssl").source()).isEmpty();
        assertThat(cataloged.gaps()).extracting(Gap::code).containsExactly(Gap.Code.UNSUPPORTED);
    }

    @Test
    void refusesManifestCutOff() throws Exception {
        byte[] manifest = Corpus.bytes("osdb/chisel-openssl.wall");

        assertThatThrownBy(() -> Cataloged.of(
                        new ChiselCataloger(), Manifest.PATH, Arrays.copyOf(manifest, manifest.length / 2)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void refusesPackageWithoutName() {
        assertThatThrownBy(() ->
                        Cataloged.of(new ChiselCataloger(), Manifest.PATH, "{\"kind\":\"package\",\"version\":\"1\"}"))
                .isInstanceOf(InputException.class)
                .hasMessage("line 1: a package without a name");
    }

    @Test
    void refusesLineWithoutEnd() {
        assertThatThrownBy(() -> Cataloged.of(new ChiselCataloger(), Manifest.PATH, "\"" + "x".repeat(2 << 20) + "\""))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1 has more than");
    }
}
