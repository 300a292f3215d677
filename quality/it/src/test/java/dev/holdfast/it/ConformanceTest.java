package dev.holdfast.it;

import static dev.holdfast.it.Content.deb;
import static dev.holdfast.it.Content.jar;
import static dev.holdfast.it.Content.npm;
import static dev.holdfast.oci.testing.ImageBuilder.image;
import static dev.holdfast.oci.testing.LayerBuilder.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.oci.testing.ArchiveBuilder;
import dev.holdfast.oci.testing.Folding;
import dev.holdfast.oci.testing.ImageBuilder;
import dev.holdfast.oci.testing.LayerBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a scanner must say of images whose layers, links, archives and digests are not what they seem. The module's README tells the cases
 * without Java, for use with other scanners; the numbers are the same.
 */
final class ConformanceTest {
    private static final String STATUS = "var/lib/dpkg/status";
    private static final String LODASH = "srv/node_modules/lodash/package.json";

    @TempDir
    static Path shared;

    static Path base = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void compile() throws Exception {
        base = Facts.small().write(shared.resolve("facts.hfdb"));
    }

    private Scanned scan(ImageBuilder image) throws Exception {
        return Scanned.image(folder, base, image);
    }

    private Scanned scan(LayerBuilder... layers) throws Exception {
        ImageBuilder image = image();
        for (LayerBuilder layer : layers) {
            image.layer(layer);
        }
        return scan(image);
    }

    private static LayerBuilder debian() {
        return layer().file("etc/os-release", Content.DEBIAN);
    }

    // 1

    @Test
    void whiteoutHidesOnlyWhatLowerLayersHold() throws Exception {
        Scanned scanned = scan(
                layer().file(LODASH, npm("lodash", "4.17.4")),
                layer().file(LODASH, npm("lodash", "4.17.20")).whiteout(LODASH));
        assertThat(scanned.packages()).containsExactlyInAnyOrder("installed lodash 4.17.20", "removed lodash 4.17.4");
        assertThat(scanned.findings()).isEmpty();
        assertThat(scanned.exit()).isZero();
    }

    @Test
    void whiteoutBeforeTheFileOfItsOwnLayerHidesNothingOfIt() throws Exception {
        Scanned scanned = scan(
                layer().file(LODASH, npm("lodash", "4.17.20")),
                layer().whiteout(LODASH).file(LODASH, npm("lodash", "4.17.4")));
        assertThat(scanned.packages()).containsExactlyInAnyOrder("installed lodash 4.17.4", "removed lodash 4.17.20");
        assertThat(scanned.findings()).containsExactly("CVE-2019-10744");
    }

    // 2

    @Test
    void opaqueFolderHidesLowerChildrenAndKeepsItsOwn() throws Exception {
        Scanned scanned = scan(
                layer().file(LODASH, npm("lodash", "4.17.4"))
                        .file("srv/node_modules/ini/package.json", npm("ini", "1.3.5")),
                layer().file("srv/node_modules/ini/package.json", npm("ini", "4.1.0"))
                        .opaque("srv/node_modules"));
        assertThat(scanned.packages())
                .containsExactlyInAnyOrder("installed ini 4.1.0", "removed ini 1.3.5", "removed lodash 4.17.4");
    }

    // 3

    @Test
    void linkInPlaceOfAFolderHidesTheFolder() throws Exception {
        Scanned scanned = scan(
                layer().file(LODASH, npm("lodash", "4.17.4")),
                layer().link("srv/node_modules", "/opt/modules"),
                layer().directory("opt/modules"));
        assertThat(scanned.packages()).containsExactly("removed lodash 4.17.4");
        assertThat(scanned.findings()).isEmpty();
    }

    @Test
    void fileInPlaceOfAFolderHidesTheFolder() throws Exception {
        Scanned scanned = scan(layer().file(LODASH, npm("lodash", "4.17.4")), layer().file("srv/node_modules", ""));
        assertThat(scanned.packages()).containsExactly("removed lodash 4.17.4");
    }

    // 4

    @Test
    void databaseReplacedByAnEmptyOneListsNothing() throws Exception {
        Scanned scanned = scan(debian().file(STATUS, deb("glibc", "2.36-9+deb12u1")), layer().file(STATUS, ""));
        assertThat(scanned.packages()).containsExactly("removed glibc 2.36-9+deb12u1");
        assertThat(scanned.findings()).isEmpty();
    }

