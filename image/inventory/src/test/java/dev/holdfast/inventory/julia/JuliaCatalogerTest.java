package dev.holdfast.inventory.julia;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord.Detail;
import org.junit.jupiter.api.Test;

class JuliaCatalogerTest {
    private final JuliaCataloger cataloger = new JuliaCataloger();

    /** Of 13 entries, those of Julia itself have no version. */
    @Test
    void manifestOfTheCorpusIsRead() throws Exception {
        Cataloged found = Cataloged.of(
                cataloger, "/app/Manifest.toml", Corpus.bytes("lockfiles/trivy-primary-Manifest_v1.8.toml"));
        assertThat(found.packages()).hasSize(6);
        assertThat(found.namesAndVersions()).contains("JSON 0.21.4", "Parsers 2.5.10");
        assertThat(found.named("JSON").detail(Detail.IDENTIFIER)).contains("682c06a0-de6a-54ab-a142-c8b1cf79cde6");
    }

    @Test
    void olderManifestsNameTheTableAfterThePackage() throws Exception {
        assertThat(Cataloged.of(
                                cataloger,
                                "/app/Manifest.toml",
                                "[[JSON]]\nversion = \"0.21.1\"\n[[Dates]]\nuuid = \"x\"\n")
                        .namesAndVersions())
                .containsExactly("JSON 0.21.1");
        assertThat(cataloger.isRecord("/app/Manifest-v1.11.toml")).isTrue();
        assertThat(cataloger.isRecord("/app/Project.toml")).isFalse();
    }
}
