package dev.holdfast.inventory.dotnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.InputException;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NugetCatalogerTest {
    private final NugetCataloger cataloger = new NugetCataloger();

    @ParameterizedTest
    @CsvSource({
        "/app/App.deps.json, CONTENT",
        "/src/packages.lock.json, CONTENT",
        "/src/obj/project.assets.json, CONTENT",
        "/src/packages.config, CONTENT",
        "/src/Directory.Packages.props, CONTENT",
        "/app/appsettings.json, NOTHING",
        "/root/.nuget/packages/a/1.0.0/a.deps.json, NOTHING",
    })
    void wantsWhatNugetWrites(String path, Want want) {
        assertThat(cataloger.wants(path, new FileHeader(FileType.REGULAR, 100, 0644)))
                .isEqualTo(want);
    }

    /** Of 53 libraries one is the project, and one the runtime pack. */
    @ParameterizedTest
    @CsvSource({
        "syft-pe-net8-app-single-file.deps.json, App.deps.json, 52",
        "trivy-core_deps-self-contained.deps.json, App.deps.json, 3",
        "syft-image-net8-app-src-packages.lock.json, packages.lock.json, 51",
        "trivy-lock-packages_lock_multi.json, packages.lock.json, 40",
    })
    void readsEveryFileOfTheCorpus(String file, String name, int entries) throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/app/" + name, Corpus.bytes("lockfiles/" + file));
        assertThat(found.packages())
                .hasSize(entries)
                .allMatch(each -> !each.version().isEmpty() && each.line() > 0);
    }

    @Test
    void runtimeThatIsDeployedWithTheApplicationIsNamed() throws Exception {
        Cataloged found = Cataloged.of(
                cataloger, "/app/App.deps.json", Corpus.bytes("lockfiles/trivy-core_deps-self-contained.deps.json"));
        assertThat(found.namesAndVersions())
                .containsExactlyInAnyOrder(
                        "Newtonsoft.Json 13.0.1",
                        "Microsoft.NETCore.App.Runtime.linux-x64 8.0.0",
                        "Microsoft.AspNetCore.App.Runtime.linux-x64 8.0.0");
    }

    @Test
    void referenceAssembliesAndProjectsAreNoPackages() throws Exception {
        Cataloged found = Cataloged.of(
                cataloger,
                "/app/App.deps.json",
                "{\"libraries\":{\"App/1.0.0\":{\"type\":\"project\"},\"Ref/4.0.0\":{\"type\":\"referenceassembly\"},"
                        + "\"A/1.0.0\":{\"type\":\"package\"},\"noversion\":{\"type\":\"package\"}}}");
        assertThat(found.namesAndVersions()).containsExactly("A 1.0.0");
    }

    @Test
    void xmlFilesAreReadWithTheirLines() throws Exception {
        Cataloged config = Cataloged.of(cataloger, "/src/packages.config", """
                <?xml version="1.0" encoding="utf-8"?>
                <!-- <package id="no" version="1.0"/> -->
                <packages>
                  <package id="jQuery" version="3.1.1" targetFramework="net46" />
                  <package id = 'Tool' developmentDependency="true"
                           version='2.0'/>
                </packages>
                """);
        assertThat(config.namesAndVersions()).containsExactly("jQuery 3.1.1", "Tool 2.0");
        assertThat(config.named("jQuery").line()).isEqualTo(4);
        assertThat(config.named("Tool").detail(Detail.SCOPE)).contains("dev");
        Cataloged central = Cataloged.of(
                cataloger,
                "/src/Directory.Packages.props",
                "<Project><ItemGroup><PackageVersion Include=\"A\" Version=\"1.0.0\"/><PackageVersion Include=\"B\""
                        + " Version=\"[2.0.0]\"/><PackageVersion Include=\"C\" Version=\"$(V)\"/><PackageVersion"
                        + " Include=\"D\" Version=\"[1.0,2.0)\"/></ItemGroup></Project>");
        assertThat(central.namesAndVersions()).containsExactly("A 1.0.0", "B 2.0.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "packages.lock.json | {\"dependencies\": {\"net8.0\": {\"A\": {",
                "App.deps.json | []",
                "App.deps.json | {\"libraries\": {\"A/1\": {\"type\":",
            })
    void whatIsCutOffSaysSo(String name, String text) {
        assertThatThrownBy(() -> Cataloged.of(cataloger, "/app/" + name, text)).isInstanceOf(InputException.class);
    }
}