    @Test
    void jarReplacedByAnEmptyOneIsGone() throws Exception {
        Scanned scanned = scan(
                layer().file("app/a.jar", jar("org.apache.logging.log4j", "log4j-core", "2.14.1")),
                layer().file("app/a.jar", Content.zip("README", new byte[0])));
        assertThat(scanned.findings()).isEmpty();
        assertThat(scanned.packages()).contains("removed org.apache.logging.log4j:log4j-core 2.14.1");
    }

    // 5

    @Test
    void hardLinkedJarIsSeenAtBothPaths() throws Exception {
        Scanned scanned = scan(layer().file("app/a.jar", jar("org.apache.logging.log4j", "log4j-core", "2.14.1"))
                .hardLink("lib/b.jar", "app/a.jar"));
        assertThat(scanned.places("org.apache.logging.log4j:log4j-core")).containsExactly("/app/a.jar", "/lib/b.jar");
        assertThat(scanned.findings()).containsExactly("CVE-2021-44228");
    }

    @Test
    void hardLinkKeepsTheContentOfARemovedPath() throws Exception {
        Scanned scanned = scan(
                layer().file("app/a.jar", jar("org.apache.logging.log4j", "log4j-core", "2.14.1"))
                        .hardLink("lib/b.jar", "app/a.jar"),
                layer().whiteout("app/a.jar"));
        assertThat(scanned.places("org.apache.logging.log4j:log4j-core")).containsExactly("/lib/b.jar");
        assertThat(scanned.findings()).containsExactly("CVE-2021-44228");
    }

    // 6

    @Test
    void databaseBehindALinkIsReadOnce() throws Exception {
        Scanned scanned = scan(
                debian().link("var/lib/dpkg", "/usr/lib/db").file("usr/lib/db/status", deb("glibc", "2.36-9+deb12u1")));
        assertThat(scanned.packages()).containsExactly("installed glibc 2.36-9+deb12u1");
    }

    @Test
    void linkOutOfTheRootStaysInside() throws Exception {
        Scanned scanned = scan(debian().link("var/lib/dpkg", "../../../../../../usr/lib/db")
                .file("usr/lib/db/status", deb("glibc", "2.36-9+deb12u1")));
        assertThat(scanned.packages()).containsExactly("installed glibc 2.36-9+deb12u1");
    }

    @Test
    void circleOfLinksEnds() throws Exception {
        Scanned scanned =
                scan(debian().link("var/lib/dpkg", "/a").link("a", "/b").link("b", "/a"));
        assertThat(scanned.packages()).isEmpty();
        assertThat(scanned.run().err()).doesNotContain("bug");
    }

    // 7

    @Test
    void layerThatComesTwiceCountsAtItsLastPlace() throws Exception {
        LayerBuilder vulnerable = layer().file(LODASH, npm("lodash", "4.17.4"));
        Scanned scanned = scan(vulnerable, layer().whiteout("srv/node_modules"), vulnerable);
        assertThat(scanned.packages()).contains("installed lodash 4.17.4");
        assertThat(scanned.findings()).containsExactly("CVE-2019-10744");
    }

    // 8

    @Test
    void historyThatDoesNotMatchAttributesNothing() throws Exception {
        Scanned scanned = scan(image().layer(layer().file(LODASH, npm("lodash", "4.17.4")))
                .history("FROM scratch")
                .history("COPY node_modules /srv/node_modules"));
        assertThat(scanned.gaps()).anySatisfy(gap -> assertThat(gap).startsWith("history-mismatch"));
        assertThat(scanned.run().text()).doesNotContain("COPY node_modules");
        assertThat(scanned.findings()).containsExactly("CVE-2019-10744");
    }

    // 9

    @ParameterizedTest
    @EnumSource(Folding.class)
    void compressionIsKnownByItsBytes(Folding folding) throws Exception {
        // The builder calls every layer tar+gzip.
        ImageBuilder image = image().tag("a:1").layer(layer().file(LODASH, npm("lodash", "4.17.4")), folding);
        Scanned scanned = Scanned.archive(folder, base, ArchiveBuilder.ociArchive(image));
        assertThat(scanned.run().err()).isEmpty();
        assertThat(scanned.findings()).containsExactly("CVE-2019-10744");
    }

    // 10

    @Test
    void blobOfAnotherDigestIsRefused() throws Exception {
        byte[] tar = layer().file(LODASH, npm("lodash", "4.17.4")).build();
        ImageBuilder image =
                image().tag("a:1").storedLayer(tar, ImageBuilder.digestOf(tar), ImageBuilder.digestOf(new byte[0]));
        Scanned scanned = Scanned.archive(folder, base, ArchiveBuilder.ociArchive(image));
        assertThat(scanned.exit()).isEqualTo(3);
        assertThat(scanned.run().err()).contains("sha256:");
    }

