package dev.holdfast.inventory.golang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoModuleCatalogerTest {
    private final GoModuleCataloger cataloger = new GoModuleCataloger();

    @ParameterizedTest
    @CsvSource({
        "/src/go.mod, CONTENT",
        "/src/go.sum, CONTENT",
        "/src/vendor/modules.txt, CONTENT",
        "/src/modules.txt, NOTHING",
        "/root/go/pkg/mod/github.com/a/b@v1.0.0/go.mod, NOTHING",
        "/usr/local/go/src/go.mod, NOTHING",
    })
    void wantsModuleFilesOfProjects(String path, Want want) {
        assertThat(cataloger.wants(path, new FileHeader(FileType.REGULAR, 100, 0644)))
                .isEqualTo(want);
    }

    @Test
    void sumsWithoutModuleFileNameWhatWasDownloaded() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/src/go.sum", Corpus.bytes("lockfiles/trivy-repo-gomod-go.sum"));
        assertThat(found.packages()).hasSize(110);
    }

    @Test
    void requirementsAreReadWithTheirReplacements() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/src/go.mod", """
                module example.com/app // me

                go 1.21

                require example.com/a v1.0.0
                require (
                \texample.com/b v1.2.3 // indirect
                \t"example.com/c" v0.0.0-20200101000000-abcdefabcdef
                \texample.com/d v1.0.0
                \texample.com/e v1.0.0
                )

                replace (
                \texample.com/c => example.org/c v1.1.0
                \texample.com/d v0.9.0 => example.org/d v0.9.1
                \texample.com/e => ../e
                )
                exclude example.com/x v1.0.0
                """);
        assertThat(found.namesAndVersions())
                .containsExactly(
                        "example.com/a v1.0.0",
                        "example.com/b v1.2.3",
                        "example.org/c v1.1.0",
                        "example.com/d v1.0.0",
                        "example.com/e v1.0.0");
        assertThat(found.named("example.org/c").detail(Detail.REPLACED))
                .contains("example.com/c@v0.0.0-20200101000000-abcdefabcdef");
        assertThat(found.named("example.com/e").confidence()).isEqualTo(Confidence.LOW);
        assertThat(found.named("example.com/b").line()).isEqualTo(7);
    }

    @Test
    void indirectModulesOfOldModuleFilesComeFromTheSumsInTheirHighestVersion() throws Exception {
        Map<String, byte[]> beside = Map.of("/src/go.sum", """
                example.com/a v1.0.0 h1:x
                example.com/a v1.0.0/go.mod h1:x
                example.com/b v1.9.0 h1:x
                example.com/b v1.10.0 h1:x
                example.com/c v1.0.0/go.mod h1:x
                """.getBytes(StandardCharsets.UTF_8));
        String old = "module m\ngo 1.16\nrequire example.com/a v1.1.0\n";
        Cataloged found = Cataloged.of(cataloger, "/src/go.mod", old.getBytes(StandardCharsets.UTF_8), beside);
        assertThat(found.namesAndVersions()).containsExactly("example.com/a v1.1.0", "example.com/b v1.10.0");
        String recent = old.replace("1.16", "1.17");
        assertThat(Cataloged.of(cataloger, "/src/go.mod", recent.getBytes(StandardCharsets.UTF_8), beside)
                        .namesAndVersions())
                .containsExactly("example.com/a v1.1.0");
    }

    @Test
    void vendoredModulesAreRead() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/src/vendor/modules.txt", """
                # example.com/a v1.0.0
                ## explicit; go 1.17
                example.com/a/x
                # example.com/b v1.0.0 => example.org/b v1.0.1
                # example.com/c v1.0.0 => ./c
                """);
        assertThat(found.namesAndVersions())
                .containsExactly("example.com/a v1.0.0", "example.org/b v1.0.1", "example.com/c v1.0.0");
    }

    @Test
    void nonsenseHasNoModules() throws Exception {
        assertThat(Cataloged.of(cataloger, "/src/go.mod", "require (\nreplace =>\nrequire\ngo \ngo 1.99999999999999\n)")
                        .packages())
                .isEmpty();
    }
}
