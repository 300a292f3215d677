package dev.holdfast.inventory.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.core.Gap;
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
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonCatalogerTest {
    private static final String SITE = "/opt/venv/lib/python3.12/site-packages/";

    private final PythonCataloger cataloger = new PythonCataloger();

    @ParameterizedTest
    @CsvSource({
        "x-1.0.dist-info/METADATA, CONTENT",
        "x.egg-info/PKG-INFO, CONTENT",
        "x-1.0.egg-info, CONTENT",
        "x-1.0-py3.8.egg/EGG-INFO/PKG-INFO, CONTENT",
        "x-1.0-py3.8.egg, CONTENT",
        // A wheel that lies about was downloaded or bundled: it is not installed.
        "x-1.0-py3-none-any.whl, NOTHING",
        "x-1.0.dist-info/RECORD, NOTHING",
        "x/METADATA, NOTHING",
        "x.egg-info/requires.txt, NOTHING",
    })
    void wantsMetadataOfInstalledDistributions(String path, Want want) {
        assertThat(cataloger.wants(SITE + path, new FileHeader(FileType.REGULAR, 100, 0644)))
                .isEqualTo(want);
    }

    @ParameterizedTest
    @CsvSource({
        "networkx-3.0.METADATA, networkx-3.0.dist-info/METADATA, networkx 3.0",
        "zipp-3.12.1.METADATA, zipp-3.12.1.dist-info/METADATA, zipp 3.12.1",
        "asyncssh-2.14.2.METADATA, asyncssh-2.14.2.dist-info/METADATA, asyncssh 2.14.2",
        "setuptools-51.3.3-py3.8.egg-info.PKG-INFO, setuptools-51.3.3-py3.8.egg-info/PKG-INFO, setuptools 51.3.3",
        "kitchen-1.2.6-py2.7.egg, kitchen-1.2.6-py2.7.egg, kitchen 1.2.6",
    })
    void readsTheMetadataOfTheCorpus(String file, String as, String expected) throws Exception {
        Cataloged found = Cataloged.of(cataloger, SITE + as, Corpus.bytes("python/" + file));
        assertThat(found.namesAndVersions()).containsExactly(expected);
        assertThat(found.gaps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PyYAML, pyyaml",
        "charset_normalizer, charset-normalizer",
        "zope.interface, zope-interface",
        "A-_.B, a-b"
    })
    void allSpellingsOfANameAreOne(String written, String normalised) throws Exception {
        assertThat(only("x-1.dist-info/METADATA", "Name: " + written + "\nVersion: 1\n")
                        .name())
                .isEqualTo(normalised);
    }

    @Test
    void epochsAndLocalVersionsAreKept() throws Exception {
        assertThat(only("torch-2.dist-info/METADATA", "Name: torch\nVersion: 1!2.0.1+cpu\n")
                        .version())
                .isEqualTo("1!2.0.1+cpu");
    }

    @Test
    void theDescriptionIsNoHeader() throws Exception {
        PackageRecord record = only(
                "x-1.dist-info/METADATA",
                "Metadata-Version: 2.1\r\nName: x\r\nVersion: 1\r\n\r\nName: evil\r\nVersion: 9\r\n");
        assertThat(record.name() + " " + record.version()).isEqualTo("x 1");
    }

    @Test
    void continuedLinesAreNoFields() throws Exception {
        PackageRecord record = only(
                "x-1.dist-info/METADATA", "Summary: a\n Name: evil\n\tVersion: 9\nName: x\nVersion: 1\nName: later\n");
        assertThat(record.name() + " " + record.version()).isEqualTo("x 1");
    }

    @Test
    void aBuildWithoutMetadataIsNamedByItsFolder() throws Exception {
        PackageRecord record = only("tool-1.4.dist-info/METADATA", "Name: UNKNOWN\nVersion: \n");
        assertThat(record.name() + " " + record.version() + " " + record.confidence())
                .isEqualTo("tool 1.4 LOW");
        assertThat(only("tool-1.4-py3.8.egg-info", "x").name()).isEqualTo("tool");
        assertThat(only("x-0.0.0.dist-info/METADATA", "Name: x\nVersion: 0.0.0\n")
                        .confidence())
                .isEqualTo(Confidence.LOW);
        Cataloged nothing =
                Cataloged.of(cataloger, SITE + "UNKNOWN-0.0.0.dist-info/METADATA", "Name: UNKNOWN\nVersion: 0.0.0\n");
        assertThat(nothing.packages()).isEmpty();
        assertThat(nothing.gaps()).hasSize(1);
    }

    @Test
    void metadataLeftWithoutRecordIsDoubted() throws Exception {
        String text = "Name: x\nVersion: 1\n";
        assertThat(only("x-1.dist-info/METADATA", text).evidence()).isEqualTo("METADATA without RECORD");
        Cataloged whole = Cataloged.of(
                cataloger,
                SITE + "x-1.dist-info/METADATA",
                text.getBytes(StandardCharsets.UTF_8),
                Map.of(SITE + "x-1.dist-info/RECORD", new byte[1]));
        assertThat(whole.packages().getFirst().confidence()).isEqualTo(Confidence.HIGH);
        // Debian's and Fedora's packages keep no RECORD: their own lists own the files.
        Cataloged debian = Cataloged.of(cataloger, "/usr/lib/python3/dist-packages/x-1.dist-info/METADATA", text);
        assertThat(debian.packages().getFirst().confidence()).isEqualTo(Confidence.HIGH);
    }

    @Test
    void aVendoredCopyIsReportedAsOne() throws Exception {
        PackageRecord record = only(
                "setuptools/_vendor/jaraco.context-5.3.0.dist-info/METADATA", "Name: jaraco.context\nVersion: 5.3.0\n");
        assertThat(record.confidence()).isEqualTo(Confidence.MEDIUM);
        assertThat(record.evidence()).isEqualTo("METADATA of a vendored copy");
    }

    @Test
    void condasPackageCacheIsNotInstalled() throws Exception {
        Cataloged found = Cataloged.of(
                cataloger,
                "/opt/conda/pkgs/six-1.16-py/site-packages/six-1.16.dist-info/METADATA",
                "Name: six\nVersion: 1.16\n");
        assertThat(found.packages().getFirst().detail(Detail.WITNESS)).contains("cache");
    }

    @Test
    void licenceIsTheExpressionAndNeverAWholeText() throws Exception {
        assertThat(only(
                                "x-1.dist-info/METADATA",
                                "Name: x\nVersion: 1\nLicense: The MIT License\nLicense-Expression: MIT\n")
                        .detail(Detail.LICENCE))
                .contains("MIT");
        assertThat(only("x-1.dist-info/METADATA", "Name: x\nVersion: 1\nLicense: " + "Permission ".repeat(20) + "\n")
                        .detail(Detail.LICENCE))
                .isEmpty();
    }

    @Test
    void anEggOfAnotherWorldIsLeftAlone() throws Exception {
        Cataloged found = Cataloged.of(cataloger, "/usr/lib/chicken/srfi-1.egg", "((synopsis \"SRFI-1\"))");
        assertThat(found.packages()).isEmpty();
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void anEggThatIsCutOffIsAGap() throws Exception {
        byte[] egg = Corpus.bytes("python/kitchen-1.2.6-py2.7.egg");
        FakeFiles files =
                new FakeFiles().put(SITE + "kitchen-1.2.6-py2.7.egg", java.util.Arrays.copyOf(egg, egg.length / 2));
        assertThat(files.catalog(cataloger)).isEmpty();
        assertThat(files.gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap.code()).isEqualTo(Gap.Code.UNREADABLE));
    }

    @Test
    void noDamageGetsOut() throws Exception {
        byte[] sound = "Metadata-Version: 2.1\nName: x\nVersion: 1\nLicense: MIT\n continued\n\nbody"
                .getBytes(StandardCharsets.UTF_8);
        long seed = Long.getLong("holdfast.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = sound.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            FakeFiles files =
                    new FakeFiles().put(SITE + "-.dist-info/METADATA", bytes).put(SITE + ".egg-info", bytes);
            assertThat(files.catalog(cataloger)).as("seed " + seed).hasSizeLessThan(3);
        }
    }

    private PackageRecord only(String path, String text) throws Exception {
        Cataloged found = Cataloged.of(cataloger, SITE + path, text);
        assertThat(found.packages()).hasSize(1);
        return found.packages().getFirst();
    }
}