    @Test
    void layerOfAnotherUncompressedDigestIsRefused() throws Exception {
        byte[] tar = layer().file(LODASH, npm("lodash", "4.17.4")).build();
        byte[] stored = Folding.gzip(tar);
        Scanned scanned =
                scan(image().storedLayer(stored, ImageBuilder.digestOf(new byte[0]), ImageBuilder.digestOf(stored)));
        assertThat(scanned.exit()).isEqualTo(3);
    }

    // 11

    @Test
    void platformThatIsNotThereIsNotReplacedByAnother() throws Exception {
        ImageBuilder arm = image().tag("a:1").platform("linux", "arm", "v7").layer(layer().file("a", "a"));
        ImageBuilder power = image().tag("a:1").platform("linux", "ppc64le", "").layer(layer().file("a", "b"));
        Scanned scanned =
                Scanned.archive(folder, base, ArchiveBuilder.ociArchive(arm, power), "--platform", "linux/arm/v6");
        assertThat(scanned.exit()).isEqualTo(3);
        assertThat(scanned.run().err()).contains("linux/arm/v7", "linux/ppc64le");
    }

    @Test
    void platformOfAnIndexIsTakenAsAsked() throws Exception {
        ImageBuilder arm =
                image().tag("a:1").platform("linux", "arm", "v7").layer(layer().file(LODASH, npm("lodash", "4.17.4")));
        ImageBuilder power = image().tag("a:1").platform("linux", "ppc64le", "").layer(layer().file("a", "b"));
        Scanned scanned =
                Scanned.archive(folder, base, ArchiveBuilder.ociArchive(arm, power), "--platform", "linux/arm/v7");
        assertThat(scanned.findings()).containsExactly("CVE-2019-10744");
    }

    @Test
    void attestationInAnIndexIsNoImage() throws Exception {
        ImageBuilder real =
                image().tag("a:1").platform("linux", "s390x", "").layer(layer().file(LODASH, npm("lodash", "4.17.4")));
        ImageBuilder attestation = image().platform("unknown", "unknown", "").layer(layer().file("a", "b"));
        Scanned scanned = Scanned.archive(folder, base, ArchiveBuilder.ociArchive(attestation, real));
        assertThat(scanned.findings()).containsExactly("CVE-2019-10744");
    }

    // 12

    @Test
    void missingLayerIsAGapAndNotClean() throws Exception {
        ImageBuilder image = image().tag("a:1")
                .missingLayer(layer().file(LODASH, npm("lodash", "4.17.4")))
                .layer(layer().file("a", "a"));
        Scanned scanned = Scanned.archive(folder, base, ArchiveBuilder.ociArchive(image));
        assertThat(scanned.gaps()).anySatisfy(gap -> assertThat(gap).startsWith("missing-layer"));
        assertThat(scanned.outcome()).isEqualTo("could-not-tell");
        assertThat(scanned.exit()).isEqualTo(2);
    }

    // 13

    @Test
    void longNamesOfEveryDialectAreRead() throws Exception {
        String deep = "srv/" + "d".repeat(90) + "/" + "e".repeat(90) + "/node_modules/lodash/package.json";
        byte[] content = npm("lodash", "4.17.4").getBytes(StandardCharsets.UTF_8);
        assertThat(scan(layer().pax("path", deep).entry("short", "", '0', 0644, content))
                        .places("lodash"))
                .containsExactly("/" + deep);
        assertThat(scan(layer().gnuLongName(deep).entry("short", "", '0', 0644, content))
                        .places("lodash"))
                .containsExactly("/" + deep);
    }

    @Test
    void namesThatClimbOutStayInside() throws Exception {
        Scanned scanned = scan(layer().file("../../../" + LODASH, npm("lodash", "4.17.4")));
        assertThat(scanned.places("lodash"))
                .allSatisfy(place -> assertThat(place).startsWith("/srv/"));
        assertThat(Files.exists(folder.resolve("srv"))).isFalse();
        assertThat(scanned.run().err()).doesNotContain("bug");
    }

    @Test
    void lastOfTwoEntriesOfOneNameCounts() throws Exception {
        Scanned scanned = scan(layer().file(LODASH, npm("lodash", "4.17.20")).file(LODASH, npm("lodash", "4.17.4")));
        assertThat(scanned.packages()).containsExactly("installed lodash 4.17.4");
    }

