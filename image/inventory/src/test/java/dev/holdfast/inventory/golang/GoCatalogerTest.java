package dev.holdfast.inventory.golang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.core.Gap;
import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.inventory.Cataloged;
import dev.holdfast.inventory.Confidence;
import dev.holdfast.inventory.Corpus;
import dev.holdfast.inventory.FakeFiles;
import dev.holdfast.inventory.PackageRecord;
import dev.holdfast.inventory.PackageRecord.Detail;
import dev.holdfast.oci.FileHeader;
import dev.holdfast.oci.FileType;
import dev.holdfast.oci.Want;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoCatalogerTest {
    private final GoCataloger cataloger = new GoCataloger();

    @ParameterizedTest
    @CsvSource({
        "/bin/tool, 0755, 2000000, PROGRAM",
        "/bin/tool, 0644, 2000000, PROGRAM",
        "/bin/tool.exe, 0644, 2000000, PROGRAM",
        "/lib/plugin.so, 0644, 2000000, PROGRAM",
        "/bin/tool, 0755, 1000, NOTHING",
        "/data/table.csv, 0644, 2000000, NOTHING",
        "/home/.bashrc, 0644, 2000000, PROGRAM",
    })
    void wantsWhatMayBeAProgram(String path, String mode, long size, Want want) {
        FileHeader header = new FileHeader(FileType.REGULAR, size, Integer.parseInt(mode, 8));
        assertThat(cataloger.wants(path, header)).isEqualTo(want);
    }

    // --- the corpus; the facts are what "go version -m" prints ---

    @ParameterizedTest
    @ValueSource(strings = {"go-test.elf", "go-test.exe", "go-test.macho"})
    void readsTheOldPointersInEveryContainer(String file) throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/bin/test", Corpus.bytes("binaries/" + file));
        assertThat(found.namesAndVersions())
                .containsExactly(
                        "github.com/aquasecurity/test ",
                        "github.com/aquasecurity/go-pep440-version v0.0.0-20210121094942-22b2f8951d46",
                        "github.com/aquasecurity/go-version v0.0.0-20210121072130-637058cfe492",
                        "golang.org/x/xerrors v0.0.0-20200804184101-5ec99f83aff1",
                        "stdlib 1.15.2");
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void takesTheMainModulesVersionFromTheLinkersFlags() throws Exception {
        Cataloged found =
                Cataloged.of(cataloger, "/bin/test", Corpus.bytes("binaries/go-main-version-via-ldflags.elf"));
        assertThat(found.namesAndVersions()).containsExactly("github.com/aquasecurity/test v1.0.0", "stdlib 1.22.1");
        assertThat(found.packages().getFirst().confidence()).isEqualTo(Confidence.MEDIUM);
    }

    @Test
    void namesTheModuleThatReplacesAndWhatItReplaces() throws Exception {
        Cataloged found =
                Cataloged.of(cataloger, "/bin/test", Corpus.bytes("binaries/go-module-replacement-linux-amd64"));
        assertThat(found.namesAndVersions())
                .containsExactly(
                        "binary_with_module_replacement ",
                        "github.com/golang/xerrors v0.0.0-20220907171357-04be3eba64a2",
                        "stdlib 1.22.0");
        assertThat(found.packages().get(1).detail(Detail.REPLACED))
                .contains("golang.org/x/xerrors@v0.0.0-20220907171357-04be3eba64a2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust-test.elf", "rust-test.exe", "rust-uses_serde_json", "dotnet-HelloWorldApp.exe"})
    void programsOfOtherLanguagesAreLeftAlone(String file) throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/bin/test", Corpus.bytes("binaries/" + file));
        assertThat(found.packages()).isEmpty();
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void aProgramStrippedOfItsSectionTableIsStillRead() throws Exception {
        byte[] elf = Corpus.bytes("binaries/go-module-replacement-linux-amd64");
        Arrays.fill(elf, 40, 48, (byte) 0); // offset of the section headers
        Arrays.fill(elf, 60, 64, (byte) 0); // their number, and the index of the names
        assertThat(Cataloged.of(cataloger, "/bin/test", elf).namesAndVersions())
                .contains("stdlib 1.22.0")
                .hasSize(3);
    }

    @Test
    void aProgramThatIsCutOffSaysSo() throws Exception {
        byte[] elf = Corpus.bytes("binaries/go-test.elf");
        FakeFiles files = new FakeFiles().put("/bin/test", Arrays.copyOf(elf, elf.length / 3));
        assertThat(files.catalog(cataloger)).isEmpty();
        assertThat(files.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.code()).isEqualTo(Gap.Code.UNREADABLE));
    }

    @Test
    void aPackedProgramIsAGap() throws Exception {
        byte[] elf = new byte[300_000];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, elf, 0, 7);
        System.arraycopy("UPX!".getBytes(StandardCharsets.US_ASCII), 0, elf, 0xec, 4);
        Cataloged found = Cataloged.of(cataloger, "/bin/tool", elf);
        assertThat(found.packages()).isEmpty();
        assertThat(found.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.code()).isEqualTo(Gap.Code.UNSUPPORTED);
            assertThat(gap.detail()).contains("UPX");
        });
    }

    @Test
    void classesAndTextsAreNoPrograms() throws Exception {
        byte[] javaClass = new byte[300_000];
        System.arraycopy(
                new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 61}, 0, javaClass, 0, 8);
        assertThat(Cataloged.of(cataloger, "/bin/a", javaClass).gaps()).isEmpty();
        assertThat(Cataloged.of(cataloger, "/bin/a", "#!/bin/sh\n").gaps()).isEmpty();
        assertThat(Cataloged.of(cataloger, "/bin/a", "MZ").gaps()).isEmpty();
        assertThat(Cataloged.of(cataloger, "/bin/a", "").gaps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"go-test.elf", "go-test.exe", "go-test.macho", "go-module-replacement-linux-amd64"})
    void noDamagedHeaderGetsOutAsAnythingButAGap(String file) throws Exception {
        byte[] sound = Corpus.bytes("binaries/" + file);
        int[] places = {64, 512, 4096};
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        byte[] bytes = sound.clone();
        for (int round = 0; round < 1_500; round++) {
            int reach = places[random.nextInt(places.length)];
            int[] hit = new int[3];
            for (int i = 0; i < hit.length; i++) {
                hit[i] = random.nextInt(reach);
                bytes[hit[i]] = (byte) random.nextInt();
            }
            FakeFiles files = new FakeFiles().put("/bin/test", bytes);
            assertThat(files.catalog(cataloger)).as("seed " + seed).hasSizeLessThan(10);
            for (int at : hit) {
                bytes[at] = sound[at];
            }
        }
    }

    // --- the texts ---

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "go1.22.1, 1.22.1",
                "go1.20, 1.20",
                "go1.25.3-foo, 1.25.3",
                "go1.22.5+auto, 1.22.5",
                "go1.19.4 X:boringcrypto, 1.19.4",
                "go1.19.4 (Red Hat 1.19.4-1.el9), 1.19.4",
                "go1.21rc2, 1.21.0-rc.2",
                "go1.18beta1, 1.18.0-beta.1",
                "devel go1.23-2c1e2ed Tue, ''",
                "devel +abc, ''",
                "'', ''",
                "go1.x, ''",
            })
    void toolchainNamesTheStandardLibrary(String written, String version) {
        assertThat(Toolchain.version(written)).isEqualTo(version);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-w -X main.version=v1.0.0 | v1.0.0",
                "-X main.Version=1.2.3 -X main.commit=abc | v1.2.3",
                "-X 'main.version=1.2.3' | v1.2.3",
                "-X=example.org/tool/internal/build.AppVersion=v2.0.0-rc1 | v2.0.0-rc1",
                "-X main.version=v1.0.0 -X example.org/tool/v.version=v9.9.9 | v1.0.0",
                "-X main.version=v1.0.0 -X main.buildVersion=v2.0.0 | ''",
                "-X other.org/lib.version=v1.0.0 | ''",
                "-X main.version=dev | ''",
                "-X main.version=2024-01-01 | ''",
                "-X main.goVersion=1.22.0 | ''",
                "-X main.versionDate=1.22.0 | ''",
            })
    void onlyAVersionThatCanHardlyBeAnythingElseIsTakenFromFlags(String flags, String version) throws Exception {
        ModuleList modules = ModuleList.parse(
                "path\texample.org/tool/cmd\nmod\texample.org/tool\t(devel)\t\nbuild\t-ldflags=\"" + flags + "\"\n",
                Limits.DEFAULT);
        assertThat(LinkedVersion.find(modules).orElse("")).isEqualTo(version);
    }

    @Test
    void modulesReplacedByAFolderKeepTheirNameAndAreDoubted() throws Exception {
        ModuleList modules = ModuleList.parse(
                "path\tcommand-line-arguments\ndep\tgolang.org/x/net\tv0.1.0\n=>\t./net\t(devel)\t\ndep\ta.b/c\tv1.0.0+incompatible\th1:x=\n",
                Limits.DEFAULT);
        assertThat(modules.main()).isEmpty();
        assertThat(modules.dependencies()).hasSize(2);
        assertThat(modules.dependencies().getFirst().replacement()).contains(new ModuleList.Module("./net", ""));
    }

    @Test
    void placeholdersOfModulesBesideTheProgramAreNoVersions() throws Exception {
        ModuleList modules = ModuleList.parse("""
                mod\tk8s.io/kubernetes\t(devel)\t
                dep\tk8s.io/client-go\tv0.0.0
                =>\t./staging/src/k8s.io/client-go\t(devel)\t
                dep\ta.b/c\tv0.0.0-00010101000000-000000000000
                build\t-ldflags="-X k8s.io/client-go/pkg/version.gitVersion=v1.27.3"
                """, Limits.DEFAULT);
        assertThat(modules.dependencies())
                .allMatch(each -> each.module().version().isEmpty());
        assertThat(LinkedVersion.find(modules)).contains("v1.27.3");
    }

    @Test
    void listsThatAreNoListsAreEmpty() throws Exception {
        assertThat(ModuleList.parse("=>\ta\tv1\nmod\n\n\tx\n", Limits.DEFAULT).dependencies())
                .isEmpty();
        assertThatThrownBy(() -> ModuleList.parse("dep\ta\tv1\n".repeat(20), Limits.DEFAULT.withEntries(10)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void recordsOfAProgramHaveNoPlaceInside() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/bin/test", Corpus.bytes("binaries/go-test.elf"));
        assertThat(found.packages()).extracting(PackageRecord::place).containsOnly("");
    }
}
