package dev.holdfast.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.compare.ReportReader;
import dev.holdfast.core.ImageReference;
import dev.holdfast.core.toml.Toml;
import dev.holdfast.inventory.dotnet.SingleFileCataloger;
import dev.holdfast.inventory.licence.LicenceWords;
import dev.holdfast.oci.containerd.ContainerdImages;
import dev.holdfast.oci.registry.RegistriesFile;
import dev.holdfast.scan.licence.LicencePolicyFile;
import dev.holdfast.scan.routing.OwnersFile;
import dev.holdfast.scan.sarif.SarifReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What users and machines bring along: reports of other tools, settings, another store's database. */
class BroughtFuzz {
    private static final Path FOLDER = folder();

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("holdfast-fuzz");
            Files.createDirectories(folder.resolve("io.containerd.metadata.v1.bolt"));
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path write(String name, byte[] bytes) throws IOException {
        return Files.write(FOLDER.resolve(name), bytes);
    }

    @MethodSource("reports")
    @FuzzTest
    void reportOfAnotherTool(byte[] bytes) {
        Hostile.feedTo(() -> new ReportReader(Hostile.LIMITS).read(write("report.json", bytes)));
    }

    @MethodSource("logs")
    @FuzzTest
    void sarif(byte[] bytes) {
        Hostile.feedTo(() -> new SarifReader(Hostile.LIMITS).read(write("log.sarif", bytes)));
    }

    @MethodSource("owners")
    @FuzzTest
    void owners(byte[] bytes) {
        Hostile.feedTo(
                () -> OwnersFile.parse("OWNERS", new String(bytes, UTF_8)).ownersOf("/srv/web/a.js"));
    }

    @MethodSource("settings")
    @FuzzTest
    void registries(byte[] bytes) {
        Hostile.feedTo(() -> Toml.parse(bytes, Hostile.LIMITS));
        Hostile.feedTo(() -> RegistriesFile.of(write("registries.conf", bytes)));
    }

    @MethodSource("licences")
    @FuzzTest
    void licences(byte[] bytes) {
        LicenceWords.read(new String(bytes, UTF_8));
        Hostile.feedTo(() -> LicencePolicyFile.read(write("licences.yaml", bytes), Hostile.LIMITS));
    }

    /** Sixteen kilobytes are a whole database of containerd; more would only be slower. */
    @MethodSource("databases")
    @FuzzTest
    void containerd(byte[] bytes) {
        Hostile.feedTo(() -> {
            write("io.containerd.metadata.v1.bolt/meta.db", bytes);
            new ContainerdImages(FOLDER, "").digestOf("nginx");
        });
    }

    @MethodSource("programs")
    @FuzzTest
    void dotnetSingleFile(byte[] bytes) {
        Hostile.catalog(new SingleFileCataloger(), "/app/app", bytes);
    }

    @MethodSource("names")
    @FuzzTest
    void imageReference(byte[] bytes) {
        ImageReference.parse(new String(bytes, UTF_8)).ifPresent(once -> {
            if (!ImageReference.parse(once.toString()).filter(once::equals).isPresent()
                    && once.tag().isPresent()) {
                throw new AssertionError(once + " does not read back as itself");
            }
        });
    }

    static Stream<byte[]> reports() {
        return Seeds.texts(
                "{\"SchemaVersion\":2,\"Results\":[{\"Target\":\"a\",\"Type\":\"debian\",\"Vulnerabilities\":[{\"VulnerabilityID\":"
                        + "\"CVE-2020-1\",\"PkgName\":\"a\",\"InstalledVersion\":\"1\",\"FixedVersion\":\"2\",\"Severity\":\"HIGH\"}]}]}",
                "{\"matches\":[{\"vulnerability\":{\"id\":\"CVE-2020-1\",\"severity\":\"High\"},\"artifact\":{\"name\":\"a\","
                        + "\"version\":\"1\",\"type\":\"deb\",\"purl\":\"pkg:deb/debian/a@1\"}}]}",
                "{\"results\":[{\"packages\":[{\"package\":{\"name\":\"a\",\"version\":\"1\",\"ecosystem\":\"npm\"},"
                        + "\"vulnerabilities\":[{\"id\":\"GHSA-1\",\"aliases\":[\"CVE-2020-1\"]}]}]}]}",
                "{\"vulnerabilities\":[{\"id\":\"SNYK-1\",\"packageName\":\"a\",\"version\":\"1\",\"identifiers\":{\"CVE\":[\"CVE-2020-1\"]}}]}");
    }

    static Stream<byte[]> logs() {
        return Seeds.texts(
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\",\"rules\":[{\"id\":\"r\"}]}},"
                        + "\"results\":[{\"ruleId\":\"r\",\"level\":\"error\",\"message\":{\"text\":\"m\"},\"locations\":[{"
                        + "\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a.c\"},\"region\":{\"startLine\":1}}}]}]}]}");
    }

    static Stream<byte[]> owners() {
        return Seeds.texts("# all\n* @a\n/srv/**/*.js @b c@d\napps/ @e\n/my\\ folder/? @f\n");
    }

    static Stream<byte[]> settings() {
        return Seeds.texts(
                "unqualified-search-registries = [\"a\"]\n[[registry]]\nprefix = \"*.a\"\nlocation = 'b'\nblocked = true\n"
                        + "[[registry.mirror]]\nlocation = \"c\"\npull-from-mirror = \"all\"\n");
    }

    static Stream<byte[]> licences() {
        return Seeds.texts(
                "MIT OR (Apache-2.0 WITH LLVM-exception AND GPL-2.0+)",
                "allow: [permissive, MIT]\ndeny: [AGPL-3.0-only]\nreview: [\"CC-BY-*\"]\n");
    }

    /** Two meta pages and a leaf, by the format's own words. */
    static Stream<byte[]> databases() {
        byte[] bytes = new byte[3 * 1024];
        for (int page = 0; page < 2; page++) {
            java.nio.ByteBuffer meta =
                    java.nio.ByteBuffer.wrap(bytes, page * 1024, 1024).slice().order(java.nio.ByteOrder.LITTLE_ENDIAN);
            meta.putLong(page).putShort((short) 4).putShort((short) 0).putInt(0);
            meta.putInt(0xed0cdaed)
                    .putInt(2)
                    .putInt(1024)
                    .putInt(0)
                    .putLong(2)
                    .putLong(0)
                    .putLong(2)
                    .putLong(3);
            meta.putLong(page);
            long hash = 0xcbf29ce484222325L;
            for (int i = 16; i < 72; i++) {
                hash = (hash ^ meta.get(i) & 0xff) * 0x100000001b3L;
            }
            meta.putLong(hash);
        }
        bytes[2 * 1024 + 8] = 2;
        return Stream.of(bytes);
    }

    static Stream<byte[]> programs() {
        return Seeds.texts("MZ");
    }

    static Stream<byte[]> names() {
        return Seeds.texts("nginx", "a.example:5000/b/c:1@sha256:" + "0".repeat(64), "localhost/x_y__z-1");
    }
}