    @Test
    void garbageBehindTheEndIsNoEntry() throws Exception {
        Scanned scanned = scan(layer().file(LODASH, npm("lodash", "4.17.4")).trailing(new byte[] {1, 2, 3, 4, 5}));
        assertThat(scanned.findings()).containsExactly("CVE-2019-10744");
    }

    // 14

    @Test
    void bombEndsWithOneLine() throws Exception {
        byte[] zeros = new byte[64 << 20];
        byte[] tar = layer().file("zeros", zeros).build();
        byte[] twice = Folding.gzip(Folding.gzip(tar));
        Scanned scanned = scan(
                image().storedLayer(twice, ImageBuilder.digestOf(Folding.gzip(tar)), ImageBuilder.digestOf(twice)));
        assertThat(scanned.exit()).isNotEqualTo(70);
        assertThat(scanned.run().err().lines().count()).isLessThan(3);
    }

    @Test
    void jarNestedTooDeepIsAGapAndNotClean() throws Exception {
        byte[] jar = jar("org.apache.logging.log4j", "log4j-core", "2.14.1");
        for (int i = 0; i < 80; i++) {
            jar = Content.zip("lib/inner.jar", jar);
        }
        Scanned scanned = scan(layer().file("app/deep.jar", jar));
        assertThat(scanned.gaps()).anySatisfy(gap -> assertThat(gap).startsWith("limit /app/deep.jar"));
        assertThat(scanned.exit()).isEqualTo(2);
    }

    // 15

    @Test
    void jarBehindAShellScriptIsRead() throws Exception {
        byte[] jar = jar("org.apache.logging.log4j", "log4j-core", "2.14.1");
        byte[] stub = "#!/bin/bash\nexec java -jar $0\n".getBytes(StandardCharsets.UTF_8);
        byte[] executable = new byte[stub.length + jar.length];
        System.arraycopy(stub, 0, executable, 0, stub.length);
        System.arraycopy(jar, 0, executable, stub.length, jar.length);
        assertThat(scan(layer().file("app/app.jar", executable)).findings()).containsExactly("CVE-2021-44228");
    }

    @Test
    void jarInJarInWarIsReadAndNamed() throws Exception {
        byte[] inner = jar("org.apache.logging.log4j", "log4j-core", "2.14.1");
        byte[] war = Content.zip("WEB-INF/lib/outer.jar", Content.zip("lib/log4j.jar", inner));
        Scanned scanned = scan(layer().file("app/shop.war", war));
        assertThat(scanned.places("org.apache.logging.log4j:log4j-core"))
                .containsExactly("/app/shop.war ▸ WEB-INF/lib/outer.jar ▸ lib/log4j.jar");
    }

    @Test
    void jarWhoseNamesClimbOutIsRead() throws Exception {
        byte[] inner = jar("org.apache.logging.log4j", "log4j-core", "2.14.1");
        Scanned scanned = scan(layer().file("app/slip.jar", Content.zip("../../lib/log4j.jar", inner)));
        assertThat(scanned.findings()).containsExactly("CVE-2021-44228");
    }

    @Test
    void truncatedJarIsAGapAndNotClean() throws Exception {
        byte[] jar = jar("org.apache.logging.log4j", "log4j-core", "2.14.1");
        byte[] cut = java.util.Arrays.copyOf(jar, jar.length / 2);
        Scanned scanned = scan(layer().file("app/cut.jar", cut));
        assertThat(scanned.gaps()).contains("unreadable /app/cut.jar");
        assertThat(scanned.exit()).isEqualTo(2);
    }

    // 16

    @Test
    void blobOfAContentCacheIsNoPackage() throws Exception {
        Scanned scanned = scan(layer().file("root/.npm/_cacache/content-v2/sha512/aa/bb/cc", npm("lodash", "4.17.4")));
        assertThat(scanned.packages()).isEmpty();
        assertThat(scanned.findings()).isEmpty();
    }

    // and the identity of packages

    @Test
    void packageWithoutItsFilesIsGone() throws Exception {
        // Trap 19: deinstall and purge are gone; hold and half-installed are there.
        Scanned scanned = scan(debian().file(
                        STATUS,
                        deb("glibc", "2.36-9+deb12u1", "deinstall ok config-files")
                                + deb("held", "1", "hold ok installed")
                                + deb("half", "1", "install ok half-installed")));
        assertThat(scanned.packages()).containsExactly("installed half 1", "installed held 1");
    }
}
